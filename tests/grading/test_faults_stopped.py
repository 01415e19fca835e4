"""A real engine, of the test's own, is stopped or killed in the middle of a run and started again."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests_sandboxes import usable

from grader import Session
from grader.model import Status
from grader.sandbox.docker.backend import DockerBackend
from grader.worker import processes

pytestmark = [
    pytest.mark.docker,
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("dockerd"), reason="only root starts an engine"),
    # The SDK leaves a socket of its own open where it cannot connect.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]
SLOW = "import time\ndef add(a, b):\n    time.sleep(0.7)\n    return a + b\n"
HIDDEN = "\n".join(
    [
        "from grader.checks import equal",
        *(
            f'def test_{name}(candidate):\n    """{name}."""\n    equal(candidate.add(2, 3), 5)'
            for name in ("one", "two", "three", "four")
        ),
    ]
)
PATIENCE = 30.0


class Engine:
    """dockerd with folders of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"unix://{folder}/engine.sock"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        for file in (self.folder / "pid", self.folder / "run/containerd/containerd.pid"):
            # One that was killed leaves its number, and takes whoever has that, a zombie too, for itself.
            with contextlib.suppress(OSError, ValueError):
                if processes.stat_fields(int(file.read_text()))[:1] in ([], ["Z"]):
                    file.unlink()
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *("dockerd", "--host", self.address, "--pidfile", str(self.folder / "pid")),
                    *("--data-root", str(self.folder / "data"), "--exec-root", str(self.folder / "run")),
                    *("--bridge=none", "--iptables=false", "--storage-driver=overlay2"),
                    "--shutdown-timeout=1",
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        end = time.monotonic() + PATIENCE
        while self.docker("version", check=False).returncode:
            assert time.monotonic() < end, (self.folder / "log").read_text()[-2000:]
            time.sleep(0.1)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send it a signal and wait for its end."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(PATIENCE)
            self.process = None

    def docker(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the client with this engine."""
        command = ["docker", "--host", self.address, *words]
        return subprocess.run(command, capture_output=True, text=True, check=check)

    def remove(self) -> None:
        """End it with all that it started, and remove its folders."""
        if self.process is None:
            self.start()  # one that was killed has left others running, which it takes over again
        containers = self.docker("ps", "--all", "--quiet").stdout.split()
        if containers:
            self.docker("rm", "--force", *containers)
        self.stop()
        mounts = [line.split()[1] for line in Path("/proc/self/mounts").read_text().splitlines()]
        for place in sorted((one for one in mounts if one.startswith(f"{self.folder}/")), reverse=True):
            subprocess.run(["umount", place], check=True)
        shutil.rmtree(self.folder)


@pytest.fixture(scope="module")
def own_engine() -> Iterator[Engine]:
    usable("docker")
    base = os.environ.get("GRADER_BASE_IMAGE", "")
    if not base or subprocess.run(["docker", "image", "inspect", base], capture_output=True).returncode:
        pytest.skip("there is no local base image (GRADER_BASE_IMAGE) to give to another engine")
    made = Engine(Path(tempfile.mkdtemp(prefix="engine-", dir="/tmp")))
    try:
        made.start()
        with subprocess.Popen(["docker", "save", base], stdout=subprocess.PIPE) as saved:
            load = ["docker", "--host", made.address, "load"]
            subprocess.run(load, stdin=saved.stdout, capture_output=True, check=True)
        yield made
    finally:
        made.remove()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
@pytest.mark.parametrize("shares", [True, False], ids=["socket", "stream"])
def test_an_engine_that_ends_in_the_middle_is_nobodys_zero(
    own_engine, how, shares, make_bank, tmp_path, monkeypatch
):
    monkeypatch.setenv("DOCKER_HOST", own_engine.address)
    bank = make_bank(HIDDEN)
    manifest = bank.challenges / "add" / "challenge.toml"
    manifest.write_text(manifest.read_text().replace('requires = ["numpy"]', "requires = []"))
    path = tmp_path / "solution.py"
    path.write_text(SLOW)

    def grade(at: str = ""):
        def progress(text: str) -> None:
            if at and text.startswith(at):
                own_engine.stop(how)

        with contextlib.closing(DockerBackend()) as backend:
            backend._share = None if shares else False
            with Session(bank=bank, backend=backend) as session:
                return session.grade("add", path, progress=progress)

    if own_engine.process is None:
        own_engine.start()
    assert grade().passed, "it must work before it is ended"
    report = grade("check 2")
    assert report.status in (Status.INFRASTRUCTURE, Status.PASSED), [one.outcome for one in report.checks]
    if how is signal.SIGTERM or not shares:  # else the container goes on, and its channel with it
        assert report.status is Status.INFRASTRUCTURE
    own_engine.start()
    assert grade().passed
    end = time.monotonic() + PATIENCE
    while own_engine.docker("ps", "--quiet").stdout.split():
        assert time.monotonic() < end, "a container goes on"
        time.sleep(0.1)
    gc.collect()  # here, and not in a test where the warning is an error

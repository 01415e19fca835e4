"""The engine fails in the middle: stopped, hanging, without the container or the image."""

from __future__ import annotations

import contextlib
import gc
import os
import selectors
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests_sandboxes import usable

from grader import Session
from grader.model import Limits, Report, Status
from grader.redteam.watched import Watched
from grader.sandbox.docker import engine
from grader.sandbox.docker.backend import DockerBackend
from grader.sandbox.owner import me

# The SDK leaves a socket of its own open where it cannot connect.
pytestmark = [pytest.mark.docker, pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")]
SUM = "def add(a, b):\n    return a + b\n"
SLOW = "import time\ndef add(a, b):\n    time.sleep(0.4)\n    return a + b\n"
HIDDEN = "\n".join(
    [
        "from grader.checks import equal",
        *(
            f'def test_{name}(candidate):\n    """{name}."""\n    equal(candidate.add(2, 3), 5)'
            for name in ("one", "two", "three")
        ),
    ]
)


class Proxy:
    """Forwards a Unix or TCP socket to the engine's until it is told to hang or to close."""

    def __init__(self, target: str, listener: socket.socket) -> None:
        self.target = target
        self.listener = listener
        self.hanging = threading.Event()
        self.over = threading.Event()
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def hang(self) -> None:
        """From now on nothing that is sent arrives, and nobody is told."""
        self.hanging.set()

    def close(self) -> None:
        """End every connection and take no more."""
        self.over.set()
        with self._lock:
            ends = [self.listener, *self._open]
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while not self.over.is_set():
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(self.target)
            with self._lock:
                self._open += [near, far]
                self._threads.append(threading.Thread(target=self._forward, args=(near, far), daemon=True))
                self._threads[-1].start()

    def _forward(self, near: socket.socket, far: socket.socket) -> None:
        with near, far, selectors.DefaultSelector() as selector:
            selector.register(near, selectors.EVENT_READ, far)
            selector.register(far, selectors.EVENT_READ, near)
            while selector.get_map() and not self.over.is_set():
                for key, _ in selector.select(0.1):
                    if self.hanging.is_set():
                        self.over.wait(0.05)
                        continue
                    try:
                        piece = key.fileobj.recv(1 << 16)  # type: ignore[union-attr]
                        key.data.sendall(piece) if piece else key.data.shutdown(socket.SHUT_WR)
                    except OSError:
                        return
                    if not piece:
                        selector.unregister(key.fileobj)


@pytest.fixture
def proxy(request, tmp_path, monkeypatch) -> Iterator[Proxy]:
    """The engine behind a proxy: `unix`, as on this machine, or `tcp`, as on another."""
    usable("docker")
    found = engine.connect()
    found.client.close()
    target = found.address.removeprefix("unix://")
    if request.param == "unix":
        place = Path(os.path.relpath(tmp_path)) / "e"
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(place))
        host = f"unix://{tmp_path}/e"
    else:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        host = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    listener.listen(64)
    monkeypatch.setenv("DOCKER_HOST", host)
    monkeypatch.setattr(engine, "_CALL_SECONDS", 1)
    proxied = Proxy(target, listener)
    yield proxied
    proxied.close()
    gc.collect()  # here, and not in a test where the warning is an error


@pytest.fixture
def grade(make_bank, tmp_path) -> Callable[..., Report]:
    """Grades with a session of its own; `at` is called once a step that starts with `step` begins."""
    bank = make_bank(HIDDEN)

    def run(source: str, step: str = "", at: Callable[[], None] = lambda: None) -> Report:
        path = tmp_path / "solution.py"
        path.write_text(source)

        def progress(text: str) -> None:
            if step and text.startswith(step):
                at()

        with (
            contextlib.closing(DockerBackend()) as backend,
            Session(bank=bank, backend=backend) as session,
        ):
            return session.grade("add", path, progress=progress)

    return run


def ours() -> list[str]:
    words = ["docker", "ps", "--all", "--quiet", "--filter", f"label={engine.OWNER_LABEL}={me()}"]
    return subprocess.run(words, capture_output=True, text=True, check=True, env=_real()).stdout.split()


def _real() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "DOCKER_HOST"}


def remove_ours() -> None:
    """What a later grader does, which would wait for this process to end."""
    if left := ours():
        subprocess.run(["docker", "rm", "--force", *left], capture_output=True, check=True, env=_real())


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["hang", "close"])
@pytest.mark.parametrize("proxy", ["unix", "tcp"], indirect=True)
def test_an_engine_that_goes_away_during_a_check_is_nobodys_zero(proxy, fault, grade, monkeypatch):
    assert grade(SUM).passed, "the proxy itself must work"
    started = time.monotonic()
    report = grade(SLOW, "check 2", getattr(proxy, fault))
    assert time.monotonic() - started < 60
    # A channel that does not lead through the engine outlives it: then the answers are there, and right.
    assert report.status in (Status.INFRASTRUCTURE, Status.PASSED)
    if os.environ["DOCKER_HOST"].startswith("tcp"):
        assert report.status is Status.INFRASTRUCTURE, report.checks
    monkeypatch.delenv("DOCKER_HOST")
    remove_ours()
    assert grade(SUM).passed
    assert ours() == []


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["hang", "close"])
@pytest.mark.parametrize("proxy", ["unix", "tcp"], indirect=True)
def test_an_engine_that_is_away_before_a_sandbox_starts_is_nobodys_zero(proxy, fault, make_bank, tmp_path):
    path = tmp_path / "solution.py"
    path.write_text(SUM)
    with (
        contextlib.closing(DockerBackend()) as backend,
        Session(bank=make_bank(HIDDEN), backend=backend) as session,
    ):
        assert session.grade("add", path).passed
        getattr(proxy, fault)()
        report = session.grade("add", path)
    assert report.status is Status.INFRASTRUCTURE
    assert report.infrastructure
    assert not any("\x1b" in line for line in report.infrastructure)


@pytest.mark.parametrize(
    "how", [("rm", "--force"), ("kill",), ("stop", "--time", "0")], ids=lambda how: how[0]
)
def test_a_container_that_somebody_else_ends_is_nobodys_zero(how, grade):
    usable("docker")

    def end() -> None:
        subprocess.run(["docker", *how, *ours()], capture_output=True, check=True)

    report = grade(SLOW.replace("0.4", "1.5"), "check 2", end)
    assert report.status is Status.INFRASTRUCTURE, [one.outcome for one in report.checks]
    assert grade(SUM).passed
    assert ours() == []


def test_a_submission_that_ends_its_own_container_has_failed(grade):
    usable("docker")
    source = (
        "import os, signal\ndef add(a, b):\n    for pid in (*range(1, 30), os.getpid()):\n        try:\n"
        "            os.kill(pid, signal.SIGKILL)\n        except OSError:\n            pass\n"
    )
    report = grade(source)
    assert report.status is Status.FAILED, report.infrastructure


@pytest.mark.slow
def test_an_answer_that_nobody_reads_does_not_hold_up_the_end_of_its_sandbox(make_bank, tmp_path):
    """The engine ends no container whose output it cannot get rid of."""
    usable("stream")
    path = tmp_path / "solution.py"
    path.write_text("import numpy as np\ndef add(a, b):\n    return np.zeros((1 << 17, 128))\n")
    with contextlib.closing(DockerBackend()) as backend:
        backend._share = False
        watched = Watched(backend)
        with Session(bank=make_bank(HIDDEN), backend=watched) as session:
            limits = Limits(seconds=0.2, memory_mb=512, run_seconds=20)
            report = session.grade("add", path, limits=limits)
    assert report.status is Status.FAILED, report.infrastructure
    assert max(watched.kills) < 10


def test_an_image_that_is_deleted_in_the_middle_is_made_again(grade, make_bank, tmp_path):
    """Between `prepare` and the start of a sandbox, by its name and for good."""
    usable("docker")
    path = tmp_path / "solution.py"
    path.write_text(SUM)
    bank = make_bank(HIDDEN)
    manifest = bank.challenges / "add" / "challenge.toml"
    manifest.write_text(manifest.read_text().replace('requires = ["numpy"]', "requires = []"))
    with contextlib.closing(DockerBackend()) as backend, Session(bank=bank, backend=backend) as session:
        assert session.grade("add", path).passed
        end = time.monotonic() + 10
        while ours() and time.monotonic() < end:  # it cannot be deleted while a container uses it
            time.sleep(0.05)
        backend._engine().client.api.remove_image(backend._images[()].id, force=True)
        report = session.grade("add", path)
    assert report.passed, report.infrastructure

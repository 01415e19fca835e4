from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from grader.errors import SandboxError
from grader.model import Limits
from grader.sandbox.base import Ending, Specification
from grader.sandbox.docker import container
from grader.sandbox.docker.backend import DockerBackend, DockerSandbox
from grader.sandbox.docker.engine import OWNER_LABEL, SANDBOX_LABEL, Client

pytestmark = pytest.mark.docker

SPECIFICATION = Specification(requires=("numpy",), limits=Limits(memory_mb=64))
MEBIBYTE = 1 << 20

# A worker that runs what arrives on control and answers b"!", and sends back what arrives
# on data after its length. It connects as the real one does, and ends when control does.
STUB = """
import json, os, selectors, subprocess, sys, threading, traceback
sys.path.insert(0, "/opt/worker")
from worker.main import connect
control, data, relay = connect(json.loads(sys.argv[1])["transport"])
def echo():
    with data.makefile("rb") as stream:
        while header := stream.read(8):
            data.sendall(stream.read(int.from_bytes(header, "big")))
def obey():
    try:
        while command := control.recv(1 << 16):
            exec(command)
            control.sendall(b"!")
    except BaseException:
        traceback.print_exc()
    os._exit(0)
for serve in (echo, obey):
    threading.Thread(target=serve, daemon=True).start()
if relay is None:
    threading.Event().wait()
selector = selectors.DefaultSelector()
relay.register(selector)
while all(relay.ready(key.fileobj) for key, _ in selector.select()):
    pass
"""
EAT = "b = bytearray(1 << 30); b[::4096] = b'x' * len(b[::4096])"


def stub_command(python: str, worker: str, site: str, config: dict[str, object]) -> list[str]:
    return [python, "-c", STUB, json.dumps(config)]


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container.launch, "command", stub_command)


@pytest.fixture
def make_backend(
    engine_client: Client, base: str, skip_or_fail: Callable[[str, str], NoReturn]
) -> Iterator[Callable[..., DockerBackend]]:
    made: list[DockerBackend] = []

    def make(runtime: str | None = None) -> DockerBackend:
        made.append(DockerBackend(runtime=runtime, base_image=base))
        reason = made[-1].unavailable()
        if reason:
            skip_or_fail("gvisor" if runtime else "docker", reason)
        made[-1].prepare(SPECIFICATION, print)
        return made[-1]

    yield make
    for backend in made:
        backend.close()


@pytest.fixture(params=["socket", "stdio", pytest.param("runsc", marks=pytest.mark.gvisor)])
def backend(request: pytest.FixtureRequest, make_backend: Callable[..., DockerBackend]) -> DockerBackend:
    """A backend for each way that the channels can go."""
    found = make_backend("runsc" if request.param == "runsc" else None)
    if request.param == "stdio":
        found._share = False
    return found


@pytest.fixture
def sandbox(backend: DockerBackend, stub: None) -> Iterator[DockerSandbox]:
    started = backend.start(SPECIFICATION)
    started.control.settimeout(20)
    started.data.settimeout(20)
    yield started
    started.kill()


def run(sandbox: DockerSandbox, command: str) -> None:
    sandbox.control.sendall(command.encode())
    if sandbox.control.recv(10) != b"!":
        sandbox.kill()
        pytest.fail(sandbox.log().decode())


def echo(sandbox: DockerSandbox, content: bytes) -> bytes:
    sandbox.data.sendall(len(content).to_bytes(8, "big") + content)
    received = bytearray()
    while len(received) < len(content):
        received += sandbox.data.recv(1 << 20)
    return bytes(received)


def ours(client: Client) -> set[str]:
    """Names of the containers that this process started."""
    found = client.api.containers(all=True, filters={"label": [f"{SANDBOX_LABEL}=1"]})
    return {
        entry["Names"][0].strip("/") for entry in found if f":{os.getpid()}:" in entry["Labels"][OWNER_LABEL]
    }


def folders() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob(f"ml-grader-sock-*:{os.getpid()}:*"))


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def test_the_real_worker_says_it_is_ready(backend: DockerBackend) -> None:
    started = backend.start(SPECIFICATION)
    try:
        started.control.settimeout(20)
        assert b'"ready"' in started.control.recv(200)
    finally:
        started.kill()
    assert started.log() == b""


def test_both_channels_carry_bytes_both_ways(sandbox: DockerSandbox) -> None:
    content = os.urandom(8 * MEBIBYTE)
    assert echo(sandbox, content) == content
    run(sandbox, "pass")


def test_environment_says_what_is_inside(backend: DockerBackend, sandbox: DockerSandbox) -> None:
    environment = sandbox.environment
    assert environment.sandbox == "docker"
    assert environment.isolation == ("strict" if environment.runtime == "runsc" else "standard")
    assert environment.image.startswith("sha256:")
    assert [name for name, _ in environment.distributions] == ["numpy"]
    run(sandbox, f"import platform; assert platform.python_version() == {environment.python!r}")


def test_only_our_variables_are_set(sandbox: DockerSandbox) -> None:
    allowed = {*container.launch.ENVIRONMENT, "HOSTNAME", "PWD", "SHLVL", "LC_CTYPE"}
    run(sandbox, f"assert set(os.environ) <= {allowed!r}, os.environ")


def test_it_is_confined_inside(sandbox: DockerSandbox) -> None:
    run(sandbox, "assert os.getuid() == os.getgid() == 65534 and os.getgroups() in ([], [65534])")
    run(sandbox, "import socket; assert socket.gethostname() == 'sandbox'")
    run(sandbox, "assert [line.split(':')[0].strip() for line in open('/proc/net/dev')][2:] == ['lo']")
    mounts = "{line.split()[1]: line.split()[3].split(',') for line in open('/proc/mounts')}"
    run(sandbox, f"m = {mounts}; assert 'ro' in m['/'] and 'noexec' in m['/tmp'], m")
    run(sandbox, "assert os.getcwd() == '/tmp' and os.access('/tmp', os.W_OK)")
    status = "dict(line.split(':', 1) for line in open('/proc/self/status'))"
    run(sandbox, f"s = {status}; assert int(s['CapEff'], 16) == int(s['CapBnd'], 16) == 0, s")


def test_its_log_is_kept_after_its_end(sandbox: DockerSandbox) -> None:
    run(sandbox, "sys.stderr.write('a' * 100_000 + 'the end'); sys.stderr.flush()")
    sandbox.kill()
    assert len(sandbox.log()) == 64 * 1024
    assert sandbox.log().endswith(b"the end")


def test_kill_takes_less_than_a_second_and_leaves_nothing(
    sandbox: DockerSandbox, engine_client: Client
) -> None:
    stubborn = "import signal; signal.signal(15, signal.SIG_IGN)\nwhile True: pass"
    run(sandbox, f"subprocess.Popen([sys.executable, '-c', {stubborn!r}], start_new_session=True)")
    assert sandbox.name in ours(engine_client)
    begin = time.monotonic()
    sandbox.kill()
    assert time.monotonic() - begin < 1
    assert ours(engine_client) == set()
    assert folders() == set()
    assert [thread for thread in threading.enumerate() if thread.name.startswith("sandbox")] == []
    sandbox.kill()


def test_no_descriptor_is_left_open(backend: DockerBackend, stub: None) -> None:
    backend.close()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        backend.start(SPECIFICATION).kill()
    backend.close()  # the SDK keeps a connection or two per container for later use
    assert len(os.listdir("/proc/self/fd")) <= before


def test_the_channels_end_with_the_container(sandbox: DockerSandbox) -> None:
    sandbox.control.sendall(b"os._exit(3)")
    assert sandbox.data.recv(1) == b""
    assert sandbox.control.recv(1) == b""
    assert sandbox.ending() is Ending.ENDED


def test_a_kill_is_no_want_of_memory(sandbox: DockerSandbox) -> None:
    run(sandbox, "pass")
    assert sandbox.ending() is Ending.ENDED
    assert sandbox.ending() is Ending.ENDED


@pytest.mark.parametrize("who", ["child", "itself"])
def test_want_of_memory_is_told_from_other_ends(
    make_backend: Callable[..., DockerBackend], stub: None, who: str
) -> None:
    started = make_backend().start(SPECIFICATION)
    try:
        started.control.settimeout(20)
        if who == "child":
            run(started, f"assert subprocess.run([sys.executable, '-c', {EAT!r}]).returncode == -9")
        else:
            started.control.sendall(EAT.encode())
            assert started.control.recv(1) == b""
        assert started.ending() is Ending.MEMORY
    finally:
        started.kill()


def test_a_child_that_kills_itself_is_no_want_of_memory(sandbox: DockerSandbox) -> None:
    run(sandbox, "subprocess.run([sys.executable, '-c', 'import os; os.kill(os.getpid(), 9)'])")
    assert sandbox.ending() is Ending.ENDED


def test_a_container_that_somebody_removed_is_lost(sandbox: DockerSandbox, engine_client: Client) -> None:
    engine_client.api.remove_container(sandbox.name, force=True)
    assert sandbox.ending() is Ending.LOST


def test_it_ends_by_itself_when_the_channels_close(sandbox: DockerSandbox, engine_client: Client) -> None:
    sandbox.control.close()
    sandbox.data.close()
    wait_until(lambda: not engine_client.api.inspect_container(sandbox.name)["State"]["Running"])


def test_sandboxes_start_from_several_threads(make_backend: Callable[..., DockerBackend], stub: None) -> None:
    backend = make_backend()
    started: list[DockerSandbox] = []
    threads = [
        threading.Thread(target=lambda: started.append(backend.start(SPECIFICATION))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        assert len({sandbox.name for sandbox in started}) == 4
        for sandbox in started:
            run(sandbox, "pass")
    finally:
        for sandbox in started:
            sandbox.kill()


def test_a_container_that_cannot_reach_the_socket_gets_a_stream(
    make_backend: Callable[..., DockerBackend],
    stub: None,
    monkeypatch: pytest.MonkeyPatch,
    engine_client: Client,
) -> None:
    backend = make_backend()
    monkeypatch.setattr(container, "_SHARED", "/run/elsewhere")
    monkeypatch.setattr(container, "_mount", lambda shared: {"Type": "tmpfs", "Target": "/run/elsewhere"})
    started = backend.start(SPECIFICATION)
    try:
        run(started, "pass")
        assert ours(engine_client) == {started.name}
        assert not backend._shares()
    finally:
        started.kill()


def test_an_image_that_was_pruned_is_built_again(
    make_backend: Callable[..., DockerBackend], stub: None, engine_client: Client
) -> None:
    backend = make_backend()
    plain = Specification(requires=(), limits=SPECIFICATION.limits)
    backend.start(plain).kill()
    engine_client.api.remove_image(backend._images[()].tag, force=True)
    backend.start(plain).kill()


def test_an_interrupted_start_leaves_nothing(
    make_backend: Callable[..., DockerBackend], monkeypatch: pytest.MonkeyPatch, engine_client: Client
) -> None:
    backend = make_backend()
    start = container.Container.start

    def start_and_interrupt(self: container.Container) -> None:
        start(self)
        raise KeyboardInterrupt

    monkeypatch.setattr(container.Container, "start", start_and_interrupt)
    with pytest.raises(KeyboardInterrupt):
        backend.start(SPECIFICATION)
    assert ours(engine_client) == set()
    assert folders() == set()


def test_limits_that_the_engine_refuses_are_an_infrastructure_error(
    make_backend: Callable[..., DockerBackend], engine_client: Client
) -> None:
    backend = make_backend()
    with pytest.raises(SandboxError, match="refused to create"):
        backend.start(Specification(("numpy",), Limits(memory_mb=-191)))
    assert ours(engine_client) == set()


GRADER = """
import sys
from grader.sandbox.docker import container
from grader.sandbox.base import Specification
from grader.sandbox.docker.backend import DockerBackend
backend = DockerBackend(base_image=sys.argv[1])
backend._share = sys.argv[2] == "socket"
sandbox = backend.start(Specification(("numpy",)))
assert b'"ready"' in sandbox.control.recv(200)
print(sandbox.name, flush=True)
input()
"""


@pytest.mark.parametrize("transport", ["socket", "stdio"])
def test_what_a_killed_grader_leaves_ends_and_is_reaped(
    make_backend: Callable[..., DockerBackend], base: str, engine_client: Client, transport: str
) -> None:
    backend = make_backend()
    grader = subprocess.Popen(
        [sys.executable, "-c", GRADER, base, transport],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert grader.stdout is not None
    name = grader.stdout.readline().strip()
    assert name
    backend.reap()
    assert engine_client.api.inspect_container(name)["State"]["Running"], "its owner was still alive"
    grader.send_signal(signal.SIGKILL)
    grader.communicate()
    wait_until(lambda: not engine_client.api.inspect_container(name)["State"]["Running"])
    assert backend.reap() >= 1
    listed = engine_client.api.containers(all=True, filters={"name": name})
    assert listed == []


def test_a_runtime_that_the_engine_lacks_is_named(engine_client: Client) -> None:
    backend = DockerBackend(runtime="no-such-runtime")
    assert "no-such-runtime" in backend.unavailable()
    backend.close()


def test_an_engine_that_does_not_answer_is_no_hang(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "silent.sock"))
    listener.listen()
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/silent.sock")
    backend = DockerBackend()
    begin = time.monotonic()
    assert "no container engine answers" in backend.unavailable()
    assert time.monotonic() - begin < 8
    assert backend.reap() == 0
    listener.close()

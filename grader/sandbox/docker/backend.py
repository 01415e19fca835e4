"""The sandbox in a container, through Docker's or Podman's engine."""

from __future__ import annotations

import secrets
import socket
import threading
from pathlib import Path

from grader.errors import SandboxError
from grader.model import Environment
from grader.resources import folder
from grader.sandbox.base import Ending, Progress, Specification
from grader.sandbox.docker import image
from grader.sandbox.docker.container import Container, configuration, profile
from grader.sandbox.docker.engine import (
    OWNER_LABEL,
    SANDBOX_LABEL,
    Client,
    Engine,
    connect,
    describe,
    explained,
)
from grader.sandbox.docker.meeting import Meeting, leftovers
from grader.sandbox.docker.stream import Attachment
from grader.sandbox.owner import is_alive

_MEETING_SECONDS = 8.0
_RETRY = "see the engine's own log, then try again"


class DockerSandbox:
    """A started container. The worker in it serves one submission."""

    def __init__(
        self,
        container: Container,
        attachment: Attachment,
        channels: tuple[socket.socket, ...],
        environment: Environment,
    ) -> None:
        self.control, self.data = channels
        self.environment = environment
        self._container = container
        self._attachment = attachment
        self._lock = threading.Lock()
        self._ending: Ending | None = None

    @property
    def name(self) -> str:
        """The container's name."""
        return self._container.name

    def kill(self) -> None:
        """End it and remove every trace. May be called again."""
        with self._lock:
            if self._ending is None:
                self._ending = Ending.ENDED
                self._attachment.discard()
                self._end()

    def ending(self) -> Ending:
        """Kill it and say how it had ended before that; ENDED if `kill` came first."""
        with self._lock:
            if self._ending is None:
                self._attachment.discard()
                try:
                    self._ending = self._container.ending()
                finally:
                    self._end()
            return self._ending

    def log(self) -> bytes:
        """The last 64 KiB of what it wrote to its standard error; readable after `kill`."""
        return self._attachment.log()

    def _end(self) -> None:
        removed = self._container.remove()
        self._attachment.close(drain=removed)
        self.control.close()
        self.data.close()


class DockerBackend:
    """Starts sandboxes as single-use containers."""

    name = "docker"

    def __init__(
        self, client: Client | None = None, runtime: str | None = None, base_image: str | None = None
    ) -> None:
        """`runtime`: one of the engine's by name, such as "runsc"; its default if None."""
        self._client = client
        self._runtime = runtime
        self._base = base_image
        self._engine_lock = threading.Lock()
        self._image_lock = threading.Lock()
        self._found: Engine | None = None
        self._images: dict[tuple[str, ...], image.Image] = {}
        self._share: bool | None = None  # whether a folder with a socket is shared with containers
        self._init = True
        self.isolation = _isolation(runtime, None)

    def unavailable(self) -> str:
        """Why no container can be started here, with what to do about it; empty if one can."""
        try:
            engine = self._engine()
        except SandboxError as error:
            return str(error)
        runtime = self._runtime or engine.default_runtime
        if engine.runtimes and runtime not in engine.runtimes:
            return (
                f"the engine has no runtime {runtime!r}, it has {', '.join(sorted(engine.runtimes))}; "
                "install it and name it in the engine's daemon.json, or choose another"
            )
        if engine.unlimited:
            return (
                f"the engine cannot limit {', '.join(engine.unlimited)} here; run it as root, "
                "or rootless on cgroup version 2 with the controllers delegated"
            )
        return ""

    def prepare(self, specification: Specification, progress: Progress) -> None:
        """Build the image for what the challenge requires, unless it is there."""
        self._image(specification.requires, progress)

    def start(self, specification: Specification) -> DockerSandbox:
        """Start a container and return when its worker has connected. Raises SandboxError."""
        try:
            return self._start(specification)
        except SandboxError as error:
            if "no such image" not in str(error).lower():
                raise
        # Somebody pruned the engine's images since this one was found.
        self._images.pop(specification.requires, None)
        return self._start(specification)

    def machine(self) -> str:
        """See the protocol."""
        return self._engine().description

    def reap(self) -> int:
        """Remove the containers and folders of graders that no longer run; how many."""
        removed = leftovers()
        try:
            api = self._engine().client.api
        except SandboxError:
            return removed  # what has no engine has no containers
        with explained("the engine does not list its containers", _RETRY):
            listed = api.containers(all=True, filters={"label": [f"{SANDBOX_LABEL}=1"]})
        dead = [entry["Id"] for entry in listed if not is_alive((entry["Labels"] or {}).get(OWNER_LABEL, ""))]
        return removed + sum(Container(api, name).remove() for name in dead)

    def close(self) -> None:
        """Close the connections to the engine. Sandboxes that run are not touched."""
        with self._engine_lock:
            if self._found is not None and self._client is None:
                self._found.client.close()
            self._found = None

    def _start(self, specification: Specification) -> DockerSandbox:
        found = self._image(specification.requires, lambda line: None)
        if self._shares():
            sandbox = self._start_with_socket(specification, found)
            if sandbox is not None:
                return sandbox
            self._share = False
        container, attachment = self._run(specification, found, None)
        return DockerSandbox(container, attachment, attachment.far, self._environment(found))

    def _engine(self) -> Engine:
        with self._engine_lock:
            if self._found is None:
                if self._client is None:
                    self._found = connect()
                else:
                    with explained("the container engine does not answer", _RETRY):
                        self._found = describe(self._client)
                self.isolation = _isolation(self._runtime, self._found)
            return self._found

    def _image(self, requires: tuple[str, ...], progress: Progress) -> image.Image:
        client = self._engine().client
        with self._image_lock:
            if requires not in self._images:
                self._images[requires] = image.ensure(client, requires, progress, self._base)
            return self._images[requires]

    def _environment(self, found: image.Image) -> Environment:
        return Environment(
            sandbox=self.name,
            isolation=self.isolation,
            python=found.python,
            distributions=found.distributions,
            image=found.id,
            runtime=self._runtime or self._engine().default_runtime,
        )

    def _shares(self) -> bool:
        """A socket in a shared folder is seven times faster, where the kernel is shared as well."""
        if self._share is None:
            self._share = self._engine().same_machine and self.isolation == "standard"
        return self._share

    def _start_with_socket(self, specification: Specification, found: image.Image) -> DockerSandbox | None:
        """None if no container can reach the socket, as where the engine runs in a virtual machine."""
        with Meeting() as meeting:
            try:
                container, attachment = self._run(specification, found, meeting.folder)
            except SandboxError as error:
                if _is_about_mount(error):
                    return None
                raise
            channels = None
            try:
                channels = meeting.wait(_MEETING_SECONDS, attachment.ended)
            finally:
                if channels is None:
                    attachment.close(drain=container.remove())
        if channels is None:
            return None
        return DockerSandbox(container, attachment, channels, self._environment(found))

    def _run(
        self, specification: Specification, found: image.Image, shared: Path | None
    ) -> tuple[Container, Attachment]:
        """Create, attach and start; with the engine's init process if it has one.

        Not with gVisor, which gives orphans to the first process whatever the worker asks
        for: there the worker itself is first, so that it finds what a check leaves behind.
        """
        init = self._init and self.isolation == "standard"
        try:
            return self._run_once(specification, found, shared, init)
        except SandboxError as error:
            if not init or not _is_about_init(error):
                raise
        self._init = False
        return self._run_once(specification, found, shared, False)

    def _run_once(
        self, specification: Specification, found: image.Image, shared: Path | None, init: bool
    ) -> tuple[Container, Attachment]:
        engine = self._engine()
        config = configuration(
            specification,
            found,
            seccomp=profile(folder("docker") / "seccomp.json", by_path=engine.podman and engine.same_machine),
            runtime=self._runtime,
            init=init,
            shared=shared,
            gvisor=self.isolation == "strict",
        )
        # Named beforehand: an interrupt may come between the engine's work and its answer.
        container = Container(engine.client.api, f"ml-grader-{secrets.token_hex(8)}")
        attachment = None
        try:
            container.create(config)
            attachment = Attachment(container.attach(channels=shared is None), channels=shared is None)
            container.start()
        except BaseException:
            container.remove()
            if attachment is not None:
                attachment.close()
                _close(attachment.far)
            raise
        return container, attachment


def _isolation(runtime: str | None, engine: Engine | None) -> str:
    """Strict with gVisor, whose own kernel stands between the candidate and ours; else standard."""
    if engine is not None:
        runtime = runtime or engine.default_runtime
        runtime += engine.runtimes.get(runtime, "")
    return "strict" if "runsc" in (runtime or "") else "standard"


def _close(ends: tuple[socket.socket, ...]) -> None:
    for end in ends:
        end.close()


def _is_about_init(error: SandboxError) -> bool:
    text = str(error).lower()
    return "init" in text and ("not found" in text or "no such file" in text)


def _is_about_mount(error: SandboxError) -> bool:
    text = str(error).lower()
    return "bind source path" in text or "mount" in text or "statfs" in text

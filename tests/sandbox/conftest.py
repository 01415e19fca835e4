"""What tests of the container sandbox share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest

from grader.errors import SandboxError
from grader.sandbox.docker.engine import Client, connect
from grader.sandbox.docker.image import DEFAULT_BASE

LOCAL_BASE = "grader-base:bookworm"  # what scripts/base-image makes


def give_up(name: str, reason: str) -> NoReturn:
    """Skip the test, or fail it where GRADER_TEST_REQUIRE says that `name` must be usable."""
    if name in os.environ.get("GRADER_TEST_REQUIRE", "").split():
        pytest.fail(f"{name} is required here, but {reason}")
    pytest.skip(f"{name}: {reason}")


@pytest.fixture(scope="session")
def skip_or_fail() -> Callable[[str, str], NoReturn]:
    return give_up


@pytest.fixture(scope="session")
def engine_client() -> Iterator[Client]:
    """A client of the engine here."""
    try:
        engine = connect()
    except SandboxError as error:
        give_up("docker", str(error))
    yield engine.client
    engine.client.close()


@pytest.fixture(scope="session")
def base(engine_client: Client) -> str:
    """The base image to build on: the one that is set, else one that is there, else the default."""
    chosen = os.environ.get("GRADER_BASE_IMAGE") or os.environ.get("BASE_IMAGE")
    present = {tag for image in engine_client.api.images() for tag in image["RepoTags"] or []}
    return chosen or (LOCAL_BASE if LOCAL_BASE in present else DEFAULT_BASE)

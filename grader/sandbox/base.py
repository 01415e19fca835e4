"""The protocol that every sandbox follows.

A backend starts sandboxes; a sandbox is one started worker that serves one submission
and is then killed. What comes back are two stream sockets:

control  only the worker's first process holds the other end; candidate code never does
data     the process that runs candidate code answers calls here

The process that starts sandboxes never parses what arrives on `data`: it hands both
sockets to the process that runs the checks.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from grader.model import Environment, Limits

Progress = Callable[[str], None]


class Ending(StrEnum):
    """How a sandbox ended, in the kernel's or the engine's words, never the worker's."""

    MEMORY = "memory"  # the kernel killed something in it for want of memory
    ENDED = "ended"  # anything else
    LOST = "lost"  # the engine does not answer, or the sandbox was removed: infrastructure


@dataclass(frozen=True, slots=True)
class Specification:
    """What a sandbox must offer. `keep_log`: the candidate's output goes to the log."""

    requires: tuple[str, ...]
    limits: Limits = Limits()
    keep_log: bool = False


class Sandbox(Protocol):
    """A started sandbox."""

    control: socket.socket
    data: socket.socket
    environment: Environment

    def kill(self) -> None:
        """End it and remove every trace, in at most a second. May be called again."""

    def ending(self) -> Ending:
        """Kill it and say how it had ended before that."""

    def log(self) -> bytes:
        """The last 64 KiB of what it wrote to its standard error; readable after `kill`."""


class Backend(Protocol):
    """A way to make sandboxes."""

    @property
    def name(self) -> str:
        """What it is called: docker, bubblewrap or process."""

    @property
    def isolation(self) -> str:
        """How much stands between candidate and host: strict, standard or none."""

    def unavailable(self) -> str:
        """Why it cannot be used here, with what to do about it; empty if it can."""

    def prepare(self, specification: Specification, progress: Progress) -> None:
        """Do what is slow and needed once, such as building an image."""

    def start(self, specification: Specification) -> Sandbox:
        """Start a worker. Raises SandboxError. Does not wait for the worker to be ready."""

    def machine(self) -> str:
        """What its isolation depends on here, besides the image: kernel, engine, rights; for comparing."""

    def reap(self) -> int:
        """Remove what a grader that was killed left behind; how many things it removed."""

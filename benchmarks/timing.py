"""Runs commands and takes their wall-clock time and peak memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


class Failed(Exception):
    """A measured command did not do its work, so its time means nothing."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command line and the variables that it gets besides this process's own."""

    words: tuple[str, ...]
    variables: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one turn of a subject brought. `peak_mib`: of the largest process; 0 where it was not taken."""

    values: tuple[float, ...]
    peak_mib: float = 0.0


def environment(command: Command) -> dict[str, str]:
    """This process's variables and the command's; compiled modules may be kept, as they usually are."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | dict(command.variables)


def run(command: Command) -> Reading:
    """Seconds from start to end, and the peak memory of the largest process that it waited for.

    Raises Failed if it does not end with 0.
    """
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            command.words,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment(command),
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            said = output.read()[-2000:].decode("utf-8", "replace")
            raise Failed(f"{' '.join(command.words)} ended with {process.returncode}:\n{said}")
    return Reading((seconds,), usage.ru_maxrss / 1024)


def run_two_at_a_time(command: Command, count: int) -> Reading:
    """How often a minute the command runs, two at a time, from `count` runs."""
    began = time.perf_counter()
    with ThreadPoolExecutor(2) as threads:
        peaks = [reading.peak_mib for reading in threads.map(run, [command] * count)]
    return Reading((60 * count / (time.perf_counter() - began),), max(peaks))

"""A process that stays between turns: it holds warm sandboxes and measures when it is asked to.

One request and one answer, both a line of JSON. See benchmarks/served.py for the other end.
"""

from __future__ import annotations

import json
import subprocess
import sys
from types import TracebackType
from typing import Any

from benchmarks.commands import ROOT
from benchmarks.timing import Command, Failed, Reading, environment


class Helper:
    """A started helper. `unavailable` says why it cannot measure here; empty if it can."""

    def __init__(self, kind: str, sandbox: str) -> None:
        words = (sys.executable, "-m", "benchmarks.served", kind, sandbox)
        self._process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment(Command(words)),
        )
        self.unavailable = str(self._answer()["unavailable"])

    def ask(self, request: str, **arguments: object) -> Reading:
        """Have something measured. Raises Failed if it does not work."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"request": request, **arguments}) + "\n")
        self._process.stdin.flush()
        answer = self._answer()
        return Reading(tuple(answer["values"]), answer["peak_mib"])

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise Failed("a helper of the benchmarks ended; what it said is above")
        return json.loads(line)

    def __enter__(self) -> Helper:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()  # closes its input, on which it ends

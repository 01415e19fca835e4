"""Notes on what checks hand to a submission, taken on the trusted side while they run.

A copy of the challenge has a `conftest.py` that calls `install`; see planting.py. Each call of a hidden
check becomes a line of JSON: the check, the function, the keys of the rows that it sent, and what their
order gives away.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.checks.worker import Worker
from grader.proof import order, rows


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a hidden check. `telling`: labels and what gives them away."""

    check: str
    function: str
    keys: tuple[str, ...]
    telling: tuple[tuple[str, str], ...]


def install(path: Path) -> None:
    """From now on have this process, and those forked from it, note every call in a file.

    The file is opened at once: a process that runs checks may write to what is open, but open nothing.
    """
    file = path.open("ab", buffering=0)
    plain = Worker.request

    def request(
        self: Worker,
        message: dict[str, Any],
        args: tuple[object, ...] = (),
        kwargs: dict[str, object] | None = None,
        epoch: int | None = None,
        kind: str = "",
    ) -> object:
        answer = None
        try:
            answer = plain(self, message, args, kwargs, epoch, kind)
            return answer
        finally:
            name = str(message.get("function") or message.get("name") or "")
            file.write(_note(name, (*args, *(kwargs or {}).values()), answer))

    Worker.request = request  # type: ignore[method-assign]


def _note(function: str, given: tuple[object, ...], answer: object) -> bytes:
    """The line for one call; empty if there is nothing to note."""
    current = os.environ.get("PYTEST_CURRENT_TEST", "").removeprefix("checks/").partition(" ")[0]
    if not current.startswith("hidden/"):
        return b""
    keys = [key for table in given for key in rows.keys(table)]
    telling = list(dict.fromkeys(_telling(given, answer)))
    if not keys and not telling:
        return b""
    line = json.dumps({"check": current, "function": function, "keys": keys, "telling": telling})
    return line.encode() + b"\n"


def _telling(given: tuple[object, ...], answer: object) -> Iterator[tuple[str, str]]:
    """What a right solution answers for a table's rows is as good as their labels."""
    for table in given:
        for labels, what in [
            *((one, "the labels") for one in given if one is not table),
            (answer, "the answers"),
        ]:
            for how in order.telling(table, labels):
                yield what, how
        yield from ((f"the column {name}", how) for name, how in order.own_columns(table))


def read(path: Path) -> list[Call]:
    """The notes of a run; none if it made none."""
    if not path.is_file():
        return []
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Call(
            one["check"],
            one["function"],
            tuple(one["keys"]),
            tuple((what, how) for what, how in one["telling"]),
        )
        for one in found
    ]

"""Messages between the grading process and the processes that run checks, over local sockets.

They use the wire's frames. Descriptors of a sandbox follow the message that announces them.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from grader.model import CallShown, Check, Outcome, Problem, ValueShown, Verdict
from grader.worker.wire import ProtocolError, receive, send

MOST_CALLS = 4  # of one check: its last three, and what it compared
_MOST, _WIDEST, _LONGEST = 9, 200, 400  # rows, columns and arguments; characters of a text; of an exception


def tell(
    channel: socket.socket, message: Mapping[str, Any], fds: Sequence[int] = (), buffers: Sequence[Any] = ()
) -> None:
    """Send a message, then the descriptors that it promises."""
    send(channel, {**message, "fds": len(fds)}, buffers)
    if fds:
        socket.send_fds(channel, [b"+"], list(fds))


def hear(
    channel: socket.socket, deadline: float | None = None
) -> tuple[dict[str, Any], list[int], list[memoryview]]:
    """The next message with its descriptors and buffers.

    Raises EOFError at the end, TimeoutError after `deadline`, ProtocolError for nonsense.
    """
    message, buffers = receive(channel, deadline)
    expected = message.pop("fds", 0)
    fds: list[int] = []
    if type(expected) is not int or not 0 <= expected <= 4:
        raise ProtocolError("descriptors that are not a small number")
    if expected:
        _, fds, _, _ = socket.recv_fds(channel, 1, expected)
        if len(fds) != expected:
            raise ProtocolError("descriptors that did not arrive")
    return message, fds, buffers


def pack_check(check: Check) -> dict[str, Any]:
    """A check as a message holds it."""
    return asdict(check)


def unpack_check(values: Mapping[str, Any]) -> Check:
    """The reverse of `pack_check`."""
    return Check(**values)


def pack_outcome(outcome: Outcome) -> dict[str, Any]:
    """An outcome as a message holds it; metric values as text, for NaN and infinity."""
    return {**asdict(outcome), "metrics": [[name, repr(value)] for name, value in outcome.metrics]}


def unpack_outcome(values: Mapping[str, Any]) -> Outcome:
    """The reverse of `pack_outcome`. Raises ValueError, KeyError or TypeError for anything else."""
    return Outcome(
        id=str(values["id"]),
        verdict=Verdict(values["verdict"]),
        seconds=float(values["seconds"]),
        candidate_text=str(values["candidate_text"])[:20000],
        staff_text=str(values["staff_text"])[:20000],
        metrics=tuple((str(name), float(value)) for name, value in values["metrics"]),
        calls=tuple(_call(call) for call in values.get("calls", ())[:MOST_CALLS]),
    )


def _call(values: Mapping[str, Any]) -> CallShown:
    parts = {key: tuple(map(_value, values[key][:_MOST])) for key in ("given", "returned", "expected")}
    return CallShown(
        call=str(values["call"])[:_WIDEST],
        raised=str(values["raised"])[:_LONGEST],
        lines=_texts(values["lines"]),
        **parts,
    )


def _value(values: Mapping[str, Any]) -> ValueShown:
    rows, columns = values["left_out"]
    return ValueShown(
        name=str(values["name"])[:_WIDEST],
        kind=str(values["kind"])[:_WIDEST],
        value=str(values["value"])[:_WIDEST],
        columns=_texts(values["columns"]),
        index=_texts(values["index"]),
        cells=tuple(map(_texts, values["cells"][:_MOST])),
        marked=tuple((int(row), int(column)) for row, column in values["marked"][: _MOST * _MOST]),
        left_out=(int(rows), int(columns)),
    )


def _texts(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(value)[:_WIDEST] for value in values[:_MOST])


def unpack_problem(values: Mapping[str, Any]) -> Problem | None:
    """A problem as the worker tells it, or None if it is not one."""
    kind, text = values.get("kind"), values.get("text")
    line, cell = values.get("line"), values.get("cell")
    if kind not in ("load", "cell", "missing") or not isinstance(text, str):
        return None
    return Problem(
        kind=kind,
        text=text[:4096],
        line=line if type(line) is int else None,
        cell=cell if type(cell) is int else None,
    )

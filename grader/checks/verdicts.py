"""From what happened in a check to its verdict and the two texts about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.checks.candidate import CandidateError
from grader.checks.run import Run
from grader.model import CallShown, Outcome, Verdict
from grader.worker.wire import Unsendable

if TYPE_CHECKING:
    from grader.checks.worker import WorkerLost

_TEXT = 4000
_PACKAGE = Path(__file__).resolve().parents[1]


def outcome(
    run: Run,
    identity: str,
    suite: str,
    errors: list[pytest.ExceptionInfo[BaseException]],
    parameters: Mapping[str, Sequence[str]],
) -> Outcome:
    """The outcome of a check whose phases raised `errors`, in order; none: it passed.

    `parameters` names those of the functions that the challenge asks for, for calls that are shown.
    A worker that was lost decides before any error: a check may have caught what that raised.
    """
    seconds = run.spent
    if run.fault is not None:
        verdict, text, seconds = _lost(run, run.fault, seconds)
        staff = f"{run.fault} (sandbox: {run.ending})"
    elif errors:
        verdict, text = _raised(errors[0].value)
        staff = _where(errors[0])
        if suite == "visible" and verdict is Verdict.FAILED:
            text, staff = staff, ""
        elif suite == "visible" and isinstance(errors[0].value, CandidateError):
            staff = ""  # the candidate's own lines say it; those of the check would only repeat it
    else:
        return Outcome(identity, Verdict.PASSED, seconds, metrics=tuple(run.metrics))
    calls: tuple[CallShown, ...] = ()
    if run.recorder is not None:
        calls = run.recorder.shown(errors[0].value if errors else None, parameters)
    return Outcome(identity, verdict, seconds, text[:_TEXT], staff[-_TEXT:], tuple(run.metrics), calls)


def _where(error: pytest.ExceptionInfo[BaseException]) -> str:
    """The lines of the check's own files that led to an error, and the error, for staff."""
    lines = []
    for entry in error.traceback:
        path = Path(str(entry.path))
        if "checks" in path.parts and _PACKAGE not in path.parents:
            lines.append(f"{path.name}:{entry.lineno + 1}: {str(entry.statement).strip()}")
    plain = isinstance(error.value, AssertionError | CandidateError)
    return "\n".join([*lines[-5:], str(error.value) if plain else f"{error.type.__name__}: {error.value}"])


def _lost(run: Run, fault: WorkerLost, seconds: float) -> tuple[Verdict, str, float]:
    if run.ending == "memory":
        return Verdict.MEMORY, f"It used more than {run.limits.memory_mb} MiB of memory.", seconds
    if fault.reason == "timeout":
        return Verdict.TIMEOUT, f"It took longer than {run.seconds:g} seconds.", max(seconds, run.seconds)
    if fault.reason == "protocol":
        return Verdict.PROTOCOL, "What came back was not an answer to the call.", seconds
    return Verdict.CRASHED, "The process that ran your code ended by itself, before it had answered.", seconds


def _raised(error: BaseException) -> tuple[Verdict, str]:
    if isinstance(error, CandidateError):
        verdict = Verdict.MEMORY if isinstance(error, MemoryError) else Verdict.ERROR
        lines = [f"  {file}:{line}: {source.strip()}" for file, line, source in error.lines]
        return verdict, "\n".join([str(error), *lines])
    if isinstance(error, AssertionError):
        return Verdict.FAILED, ""
    if isinstance(error, Unsendable):
        return Verdict.ERROR, "This check could not be carried out; tell its author."
    if isinstance(error, (pytest.skip.Exception, pytest.xfail.Exception)):
        return Verdict.FAILED, "This check was skipped, which counts as failed; tell its author."
    return Verdict.ERROR, "Your answer was of a kind that this check could not work with."

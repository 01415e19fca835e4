"""ml-grader: interview questions with coding tasks, graded where the hidden checks never go.

import grader
report = grader.grade("f1-by-hand", "solution.py")

with grader.Session(warm=2) as session:          # many submissions in one process
    reports = [session.grade("f1-by-hand", path) for path in paths]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.errors import ChallengeError, GraderError, SandboxError, SubmissionError
    from grader.grading import Session, grade
    from grader.model import Report, Status, Verdict

_HOMES = {
    "ChallengeError": "errors",
    "GraderError": "errors",
    "Report": "model",
    "SandboxError": "errors",
    "Session": "grading",
    "Status": "model",
    "SubmissionError": "errors",
    "Verdict": "model",
    "grade": "grading",
}

__all__ = [
    "ChallengeError",
    "GraderError",
    "Report",
    "SandboxError",
    "Session",
    "Status",
    "SubmissionError",
    "Verdict",
    "grade",
]


def load_ipython_extension(shell: object) -> None:
    """What `%load_ext grader` calls: adds `%grader` to a running IPython."""
    from importlib import import_module

    import_module(f"{__name__}.magic").load(shell)


def __getattr__(name: str) -> object:
    """Public names are imported when they are first used: the command must start quickly."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

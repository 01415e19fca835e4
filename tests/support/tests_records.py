"""Reports as a graded run leaves them, for the tests of what is kept of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from grader.model import (
    Challenge,
    Check,
    Environment,
    Metric,
    Outcome,
    Report,
    Status,
    Submission,
    Verdict,
)
from grader.scoring import score

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ERROR = Metric("error", "Error against the mean", "lower", 1.0, 0.75, 0.6, 4.0)
HIDDEN = tuple(Check(f"hidden/test_a.py::test_{n}", f"test_{n}", f"Number {n} is right.") for n in range(4))


def challenge(slug: str = "f1-by-hand", *, metrics: tuple[Metric, ...] = ()) -> Challenge:
    return Challenge(
        slug=slug,
        title=slug.replace("-", " ").capitalize(),
        topic="metrics",
        difficulty="easy",
        minutes=20,
        functions=("f1",),
        requires=(),
        root=Path(),
        digest="sha256:" + "c" * 64,
        metrics=metrics,
    )


def report(
    slug: str = "f1-by-hand",
    *,
    passed: int = 4,
    error: float | None = None,
    when: datetime = NOON,
    infrastructure: str = "",
    sandbox: str = "bubblewrap",
) -> Report:
    """A run in which the first `passed` of four checks passed; with `error`, a metric was recorded too."""
    figures = () if error is None else (("error", error),)
    outcomes = [
        Outcome(
            check.id,
            Verdict.PASSED if number < passed else Verdict.FAILED,
            0.1,
            staff_text="the expected value is 42",
            metrics=figures if number == 0 else (),
        )
        for number, check in enumerate(HIDDEN)
    ]
    made = score(
        challenge=challenge(slug, metrics=() if error is None else (ERROR,)),
        submission=Submission("solution.py", "solution.py", (("solution.py", b""),), "sha256:" + "5" * 64),
        checks=HIDDEN,
        outcomes=outcomes,
        problems=(),
        environment=Environment(sandbox, "standard", "3.11.9", ()),
        seed="0" * 32,
        started=when.isoformat(timespec="seconds"),
        seconds=1.5,
        grader_version="0.1.0",
        official=sandbox != "process",
        infrastructure=infrastructure,
    )
    assert (made.status is Status.INFRASTRUCTURE) == bool(infrastructure)
    return made

"""Progress in words, for the terminal and the page."""

from __future__ import annotations

from grader.progress.summary import Line, Progress
from grader.report.numbers import figure
from grader.report.words import goal


def duration(seconds: float) -> str:
    """A time as a person says it: 3 h 5 min, 12 min; what is less than a minute counts as one."""
    minutes = max(int(seconds // 60), 1 if seconds > 0 else 0)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes} min"


def many(count: int, thing: str) -> str:
    """`1 hint`, `2 hints`."""
    return f"{count} {thing}{'' if count == 1 else 's'}"


def headline(progress: Progress) -> list[str]:
    """The figures on the whole."""
    return [
        f"{progress.solved} of {progress.total} solved",
        many(progress.attempts, "attempt"),
        duration(progress.seconds),
        many(progress.cards, "quiz card"),
    ]


def streak(progress: Progress) -> str:
    """The days in a row, and whether today is one of them."""
    found = progress.streak
    if not found.longest:
        return "No day yet on which something was done."
    longest = f"the longest was {many(found.longest, 'day')}"
    if not found.current:
        return f"No days in a row just now; {longest}."
    row = f"{many(found.current, 'day')} in a row" if found.current > 1 else "1 day"
    today = "today is one of them" if found.current > 1 else "today"
    if not found.today:
        today = "do something today to keep it up"
    return f"{row}, {today}; {longest}."


def share(value: float | None) -> str:
    """A share of the points; 100 % only where it is all of them."""
    return "" if value is None else f"{int(value * 100 + 1e-9)} %"


def best(line: Line) -> list[tuple[bool, str, str]]:
    """Whether each metric reached passing, its best value beside that threshold, and what it measures."""
    return [
        (
            one.passed,
            f"{figure(one.value, [one.metric.passing])} (passing: {goal(one.metric, one.metric.passing)})",
            one.metric.label,
        )
        for one in line.best
    ]


def absent(progress: Progress) -> str:
    """What is said of attempts at challenges that the bank does not have; nothing if there are none."""
    if not progress.absent:
        return ""
    verb = "is" if progress.absent == 1 else "are"
    return f"{many(progress.absent, 'attempt')} at challenges that this bank does not have {verb} left out."

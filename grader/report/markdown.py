"""The report as GitHub-flavoured Markdown: for a pull request's comment or a job's summary.

What a candidate wrote stands in code blocks with a fence that it cannot close; everything else has its
special characters escaped, so nobody is mentioned, linked to or shown a picture by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.model import Problem, Report, Status
from grader.report import advice, clean, words
from grader.report.calls import Style, lines
from grader.report.numbers import points, seconds
from grader.report.redact import View
from grader.report.table import Row, rows

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&@:/$=\"'^])")
_HEADINGS = {"visible": "Visible checks", "hidden": "Hidden checks", "metric": "Metrics"}
_WIDE = 100  # columns of a block before a reader has to scroll
_SIGNS = {True: "\u2705", False: "\u274c"}


def render(view: View) -> str:
    """The view as Markdown."""
    return clean.commands("\n".join([*_lines(view)])).rstrip("\n") + "\n"


def _lines(view: View) -> Iterator[str]:
    report = view.report
    yield f"## {_plain(report.challenge.title)}: {_verdict(report)}"
    yield ""
    yield f"{_plain(report.submission)}, {_plain(report.challenge.slug)}, {_plain(_where(report))}"
    yield ""
    if not report.official:
        yield "**Unofficial**: nothing kept this code from cheating."
        yield ""
    if report.status is Status.INFRASTRUCTURE:
        yield "**The grader failed, not the submission.** This is not a zero."
        yield ""
        yield from _quoted(report.infrastructure)
    for problem in report.problems:
        yield from _problem(problem)
    listed = list(rows(view))
    for suite, heading in _HEADINGS.items():
        yield from _section(heading, [row for row in listed if row.suite == suite])
    if step := advice.next_step(view):
        yield f"**Next:** {_plain(step)}"


def _verdict(report: Report) -> str:
    match report.status:
        case Status.INFRASTRUCTURE:
            return "not graded"
        case Status.PASSED:
            word = "passed"
        case _:
            word = "not passed"
    return f"{word}, {_plain(points(report.points))} of {_plain(points(report.points_possible))} points"


def _where(report: Report) -> str:
    where = report.environment
    return f"{where.sandbox}, isolation {where.isolation}, {seconds(report.seconds)}"


def _problem(problem: Problem) -> Iterator[str]:
    titles = {
        "load": "The submission does not load",
        "missing": "Something that the brief asks for is missing",
        "cell": "A cell failed; what it had defined by then was kept",
    }
    place = words.place(problem)
    yield f"**{titles[problem.kind]}**{f' ({place})' if place else ''}"
    yield ""
    yield from _quoted(words.what(problem))


def _section(heading: str, listed: list[Row]) -> Iterator[str]:
    if not listed:
        return
    yield f"### {heading}"
    yield ""
    yield "| | Check | Verdict | Points |" if heading != "Metrics" else "| | Metric | Reached | Points |"
    yield "|---|---|---|---:|"
    for row in listed:
        earned = f"{row.points}/{row.points_possible}" if row.points_possible else ""
        cells = [_SIGNS[row.good], *map(_plain, (row.title, row.verdict, earned))]
        yield f"| {' | '.join(cells)} |"
    yield ""
    for row in listed:
        if row.good or row.suite == "metric":
            continue
        called = "\n".join(line.text for line in lines(row.calls, Style(_WIDE), said=row.text))
        if text := "\n\n".join(filter(None, (row.text, called))):
            yield f"{_plain(row.title)}:"
            yield ""
            yield from _quoted(text)


def _plain(text: str) -> str:
    """One line in which no character has a meaning."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _quoted(text: str) -> Iterator[str]:
    """A code block whose fence is longer than any run of backticks in the text."""
    longest = max(map(len, re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"{fence}text"
    yield from text.split("\n")
    yield fence
    yield ""

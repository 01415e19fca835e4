"""The verdict on one screen: what is checked at every save. The whole report is terminal.py's."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from grader.model import CheckResult, Report, Status, Verdict
from grader.report import clean
from grader.report.layout import INDENT, Page
from grader.report.numbers import points
from grader.report.redact import View
from grader.report.terminal import (
    Group,
    draw_hints,
    draw_problems,
    draw_reason,
    earned,
    figures,
    grouped,
)

_DETAILS = 6  # lines that the first failure has at least, where there are many checks


def render(
    view: View,
    *,
    height: int,
    width: int = 80,
    color: bool = False,
    unicode: bool = True,
    right: str = "",
    advice: str = "",
) -> str:
    """The view in at most `height` lines (12 or more) of `width` columns.

    `right` stands beside the title, `advice` below the verdict. The checks have a line each, the first that
    failed its reason as well, cut where the screen ends.
    """
    page = Page(width, unicode)
    report = view.report
    page.ends(report.challenge.title, page.cut(right, width // 2), "bold", "dim")
    page.rule()
    end = _ending(report, Page(width, unicode), advice)
    room = height - len(page.lines) - len(end.lines)
    page.lines += _middle(view, Page(width, unicode), room)
    page.lines += end.lines
    return clean.commands(page.text(color))


def _middle(view: View, page: Page, room: int) -> list[Text]:
    report = view.report
    if report.status is Status.INFRASTRUCTURE:
        page.row(page.glyphs.warn, "yellow", "The grader failed, not your code.", style="bold")
        page.quote(report.infrastructure)
        return _cut(page, room)
    draw_problems(page, report.problems)
    if report.problems and all(one.outcome.verdict is Verdict.NOT_RUN for one in report.checks):
        return _cut(page, room)
    groups = list(grouped(_in_order(report.checks)))
    details = Page(page.width, page.unicode)
    failed = next((group for group in groups if not group.passed), None)
    if failed is not None and not any(problem.kind == "load" for problem in report.problems):
        # Of a parametrised check the first case that failed: there is room for one.
        first = next(one for one in failed.results if one.outcome.verdict is not Verdict.PASSED)
        draw_reason(details, failed.title, first, {}, INDENT)
        draw_hints(details, [first])
    _overview(page, groups, room - len(page.lines), details)
    return _cut(page, room)


def _in_order(results: Sequence[CheckResult]) -> list[CheckResult]:
    return sorted(results, key=lambda result: result.check.suite == "hidden")


def _overview(page: Page, groups: Sequence[Group], room: int, details: Page) -> None:
    """A line for each check, the first that failed with `details`; passed ones in one, if not all fit."""
    kept = min(len(details.lines), _DETAILS)
    shown = list(groups) if len(groups) + kept <= room else [group for group in groups if not group.passed]
    passed = [result for group in groups if group not in shown for result in group.results]
    space = room - kept - bool(passed)
    listed = shown if len(shown) <= space else shown[: space - 1]
    rest = len(shown) - len(listed)
    left = room - len(listed) - bool(passed) - bool(rest)
    for group in listed:
        _line(page, group)
        if not group.passed and left:
            page.lines += _cut(details, left)
            left = 0
    if rest:
        page.paragraph(f"{rest} more did not pass", indent=INDENT, style="dim")
    if passed:
        page.row(page.glyphs.good, "green", f"{len(passed)} checks passed", figures(passed))


def _line(page: Page, group: Group) -> None:
    """A check in one line."""
    mark, style = (page.glyphs.good, "green") if group.passed else (page.glyphs.bad, "red")
    failed = sum(one.outcome.verdict is not Verdict.PASSED for one in group.results)
    cases = len(group.results)
    share = f"{failed} of {cases}" if 0 < failed < cases else f"{cases}"
    right = figures(group.results)
    more = f" ({share} cases)" if cases > 1 else ""
    room = page.width - 4 - (len(right) + 2 if right else 0) - len(more)
    page.row(mark, style, f"{page.cut(group.title, room)}{more}", right)


def _cut(page: Page, room: int) -> list[Text]:
    """The first lines; the last of them says that there is more."""
    while page.lines and not page.lines[-1].plain:
        page.lines.pop()
    if len(page.lines) <= room:
        return page.lines
    return [*page.lines[: room - 1], Text(page.say("    \u2026 more in the whole report"), style="dim")]


def _ending(report: Report, page: Page, advice: str) -> Page:
    page.rule()
    verdict, style = _verdict(report)
    page.ends(page.cut(verdict, page.width), "", style)
    if advice:
        page.lines.append(Text(page.cut(advice, page.width)))
    return page


def _verdict(report: Report) -> tuple[str, str]:
    if report.status is Status.INFRASTRUCTURE:
        return "NOT CHECKED  This is not a zero.", "bold yellow"
    hidden = [one for one in report.checks if one.check.suite == "hidden"]
    visible = [one for one in report.checks if one.check.suite == "visible"]
    if hidden:
        word, style = ("PASSED", "bold green") if report.passed else ("NOT PASSED", "bold red")
        return f"{word}  {points(report.points)}/{points(report.points_possible)} points", style
    passed = sum(one.outcome.verdict is Verdict.PASSED for one in visible)
    if visible and passed == len(visible):
        return f"All {passed} visible checks pass.", "bold green"
    return f"{earned(visible)} visible checks pass" if visible else "There are no visible checks.", "bold red"

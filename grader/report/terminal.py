"""The report for a terminal: what a person reads after a run.

From the top: what was graded and where; what is wrong with it as a whole; the checks, each failed one with
its reason; the metrics; the verdict and what to do next. No meaning is carried by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from grader.model import CheckResult, Feedback, Problem, Report, Status, Verdict
from grader.report import advice, clean, words
from grader.report.layout import INDENT, Page
from grader.report.meter import draw_metric
from grader.report.numbers import points, seconds
from grader.report.redact import View

WIDEST = 100  # beyond that, the eye loses the row between a title and its points
NARROWEST = 30
QUOTED_LINES = 24
NOTABLE_SECONDS = 1.0
_LONG_LIST = 30  # rows; from here on passed checks in a row are summed up

_GOOD, _BAD, _WARN, _QUIET = "green", "red", "yellow", "dim"


def render(
    view: View,
    *,
    width: int = 80,
    color: bool = False,
    unicode: bool = True,
    part: str | None = None,
) -> str:
    """The view as text of at most `width` columns (30 to 100).

    `part` is for a report on some of the checks: what to say, at its end, instead of a verdict on the whole.
    """
    page = Page(max(NARROWEST, min(width, WIDEST)), unicode)
    report = view.report
    _header(page, report)
    _warnings(page, report)
    draw_problems(page, report.problems)
    if report.status is not Status.INFRASTRUCTURE or view.audience == "staff":
        for suite, heading in (("visible", "Visible checks"), ("hidden", "Hidden checks")):
            results = [result for result in report.checks if result.check.suite == suite]
            if results:
                _checks(page, heading, results)
        _metrics(page, view)
        if view.feedback is Feedback.SCORE:
            page.blank()
            page.paragraph("Of the hidden checks, only the score is told.", style=_QUIET)
    if view.audience == "staff":
        _particulars(page, report)
    if part is None or report.status is Status.INFRASTRUCTURE:
        _conclusion(page, view)
    else:
        _conclusion_on_part(page, report, part)
    return clean.commands(page.text(color))


def _header(page: Page, report: Report) -> None:
    challenge, where = report.challenge, report.environment
    question = f", question {challenge.question}" if challenge.question is not None else ""
    room = where.sandbox if where.isolation == "none" else f"{where.sandbox}, {where.isolation} isolation"
    # Cut to one line: a long name must not put words of its own below the title.
    page.ends(challenge.title, page.cut(report.submission, page.width // 2), "bold", "bold")
    python = f", Python {where.python}" if where.python else ""  # unknown where no sandbox started
    page.ends(f"{challenge.slug}{question}", f"{room}{python}", _QUIET, _QUIET)
    page.rule()
    page.blank()


def _warnings(page: Page, report: Report) -> None:
    if not report.official:
        page.row(page.glyphs.warn, _WARN, "Unofficial: nothing kept this code from cheating.", style=_WARN)
        page.paragraph("Good enough for your own code; do not judge others' by it.", indent=INDENT)
        page.blank()
    if report.status is Status.INFRASTRUCTURE:
        page.row(page.glyphs.warn, _WARN, "The grader failed, not the submission.", style="bold yellow")
        page.quote(report.infrastructure)
        page.blank()


def draw_problems(page: Page, problems: Iterable[Problem]) -> None:
    for problem in problems:
        place = words.place(problem)
        if problem.kind == "cell":
            title = f"A cell failed ({place}); what it had defined by then was kept"
            page.row(page.glyphs.warn, _WARN, title)
        elif problem.kind == "load":
            title = "The submission does not load" + (f" ({place})" if place else "")
            page.row(page.glyphs.bad, _BAD, title, style="bold")
        else:
            page.row(page.glyphs.bad, _BAD, "Something that the brief asks for is missing", style="bold")
        page.quote(clean.text(words.what(problem), max_lines=QUOTED_LINES))
        page.blank()


def _checks(page: Page, heading: str, results: Sequence[CheckResult]) -> None:
    page.blank()
    page.ends(heading, earned(results), "bold", "bold")
    verdicts = {result.outcome.verdict for result in results}
    if verdicts == {Verdict.NOT_RUN}:
        page.row(page.glyphs.idle, _QUIET, f"{_many(len(results), 'check')} did not run")
        return
    groups = list(grouped(results))
    seen: dict[str, str] = {}
    for passed, run in groupby(groups, key=lambda group: group.passed):
        members = list(run)
        if passed and len(groups) >= _LONG_LIST and len(members) > 3:
            every = [result for group in members for result in group.results]
            page.row(page.glyphs.good, _GOOD, f"{len(every)} checks passed", figures(every))
            continue
        for group in members:
            draw_group(page, group, seen)


@dataclass(frozen=True, slots=True)
class Group:
    """A check, or the checks that one parametrised function makes."""

    title: str
    results: tuple[CheckResult, ...]

    @property
    def passed(self) -> bool:
        return all(result.outcome.verdict is Verdict.PASSED for result in self.results)


def grouped(results: Iterable[CheckResult]) -> Iterator[Group]:
    for (_, title), run in groupby(
        results, key=lambda one: (one.check.id.partition("[")[0], one.check.title)
    ):
        yield Group(title.rstrip("."), tuple(run))


def draw_group(page: Page, group: Group, seen: dict[str, str]) -> None:
    first, cases = group.results[0], len(group.results)
    failed = [result for result in group.results if result.outcome.verdict is not Verdict.PASSED]
    if cases == 1:
        _row(page, [first], group.title)
        draw_reason(page, group.title, first, seen, INDENT)
        draw_hints(page, failed)
        return
    if not failed:
        page.row(page.glyphs.good, _GOOD, f"{group.title} ({cases} cases)", figures(group.results))
        return
    alike = list(_alike(failed))
    if len(failed) == cases and len(alike) == 1:
        _row(page, failed, f"{group.title} ({cases} cases)")
        draw_reason(page, group.title, failed[0], seen, INDENT)
    else:
        title = f"{group.title} ({len(failed)} of {cases} cases)"
        page.row(page.glyphs.bad, _BAD, title, figures(group.results))
        for results in alike:
            _row(page, results, _case_names(results), indent=INDENT)
            draw_reason(page, group.title, results[0], seen, INDENT + 3)
    draw_hints(page, failed)


def draw_hints(page: Page, failed: Iterable[CheckResult]) -> None:
    ran = [result for result in failed if result.outcome.verdict not in (Verdict.PASSED, Verdict.NOT_RUN)]
    for hint in dict.fromkeys(result.check.hint for result in ran if result.check.hint):
        page.paragraph(f"Hint: {hint}", indent=INDENT, style="cyan")


def _alike(failed: Iterable[CheckResult]) -> Iterable[list[CheckResult]]:
    """The cases that ended in the same way with the same words, together."""
    alike: dict[tuple[str, ...], list[CheckResult]] = {}
    for result in failed:
        outcome = result.outcome
        alike.setdefault((outcome.verdict, outcome.candidate_text, outcome.staff_text), []).append(result)
    return alike.values()


def _case_names(results: Sequence[CheckResult]) -> str:
    names = [result.check.name.partition("[")[2].removesuffix("]") for result in results]
    return f"{'case' if len(names) == 1 else 'cases'} {', '.join(names)}"


def _row(page: Page, results: Sequence[CheckResult], title: str, indent: int = 1) -> None:
    verdict = results[0].outcome.verdict
    mark, style = page.glyphs.bad, _BAD
    if verdict is Verdict.PASSED:
        mark, style = page.glyphs.good, _GOOD
    elif verdict is Verdict.NOT_RUN:
        mark, style = page.glyphs.idle, _QUIET
    page.row(mark, style, title, figures(results), indent=indent)


def figures(results: Sequence[CheckResult]) -> str:
    """The right-hand column: how a check ended if badly, its time if that is notable, its points."""
    parts = []
    verdicts = {result.outcome.verdict for result in results}
    if len(verdicts) == 1 and Verdict.PASSED not in verdicts:
        parts.append(words.VERDICTS[verdicts.pop()])
    if (slowest := max(result.outcome.seconds for result in results)) >= NOTABLE_SECONDS:
        parts.append(seconds(slowest))
    if results[0].check.suite == "hidden":
        parts.append(earned(results).rjust(5))
    return "  ".join(parts)


def earned(results: Sequence[CheckResult]) -> str:
    if results[0].check.suite == "visible":
        passed = sum(result.outcome.verdict is Verdict.PASSED for result in results)
        return f"{passed} of {len(results)}"
    got, possible = sum(one.points for one in results), sum(one.check.points for one in results)
    return f"{points(got)}/{points(possible)}"


def draw_reason(page: Page, title: str, result: CheckResult, seen: dict[str, str], indent: int) -> None:
    """Why a check failed. `seen` has the longer texts that were said already, with the check's title."""
    outcome = result.outcome
    if outcome.verdict is Verdict.PASSED:
        return
    text = outcome.candidate_text
    if not text and outcome.verdict not in (Verdict.FAILED, Verdict.NOT_RUN):
        text = words.EXPLANATIONS[outcome.verdict]
    staff_text = outcome.staff_text.removeprefix(outcome.candidate_text).lstrip("\n")
    for said, style, bar in ((text, "", page.glyphs.bar), (staff_text, _QUIET, page.glyphs.staff)):
        if not said:
            continue
        shown = clean.text(said, max_lines=QUOTED_LINES)
        if "\n" in said and seen.setdefault(said, title) != title:
            shown = f"(the same as for \u201c{seen[said]}\u201d)"
        page.quote(shown, indent=indent, style=style, bar=bar)
    page.calls(words.teaching(outcome), indent=indent, said=f"{text}\n{staff_text}")


def _metrics(page: Page, view: View) -> None:
    results = view.report.metrics
    if not results:
        return
    page.blank()
    got, possible = sum(one.points for one in results), sum(one.metric.points for one in results)
    page.ends("Metrics", f"{points(got)}/{points(possible)}", "bold", "bold")
    for result, band in zip(results, view.bands, strict=True):
        draw_metric(page, result, band)


def _particulars(page: Page, report: Report) -> None:
    """What staff need to find this run again."""
    page.blank()
    packages = ", ".join(f"{name} {version}" for name, version in report.environment.distributions)
    image = " ".join(filter(None, (report.environment.runtime, _short(report.environment.image))))
    particulars = {
        "run": f"{report.started}, grader {report.grader_version}",
        "packages": packages,
        "image": image,
        "challenge": _short(report.challenge.digest),
        "submission": _short(report.submission_digest),
        "seed": report.seed,
    }
    for name, value in particulars.items():
        if value:
            page.paragraph(f"{name:11}{value}", style=_QUIET)
    if report.log:
        page.blank()
        page.paragraph("The end of the log", style="bold")
        tail = report.log.decode("utf-8", "replace").rstrip("\n").split("\n")[-QUOTED_LINES:]
        page.quote("\n".join(tail), indent=1, style=_QUIET)


def _conclusion(page: Page, view: View) -> None:
    report = view.report
    verdict, style = {
        Status.PASSED: ("PASSED", "bold green"),
        Status.FAILED: ("NOT PASSED", "bold red"),
        Status.INFRASTRUCTURE: ("NOT GRADED", "bold yellow"),
    }[report.status]
    if not report.official:
        verdict += " (unofficial)"
    if report.status is Status.INFRASTRUCTURE:
        verdict += "  This is not a zero."
    else:
        verdict += f"  {points(report.points)}/{points(report.points_possible)} points"
    page.blank()
    page.rule()
    page.ends(verdict, seconds(report.seconds), style, _QUIET)
    if report.status is Status.FAILED and report.challenge.pass_mark < 1:
        share = f"{report.challenge.pass_mark:.0%} of the hidden checks' points"
        page.paragraph(f"A pass needs {share}{' and every metric' if report.metrics else ''}.")
    if step := advice.next_step(view):
        page.paragraph(step)


def _conclusion_on_part(page: Page, report: Report, closing: str) -> None:
    passed = sum(result.outcome.verdict is Verdict.PASSED for result in report.checks)
    style = "bold green" if passed == len(report.checks) else "bold red"
    official = "" if report.official else " (unofficial)"
    page.blank()
    page.rule()
    page.ends(
        f"{passed} of {_many(len(report.checks), 'check')} passed{official}",
        seconds(report.seconds),
        style,
        _QUIET,
    )
    if closing:
        page.paragraph(closing)


def _short(digest: str) -> str:
    """Enough of a digest to recognise it by; the whole one is in the JSON."""
    return digest[: digest.find(":") + 13]


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"

"""The report as one HTML page: no script, nothing loaded from elsewhere, readable on a phone and in print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from grader.model import CheckResult, MetricResult, Problem, Report, Status, Verdict
from grader.report import advice, clean, html_calls, words
from grader.report.numbers import figure, points, seconds
from grader.report.redact import Band, View

# A browser that honours it runs and loads nothing, whatever the text says.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = (
    """
.grader { color-scheme: light dark; --ink: #1d2430; --soft: #5b6577; --line: #d9dee7; --page: #fff;
  --panel: #f5f7fa; --good: #14743f; --bad: #b3261e; --warn: #8a5a00; background: var(--page);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
@media (prefers-color-scheme: dark) { .grader { --ink: #e6e9ef; --soft: #9aa5b8; --line: #343c4b;
  --page: #14181f; --panel: #1c222c; --good: #5fcf8f; --bad: #ff8a80; --warn: #f0b95a } }
body.grader { margin: 0 auto; max-width: 46rem; padding: 2rem 1.25rem }
div.grader { max-width: 46rem; padding: .75rem 1rem; border-radius: .5rem; font-size: .95rem }
.grader h1 { margin: 0; font-size: 1.5rem } .grader h2 { margin: 2rem 0 .5rem; font-size: 1.1rem;
  display: flex; justify-content: space-between; border-bottom: 1px solid var(--line);
  padding-bottom: .25rem }
div.grader h1 { font-size: 1.15rem } div.grader h2 { margin: 1rem 0 .25rem; font-size: 1rem }
.grader p { margin: .5rem 0 } .grader .soft { color: var(--soft); font-size: .9rem }
.grader .verdict { margin: 1.25rem 0; padding: .75rem 1rem; border-radius: .5rem; background: var(--panel);
  border-left: .35rem solid var(--soft); font-weight: 600 }
.grader .verdict span { font-weight: 400; color: var(--soft) } .grader .good { color: var(--good) }
.grader .bad { color: var(--bad) } .grader .warn { color: var(--warn) }
.grader .verdict.good { border-color: var(--good) } .grader .verdict.bad { border-color: var(--bad) }
.grader ul.list { list-style: none; margin: 0; padding: 0 }
.grader li { padding: .5rem 0; border-bottom: 1px solid var(--line) }
.grader .row { display: grid; grid-template-columns: 1.5rem 1fr auto; gap: .25rem .5rem;
  align-items: baseline }
.grader .row b { font-weight: 600 }
.grader .row .end { color: var(--soft); font-variant-numeric: tabular-nums; text-align: right }
.grader pre { margin: .4rem 0 .2rem 2rem; padding: .6rem .8rem; background: var(--panel);
  border-radius: .4rem; font: .85rem/1.45 ui-monospace, monospace; white-space: pre-wrap;
  overflow-wrap: anywhere; color: inherit; border: 0 }
.grader .hint { margin-left: 2rem; color: var(--soft) } .grader .bar { margin: .4rem 0 .2rem 2rem;
  position: relative; height: .6rem; border-radius: .3rem; background: var(--line) }
.grader .bar i { position: absolute; inset: 0 auto 0 0; border-radius: .3rem; background: currentColor }
.grader .bar u { position: absolute; top: -.2rem; bottom: -.2rem; width: 2px; background: var(--ink) }
.grader .scale { margin-left: 2rem; display: flex; justify-content: space-between; position: relative }
.grader .scale span:nth-child(2) { position: absolute; transform: translateX(-50%) }
.grader .wrap { overflow-wrap: anywhere }
.grader h1, .grader h2 { font-weight: 600 } .grader p code { background: none; padding: 0; color: inherit }
"""
    + html_calls.STYLE
)
_COMMAND = re.compile(r"`([^`]+)`")
_SHARES = {Band.MISSING: 0.0, Band.BELOW: 0.0, Band.PASSING: -1.0, Band.FULL: 1.0}


def render(view: View) -> str:
    """The view as an HTML document."""
    report = view.report
    title = _text(f"{report.challenge.title}: {report.submission}")
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title><style>{_STYLE}</style></head>",
            '<body class="grader">',
            *_body(view),
            "</body></html>",
            "",
        ]
    )


def fragment(view: View, *, note: str = "", part: str | None = None) -> str:
    """The view as a part of another page, such as a notebook: its style reaches nothing outside it.

    `note` is a line of plain text below the title, instead of the submission's name. `part` is for a report
    on some of the checks: what to say instead of a verdict on the whole.
    """
    body = "\n".join(_body(view, note, part))
    return f'<div class="grader"><style>{_STYLE}</style>\n{body}\n</div>\n'


def _body(view: View, note: str = "", part: str | None = None) -> Iterator[str]:
    report = view.report
    where = report.environment
    yield f"<h1>{_text(report.challenge.title)}</h1>"
    yield f'<p class="soft">{_text(note or f"{report.submission} for {report.challenge.slug}")}</p>'
    if part is None or report.status is Status.INFRASTRUCTURE:
        yield from _verdict(view)
    else:
        yield _verdict_on_part(report, part)
    for problem in report.problems:
        yield from _problem(problem)
    if report.status is not Status.INFRASTRUCTURE or view.audience == "staff":
        for suite, heading in (("visible", "Visible checks"), ("hidden", "Hidden checks")):
            yield from _checks(heading, [one for one in report.checks if one.check.suite == suite])
        yield from _metrics(view)
    yield f'<p class="soft">{_text(report.started)}, {_text(where.sandbox)}, isolation '
    yield f"{_text(where.isolation)}, Python {_text(where.python)}, grader {_text(report.grader_version)}</p>"
    if view.audience == "staff":
        yield f'<p class="soft wrap">seed {_text(report.seed)}, challenge {_text(report.challenge.digest)}, '
        yield f"submission {_text(report.submission_digest)}</p>"


def _verdict(view: View) -> Iterator[str]:
    report = view.report
    kind, word = {
        Status.PASSED: ("good", "Passed"),
        Status.FAILED: ("bad", "Not passed"),
        Status.INFRASTRUCTURE: ("warn", "Not graded"),
    }[report.status]
    earned = f"{points(report.points)} of {points(report.points_possible)} points"
    if report.status is Status.INFRASTRUCTURE:
        earned = "The grader failed, not the submission. This is not a zero."
    yield f'<div class="verdict {kind}">{word} <span>{_text(earned)}, {_text(seconds(report.seconds))}</span>'
    if step := advice.next_step(view):
        yield f"<p><span>{_text(step)}</span></p>"
    yield "</div>"
    if report.infrastructure:
        yield f"<pre>{_text(report.infrastructure)}</pre>"
    if not report.official:
        yield '<p class="warn">Unofficial: nothing kept this code from cheating.</p>'


def _verdict_on_part(report: Report, part: str) -> str:
    passed = sum(one.outcome.verdict is Verdict.PASSED for one in report.checks)
    good = passed == len(report.checks)
    words = f"{passed} of {len(report.checks)} checks passed"
    step = _COMMAND.sub(r"<code>\1</code>", _text(part))
    return f'<div class="verdict {_kind(good)}">{_text(words)}<p><span>{step}</span></p></div>'


def _problem(problem: Problem) -> Iterator[str]:
    titles = {
        "load": "The submission does not load",
        "missing": "Something that the brief asks for is missing",
        "cell": "A cell failed; what it had defined by then was kept",
    }
    place = words.place(problem)
    yield f"<p><b>{titles[problem.kind]}</b>{f' ({_text(place)})' if place else ''}</p>"
    yield f"<pre>{_text(words.what(problem))}</pre>"


def _checks(heading: str, results: list[CheckResult]) -> Iterator[str]:
    if not results:
        return
    passed = sum(result.outcome.verdict is Verdict.PASSED for result in results)
    yield f'<h2>{heading}<span class="soft">{passed} of {len(results)}</span></h2><ul class="list">'
    for result in results:
        yield from _check(result)
    yield "</ul>"


def _check(result: CheckResult) -> Iterator[str]:
    check, outcome = result.check, result.outcome
    good = outcome.verdict is Verdict.PASSED
    end = [] if good else [words.VERDICTS[outcome.verdict]]
    if check.suite == "hidden":
        end.append(f"{points(result.points)}/{points(check.points)}")
    yield f"<li>{_row(good, check.title.rstrip('.'), end)}"
    if not good:
        texts = dict.fromkeys(filter(None, (outcome.candidate_text, outcome.staff_text)))
        yield from (f"<pre>{_text(text)}</pre>" for text in texts)
        yield from html_calls.calls(words.teaching(outcome), _text, said="\n".join(texts))
        if check.hint:
            yield f'<div class="hint">Hint: {_text(check.hint)}</div>'
    yield "</li>"


def _metrics(view: View) -> Iterator[str]:
    if not view.report.metrics:
        return
    yield '<h2>Metrics</h2><ul class="list">'
    for result, band in zip(view.report.metrics, view.bands, strict=True):
        yield from _metric(result, band)
    yield "</ul>"


def _metric(result: MetricResult, band: Band) -> Iterator[str]:
    metric = result.metric
    reached = words.BANDS[band]
    if result.value is not None:
        reached = f"{figure(result.value, [metric.zero, metric.passing, metric.full])}, {reached}"
    tick = (metric.passing - metric.zero) / (metric.full - metric.zero)
    share = _SHARES[band] if _SHARES[band] >= 0 else tick
    if result.value is not None:
        share = (result.value - metric.zero) / (metric.full - metric.zero)
    width, mark = (f"{100 * min(1.0, max(0.0, value)):.1f}%" for value in (share, tick))
    earned = f"{points(result.points)}/{points(metric.points)}"
    yield f"<li>{_row(result.passed, metric.label, [reached, earned])}"
    bar = f'<i style="width:{width}"></i><u style="left:{mark}"></u>'
    yield f'<div class="bar {_kind(result.passed)}">{bar}</div>'
    zero, passing, full = (figure(value) for value in (metric.zero, metric.passing, metric.full))
    spans = f'<span>{_text(zero)}</span><span style="left:{mark}">{_text(passing)} passing</span>'
    spans += f"<span>{_text(full)} full</span>"
    yield f'<div class="scale soft">{spans}</div></li>'


def _row(good: bool, title: str, end: list[str]) -> str:
    sign = "\u2713" if good else "\u2717"
    return (
        f'<div class="row"><span class="{_kind(good)}">{sign}</span><b>{_text(title)}</b>'
        f'<span class="end">{_text(", ".join(end))}</span></div>'
    )


def _kind(good: bool) -> str:
    return "good" if good else "bad"


def _text(value: str) -> str:
    return escape(clean.xml(clean.commands(value)))

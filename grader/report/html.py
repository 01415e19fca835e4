"""The report as one HTML page: no script, nothing loaded from elsewhere, readable on a phone and in print."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from grader.model import CheckResult, MetricResult, Problem, Status, Verdict
from grader.report import advice, clean, words
from grader.report.numbers import figure, points, seconds
from grader.report.redact import Band, View

# A browser that honours it runs and loads nothing, whatever the text says.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --ink: #1d2430; --soft: #5b6577; --line: #d9dee7; --page: #fff;
  --panel: #f5f7fa; --good: #14743f; --bad: #b3261e; --warn: #8a5a00 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #9aa5b8; --line: #343c4b;
  --page: #14181f; --panel: #1c222c; --good: #5fcf8f; --bad: #ff8a80; --warn: #f0b95a } }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.25rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif }
h1 { margin: 0; font-size: 1.5rem } h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; display: flex;
  justify-content: space-between; border-bottom: 1px solid var(--line); padding-bottom: .25rem }
p { margin: .5rem 0 } .soft { color: var(--soft); font-size: .9rem }
.verdict { margin: 1.25rem 0; padding: .75rem 1rem; border-radius: .5rem; background: var(--panel);
  border-left: .35rem solid var(--soft); font-weight: 600 }
.verdict span { font-weight: 400; color: var(--soft) } .good { color: var(--good) } .bad { color: var(--bad) }
.warn { color: var(--warn) } .verdict.good { border-color: var(--good) }
.verdict.bad { border-color: var(--bad) }
ul { list-style: none; margin: 0; padding: 0 } li { padding: .5rem 0; border-bottom: 1px solid var(--line) }
.row { display: grid; grid-template-columns: 1.5rem 1fr auto; gap: .25rem .5rem; align-items: baseline }
.row b { font-weight: 600 }
.row .end { color: var(--soft); font-variant-numeric: tabular-nums; text-align: right }
pre { margin: .4rem 0 .2rem 2rem; padding: .6rem .8rem; background: var(--panel); border-radius: .4rem;
  font: .85rem/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
.hint { margin-left: 2rem; color: var(--soft) } .bar { margin: .4rem 0 .2rem 2rem; position: relative;
  height: .6rem; border-radius: .3rem; background: var(--line) }
.bar i { position: absolute; inset: 0 auto 0 0; border-radius: .3rem; background: currentColor }
.bar u { position: absolute; top: -.2rem; bottom: -.2rem; width: 2px; background: var(--ink) }
.scale { margin-left: 2rem; display: flex; justify-content: space-between; position: relative }
.scale span:nth-child(2) { position: absolute; transform: translateX(-50%) }
.wrap { overflow-wrap: anywhere }
"""
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
            f"<title>{title}</title><style>{_STYLE}</style></head><body>",
            *_body(view),
            "</body></html>",
            "",
        ]
    )


def _body(view: View) -> Iterator[str]:
    report = view.report
    where = report.environment
    yield f"<h1>{_text(report.challenge.title)}</h1>"
    yield f'<p class="soft">{_text(report.submission)} for {_text(report.challenge.slug)}</p>'
    yield from _verdict(view)
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
    yield f'<h2>{heading}<span class="soft">{passed} of {len(results)}</span></h2><ul>'
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
        if check.hint:
            yield f'<div class="hint">Hint: {_text(check.hint)}</div>'
    yield "</li>"


def _metrics(view: View) -> Iterator[str]:
    if not view.report.metrics:
        return
    yield "<h2>Metrics</h2><ul>"
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

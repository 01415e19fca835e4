"""Progress as one HTML page: no script, nothing loaded from elsewhere, readable on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from grader.progress import words
from grader.progress.days import level, weeks
from grader.progress.summary import Group, Line, Progress
from grader.report import clean

WEEKS = 26
_CELL, _STEP, _LEFT, _TOP = 11, 14, 30, 16  # of the calendar, in its own units
# A browser that honours it runs and loads nothing, whatever the text says.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --ink: #1d2430; --soft: #5b6577; --line: #d9dee7; --page: #fff;
  --panel: #f5f7fa; --good: #14743f; --warn: #8a5a00;
  --l0: #e9edf2; --l1: #b7e0c6; --l2: #74c394; --l3: #349c61; --l4: #14743f }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #9aa5b8; --line: #343c4b;
  --page: #14181f; --panel: #1c222c; --good: #5fcf8f; --warn: #f0b95a;
  --l0: #242b37; --l1: #1d4a33; --l2: #26734a; --l3: #3ba46c; --l4: #5fcf8f } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.25rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif }
h1 { margin: 0; font-size: 1.5rem } h2 { margin: 2rem 0 .5rem; font-size: 1.1rem;
  border-bottom: 1px solid var(--line); padding-bottom: .25rem }
p { margin: .5rem 0 } .soft { color: var(--soft) } small { font-size: .85rem }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: .75rem;
  margin: 1.25rem 0; padding: 0; list-style: none }
.figures li { padding: .6rem .7rem; border-radius: .5rem; background: var(--panel) }
.figures b { display: block; font-size: 1.1rem; white-space: nowrap; font-variant-numeric: tabular-nums }
svg { display: block; max-width: 100%; height: auto }
svg text { fill: var(--soft); font-size: 9px; font-family: system-ui, sans-serif }
.bars { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr max-content; gap: .4rem .9rem;
  align-items: center }
.bars i { display: block; height: .7rem; border-radius: .35rem; background: var(--l0); overflow: hidden }
.bars u { display: block; height: 100%; background: var(--good) }
.bars span:nth-child(3n) { color: var(--soft); font-variant-numeric: tabular-nums; text-align: right }
.list { list-style: none; margin: 0; padding: 0 }
.list li { padding: .7rem 0; border-bottom: 1px solid var(--line) }
.row { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; justify-content: space-between }
.good { color: var(--good) } .warn { color: var(--warn) }
"""
_KINDS = {"solved": "good", "tried": "warn", "started": "warn"}
_SIGNS = {"solved": "\u2713 "}


def render(progress: Progress) -> str:
    """The progress as an HTML document."""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>Progress</title><style>{_STYLE}</style></head><body>",
            *_body(progress),
            "</body></html>",
            "",
        ]
    )


def _body(progress: Progress) -> Iterator[str]:
    yield f'<h1>Progress</h1><p class="soft">{progress.today:%d %B %Y}. {_text(words.streak(progress))}</p>'
    yield from _figures(progress)
    yield f"<h2>Last {WEEKS} weeks</h2>"
    yield from _calendar(progress)
    for heading, groups in (("Topics", progress.topics), ("Difficulty", progress.difficulties)):
        yield from _bars(heading, groups)
    if progress.lines:
        yield '<h2>Challenges</h2><ul class="list">'
        for line in progress.lines:
            yield from _line(line)
        yield "</ul>"
    if absent := words.absent(progress):
        yield f'<p class="soft">{_text(absent)}</p>'


def _figures(progress: Progress) -> Iterator[str]:
    shown = [
        ("solved", f"{progress.solved} of {progress.total}"),
        ("days in a row", str(progress.streak.current)),
        ("attempts", str(progress.attempts)),
        ("time", words.duration(progress.seconds)),
        ("quiz cards", str(progress.cards)),
    ]
    yield '<ul class="figures">'
    for name, value in shown:
        yield f'<li><b>{_text(value)}</b><small class="soft">{name}</small></li>'
    yield "</ul>"


def _calendar(progress: Progress) -> Iterator[str]:
    shown = weeks(progress.today, WEEKS)
    most = max((progress.days.get(day, 0) for week in shown for day in week), default=0)
    active = sum(bool(progress.days.get(day)) for week in shown for day in week)
    wide, high = _LEFT + WEEKS * _STEP, _TOP + 7 * _STEP
    yield f'<svg viewBox="0 0 {wide} {high}" width="{wide * 1.6:.0f}" height="{high * 1.6:.0f}" role="img" '
    yield f'aria-label="Something was done on {words.many(active, "day")}">'
    for row, name in ((0, "Mon"), (2, "Wed"), (4, "Fri")):
        yield f'<text x="0" y="{_TOP + row * _STEP + 9}">{name}</text>'
    month = ""
    for column, week in enumerate(shown):
        x = _LEFT + column * _STEP
        name = f"{week[-1]:%b}"
        if name != month and column < WEEKS - 1:
            yield f'<text x="{x}" y="9">{name}</text>'
        month = name
        for row, day in enumerate(week):
            if day <= progress.today:
                yield _cell(day, progress.days.get(day, 0), most, x, _TOP + row * _STEP)
    yield "</svg>"


def _cell(day: date, count: int, most: int, x: int, y: int) -> str:
    size = f'width="{_CELL}" height="{_CELL}" rx="2"'
    return (
        f'<rect x="{x}" y="{y}" {size} style="fill:var(--l{level(count, most)})">'
        f"<title>{day:%d %B %Y}: {words.many(count, 'thing')} done</title></rect>"
    )


def _bars(heading: str, groups: Sequence[Group]) -> Iterator[str]:
    yield f'<h2>{heading}</h2><div class="bars">'
    for group in groups:
        width = 100 * group.solved / group.total if group.total else 0
        spent = f", {words.duration(group.seconds)}" if group.seconds else ""
        yield f'<span>{_text(group.name)}</span><i><u style="width:{width:.1f}%"></u></i>'
        yield f"<span>{group.solved}/{group.total}{_text(spent)}</span>"
    yield "</div>"


def _line(line: Line) -> Iterator[str]:
    state = line.state
    facts = [
        words.many(state.attempts, "attempt"),
        words.many(state.hints, "hint") if state.hints else "",
        words.duration(line.seconds) if line.seconds else "",
    ]
    if state.best is not None:
        facts.insert(0, f"best {words.share(state.best)}")
    label = (
        f'<span class="{_KINDS.get(state.label, "soft")}">{_SIGNS.get(state.label, "")}{state.label}</span>'
    )
    yield f'<li><div class="row"><b>{_text(line.challenge.title)}</b>{label}</div>'
    told = _text(", ".join(filter(None, facts)))
    yield f'<div class="row soft"><small>{told}</small>{_trend(line.shares)}</div>'
    for passed, reached, metric in words.best(line):
        sign = '<span class="good">\u2713</span> ' if passed else ""
        yield f'<div class="soft"><small>{sign}{_text(metric)}: {_text(reached)}</small></div>'
    yield "</li>"


def _trend(shares: Sequence[float]) -> str:
    """A bar for each of the last attempts, as high as its share of the points."""
    last = shares[-20:]
    if len(last) < 2:
        return ""
    told = ", ".join(map(words.share, last))
    bars = "".join(
        f'<rect x="{5 * number}" y="{20 - 20 * max(share, 0.05):.1f}" width="4" '
        f'height="{20 * max(share, 0.05):.1f}" style="fill:var(--{"good" if share >= 1 else "l2"})"/>'
        for number, share in enumerate(last)
    )
    return (
        f'<svg viewBox="0 0 {5 * len(last)} 20" width="{5 * len(last)}" height="20" role="img" '
        f'aria-label="Points in the last attempts: {told}">{bars}</svg>'
    )


def _text(value: str) -> str:
    return escape(clean.xml(clean.commands(value)))

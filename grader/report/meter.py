"""A metric drawn as a bar from no credit to full credit, with a tick where passing begins."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from rich.text import Text

from grader.model import Metric, MetricResult
from grader.report import words
from grader.report.layout import INDENT, Page
from grader.report.numbers import figure, points
from grader.report.redact import Band

_LONGEST = 60


def draw_metric(page: Page, result: MetricResult, band: Band) -> None:
    """A metric's row, its bar, and the thresholds below it. Without a value, the band is shaded."""
    metric = result.metric
    mark = page.glyphs.good if result.passed else page.glyphs.bad
    style = "green" if result.passed else "red"
    reached = words.BANDS[band]
    if result.value is not None:
        reached = f"{figure(result.value, [metric.zero, metric.passing, metric.full])}, {reached}"
    earned = f"{points(result.points)}/{points(metric.points)}".rjust(5)
    page.row(mark, style, metric.label, f"{reached}  {earned}")
    length = min(_LONGEST, page.width - INDENT - 2)
    tick = _column(metric, metric.passing, length)
    page.lines.append(Text(" " * INDENT) + _bar(page, result, band, tick, length, style))
    _thresholds(page, metric, tick, length)


def _column(metric: Metric, value: float, length: int) -> int:
    """Where a value lies on the bar, 0 to length - 1; beyond a threshold, at its end."""
    if metric.full == metric.zero:
        return length - 1
    share = (value - metric.zero) / (metric.full - metric.zero)
    return round(min(1.0, max(0.0, share)) * (length - 1))


def _bar(page: Page, result: MetricResult, band: Band, tick: int, length: int, style: str) -> Text:
    glyphs = page.glyphs
    point = None if result.value is None else _column(result.metric, result.value, length)
    shaded = range(0)
    if result.value is None:
        shaded = {Band.BELOW: range(tick), Band.PASSING: range(tick + 1, length)}.get(band, shaded)
        point = length - 1 if band is Band.FULL else None
    reached = -1 if point is None else point
    cells = []
    for column in range(length):
        if column == point:
            cells.append((f"bold {style}", glyphs.point))
        elif column == tick:
            cells.append(("bold", glyphs.tick_full if column < reached else glyphs.tick_empty))
        elif column in shaded:
            cells.append((style, glyphs.part))
        else:
            cells.append((style, glyphs.full) if column < reached else ("dim", glyphs.empty))
    bar = Text()
    for look, run in groupby(cells, key=itemgetter(0)):
        bar.append("".join(glyph for _, glyph in run), look)
    return bar


def _thresholds(page: Page, metric: Metric, tick: int, length: int) -> None:
    """The thresholds under their places on the bar, or in a sentence where they would run into each other."""
    zero, passing, full = (figure(value) for value in (metric.zero, metric.passing, metric.full))
    start = max(0, tick - len(passing) // 2)
    for left, right in ((f"{zero} no credit", f"{full} full credit"), (zero, f"{full} full")):
        middle = f"{passing} passing"
        before, after = start - len(left), length - len(right) - start - len(middle)
        if before >= 2 and after >= 2:
            line = left + " " * before + middle + " " * after + right
            page.lines.append(Text(" " * INDENT + line, style="dim"))
            return
    sentence = f"{zero} no credit, {passing} passing, {full} full credit"
    page.paragraph(sentence, indent=INDENT, style="dim")

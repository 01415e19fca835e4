"""`grader progress`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import appearance
from grader.cli.options import bank_option, open_bank
from grader.cli.outputs import Output, Outputs
from grader.cli.state import now, store_if_any

if TYPE_CHECKING:
    from grader.progress import Group, Line, Progress


@click.command("progress")
@click.option(
    "--html",
    "page",
    type=Outputs({".html": "html", ".htm": "html"}),
    metavar="FILE",
    help="Write a page with a plot to a file instead.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@bank_option
def command(page: Output | None, as_json: bool, bank: Path | None) -> None:
    """Show how far you have come.

    What is solved by topic and difficulty, the days on which you did something, and for each challenge the
    attempts, the best result and the time. Time is what passed between two things that you did; pauses of
    more than an hour are left out. Only runs with every check count as attempts.
    """
    from grader.progress import Record, summarise

    with store_if_any() as store:
        record = Record() if store is None else Record.of(store)
    progress = summarise(open_bank(bank).all(), record, now())
    if page is not None:
        from grader.progress.page import render as render_page

        page.write(render_page(progress))
        click.echo(f"Written to {page.path}.", err=True)
    if as_json:
        click.echo(json.dumps(_as_json(progress), indent=2))
    elif page is None:
        from grader.progress.terminal import render

        click.echo(render(progress, **appearance.of(sys.stdout)), nl=False, color=True)


def _as_json(progress: Progress) -> dict[str, object]:
    return {
        "today": progress.today.isoformat(),
        "solved": progress.solved,
        "challenges": progress.total,
        "attempts": progress.attempts,
        "seconds": round(progress.seconds, 1),
        "hints": progress.hints,
        "quiz_cards": progress.cards,
        "streak": {
            "current": progress.streak.current,
            "longest": progress.streak.longest,
            "today": progress.streak.today,
        },
        "days": {day.isoformat(): count for day, count in sorted(progress.days.items())},
        "topics": {group.name: _group(group) for group in progress.topics},
        "difficulties": {group.name: _group(group) for group in progress.difficulties},
        "by_challenge": [_line(line) for line in progress.lines],
    }


def _group(group: Group) -> dict[str, object]:
    return {
        "solved": group.solved,
        "challenges": group.total,
        "attempts": group.attempts,
        "seconds": round(group.seconds, 1),
    }


def _line(line: Line) -> dict[str, object]:
    state = line.state
    return {
        "slug": line.challenge.slug,
        "state": state.label,
        "attempts": state.attempts,
        "best": state.best,
        "shares": list(line.shares),
        "hints": state.hints,
        "answer_seen": state.answer_seen,
        "gave_up": state.gave_up,
        "solved": state.solved.isoformat() if state.solved else None,
        "seconds": round(line.seconds, 1),
        "metrics": {
            one.metric.name: {"best": one.value, "passing": one.metric.passing, "better": one.metric.better}
            for one in line.best
        },
    }

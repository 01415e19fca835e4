"""`grader list`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from grader.bank import Bank
from grader.cli import appearance
from grader.cli.marks import ASCII, COLORS, STATES, UNICODE
from grader.cli.options import bank_option, open_bank
from grader.cli.state import states
from grader.kit.overview import LEVELS, Outline, outlines
from grader.store import ChallengeState

HEADINGS = ("", "no", "challenge", "topic", "level", "min", "state", "title")
NARROW = len(HEADINGS) - 1  # columns that fit 80; the title is shown where there is room
ORDERS = ("question", "topic", "difficulty", "state")

Row = tuple[Outline, ChallengeState]


@click.command("list")
@click.option("--topic", metavar="TOPIC", help="Only challenges about this topic.")
@click.option("--difficulty", type=click.Choice(LEVELS), help="Only challenges this hard.")
@click.option("--state", type=click.Choice(STATES), help="Only challenges that you are so far with.")
@click.option(
    "--by", type=click.Choice(ORDERS), default="question", show_default=True, help="What they are ordered by."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@bank_option
def command(
    topic: str | None, difficulty: str | None, state: str | None, by: str, as_json: bool, bank: Path | None
) -> None:
    """List the challenges, and how far you are with each.

    `no` is the number of the question in the guide, `min` how many minutes a candidate should need.
    """
    opened = open_bank(bank)
    everything = outlines(opened)
    topics = sorted({challenge.topic for challenge in everything})
    if topic is not None and topic not in topics:
        raise click.BadParameter(f"no challenge is about {topic!r}; there is {', '.join(topics)}.")
    known = states()
    rows = [(one, known.get(one.slug, ChallengeState(one.slug))) for one in everything]
    found = [
        (one, at)
        for one, at in rows
        if topic in (None, one.topic) and difficulty in (None, one.difficulty) and state in (None, at.label)
    ]
    found.sort(key=lambda row: _rank(row, by))
    if as_json:
        click.echo(json.dumps(_as_json(found, opened), indent=2))
        return
    if not found:
        click.echo("No challenge is all of that.", err=True)
        return
    look = appearance.of(sys.stdout)
    marks = UNICODE if look["unicode"] else ASCII
    for line in table(found, int(look["width"]), marks, color=bool(look["color"])):
        click.echo(line, color=bool(look["color"]))


def table(
    rows: Sequence[Row], width: int | None, marks: Mapping[str, str] = UNICODE, *, color: bool = False
) -> Iterator[str]:
    """Aligned lines, the first with headings. The titles are there if a line has room for them in `width`
    columns; None is as wide as it takes."""
    cells = [HEADINGS, *(_row(row, marks) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEADINGS))]
    columns = len(HEADINGS) if width is None or sum(widths) + 2 * len(HEADINGS) - 3 <= width else NARROW
    for number, row in enumerate(cells):
        parts = [
            cell.rjust(room) if name in ("no", "min") else cell.ljust(room)
            for name, cell, room in zip(HEADINGS[:columns], row, widths, strict=False)
        ]
        line = f"{parts[0]} {'  '.join(parts[1:])}".rstrip()
        style = COLORS.get(rows[number - 1][1].label) if number and color else None
        yield click.style(line, fg=style) if style else line


def _row(row: Row, marks: Mapping[str, str]) -> tuple[str, ...]:
    one, state = row
    number = "" if one.question is None else str(one.question)
    label = state.label
    return marks[label], number, one.slug, one.topic, one.difficulty, str(one.minutes), label, one.title


def _rank(row: Row, by: str) -> tuple[object, ...]:
    """What a row is ordered by; rows of one rank keep the order of the questions."""
    one, state = row
    match by:
        case "topic":
            return (one.topic,)
        case "difficulty":
            return (LEVELS.index(one.difficulty),)
        case "state":
            return (STATES.index(state.label),)
    return ()


def _as_json(rows: Sequence[Row], bank: Bank) -> list[dict[str, object]]:
    from grader.bank import digest

    return [
        {
            "slug": one.slug,
            "title": one.title,
            "question": one.question,
            "topic": one.topic,
            "difficulty": one.difficulty,
            "minutes": one.minutes,
            "functions": list(one.functions),
            "requires": list(one.requires),
            "digest": digest(one.root),
            "state": state.label,
            "attempts": state.attempts,
            "best": state.best,
            "hints": state.hints,
        }
        for one, state in rows
    ]

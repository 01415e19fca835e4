"""`grader list`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from grader.cli.options import bank_option, open_bank
from grader.model import Challenge

HEADINGS = ("no", "challenge", "topic", "difficulty", "min", "title")


@click.command("list")
@click.option("--topic", metavar="TOPIC", help="Only challenges about this topic.")
@click.option(
    "--difficulty", type=click.Choice(["easy", "medium", "hard"]), help="Only challenges this hard."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@bank_option
def command(topic: str | None, difficulty: str | None, as_json: bool, bank: Path | None) -> None:
    """List the challenges.

    `no` is the number of the question in the guide, `min` how many minutes a candidate should need.
    """
    everything = open_bank(bank).all()
    topics = sorted({challenge.topic for challenge in everything})
    if topic is not None and topic not in topics:
        raise click.BadParameter(f"no challenge is about {topic!r}; there is {', '.join(topics)}.")
    found = [
        challenge
        for challenge in everything
        if topic in (None, challenge.topic) and difficulty in (None, challenge.difficulty)
    ]
    if as_json:
        click.echo(json.dumps([_as_json(challenge) for challenge in found], indent=2))
        return
    width = os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else None
    for line in table(found, width):
        click.echo(line)


def _as_json(challenge: Challenge) -> dict[str, object]:
    return {
        "slug": challenge.slug,
        "title": challenge.title,
        "question": challenge.question,
        "topic": challenge.topic,
        "difficulty": challenge.difficulty,
        "minutes": challenge.minutes,
        "functions": list(challenge.functions),
        "requires": list(challenge.requires),
        "digest": challenge.digest,
    }


def table(challenges: Sequence[Challenge], width: int | None) -> Iterator[str]:
    """Aligned lines, the first with headings. The title is cut where a line is wider than `width` columns."""
    rows = [HEADINGS, *map(_row, challenges)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    for row in rows:
        no, slug, topic, difficulty, minutes, title = row
        cells = (
            no.rjust(widths[0]),
            slug.ljust(widths[1]),
            topic.ljust(widths[2]),
            difficulty.ljust(widths[3]),
            minutes.rjust(widths[4]),
            title,
        )
        line = "  ".join(cells)
        yield line if width is None or len(line) <= width else line[: max(width - 1, 0)].rstrip() + "…"


def _row(challenge: Challenge) -> tuple[str, str, str, str, str, str]:
    no = "" if challenge.question is None else str(challenge.question)
    return no, challenge.slug, challenge.topic, challenge.difficulty, str(challenge.minutes), challenge.title

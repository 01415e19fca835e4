"""`grader hint`."""

from __future__ import annotations

from pathlib import Path

import click

from grader import texts
from grader.cli.options import bank_option, open_bank
from grader.cli.prose import print_markdown
from grader.cli.state import now, open_store
from grader.cli.target import chosen_slug, slug_argument
from grader.kit.overview import outline


@click.command("hint")
@slug_argument
@click.option("--again", is_flag=True, help="Show those that you have seen, and no new one.")
@bank_option
def command(slug: str | None, again: bool, bank: Path | None) -> None:
    """Show one more hint for the challenge SLUG, or for that of the current folder."""
    opened = open_bank(bank)
    challenge = outline(opened, chosen_slug(slug, opened))
    hints = texts.hints(challenge)
    with open_store() as store:
        seen = min(store.state(challenge.slug).hints, len(hints))
        if not again and seen < len(hints):
            seen = min(store.show_hint(challenge.slug, now()), len(hints))
            shown = [seen]
        else:
            shown = list(range(1, seen + 1))
    if not shown:
        click.echo(
            f"No hint of {challenge.slug} has been shown yet; `grader hint` shows the first.", err=True
        )
    for number in shown:
        print_markdown(hints[number - 1], heading=f"Hint {number} of {len(hints)}")
        if number != shown[-1]:
            click.echo()
    if shown and seen == len(hints):
        way = f"`grader answer {challenge.slug} --give-up` shows the answer, and is recorded"
        click.echo(f"\nThat was the last. {way}.", err=True)

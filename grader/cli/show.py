"""`grader show`."""

from __future__ import annotations

from pathlib import Path

import click

from grader import texts
from grader.cli.options import bank_option, open_bank
from grader.cli.prose import print_markdown
from grader.cli.target import chosen_slug, slug_argument
from grader.kit.overview import Outline, outline


@click.command("show")
@slug_argument
@click.option("--markdown", is_flag=True, help="Print the Markdown as its author wrote it.")
@bank_option
def command(slug: str | None, markdown: bool, bank: Path | None) -> None:
    """Show the interview question of the challenge SLUG and what the candidate has to write.

    Without SLUG it is the challenge of the current folder.
    """
    opened = open_bank(bank)
    challenge = outline(opened, chosen_slug(slug, opened))
    question, brief = texts.interview_question(challenge), texts.brief(challenge)
    if markdown:
        click.echo(f"> {question}\n\n{brief}", nl=False)
        return
    print_markdown(f"{facts(challenge)}\n\n{brief}", heading=f"“{question}”")


def facts(challenge: Outline) -> str:
    """What is known of a challenge at first sight, in one line."""
    parts = [challenge.topic, challenge.difficulty, f"{challenge.minutes} minutes"]
    if challenge.question is not None:
        parts.insert(0, f"question {challenge.question}")
    packages = ", ".join(challenge.requires) or "the standard library only"
    return f"{' · '.join(parts)} · {packages}"

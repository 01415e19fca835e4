"""`grader show`."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.text import Text

from grader import texts
from grader.cli.options import bank_option, complete_slug, open_bank
from grader.model import Challenge

WIDEST = 100  # columns; longer lines are hard to read


@click.command("show")
@click.argument("slug", shell_complete=complete_slug)
@click.option("--markdown", is_flag=True, help="Print the Markdown as its author wrote it.")
@bank_option
def command(slug: str, markdown: bool, bank: Path | None) -> None:
    """Show the interview question of the challenge SLUG and what the candidate has to write."""
    challenge = open_bank(bank).get(slug)
    question, brief = texts.interview_question(challenge), texts.brief(challenge)
    if markdown:
        click.echo(f"> {question}\n\n{brief}", nl=False)
        return
    console = Console(soft_wrap=False)
    console.print(_page(challenge, question, brief), width=min(console.width, WIDEST))


def _page(challenge: Challenge, question: str, brief: str) -> RenderableType:
    """Texts of the author are Text or Markdown, never rich's own markup."""
    facts = [challenge.topic, challenge.difficulty, f"{challenge.minutes} minutes"]
    packages = ", ".join(challenge.requires) or "the standard library only"
    if challenge.question is not None:
        facts.insert(0, f"question {challenge.question}")
    return Group(
        Text(f"“{question}”", style="bold"),
        Text(f"{' · '.join(facts)} · {packages}", style="dim"),
        Text(),
        Markdown(brief),
    )

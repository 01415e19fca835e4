"""`grader answer`."""

from __future__ import annotations

from pathlib import Path

import click

from grader import texts
from grader.cli.options import bank_option, open_bank
from grader.cli.prose import print_markdown
from grader.cli.state import now, open_store
from grader.cli.target import chosen_slug, slug_argument
from grader.errors import GraderError
from grader.kit.overview import outline
from grader.store import ChallengeState


class NotYet(GraderError):
    """What is asked for is for those who have passed or given up."""


@click.command("answer")
@slug_argument
@click.option("--give-up", is_flag=True, help="See it without having passed. That is recorded.")
@click.option("--markdown", is_flag=True, help="Print the Markdown as its author wrote it.")
@bank_option
def command(slug: str | None, give_up: bool, markdown: bool, bank: Path | None) -> None:
    """Show the model answer to the interview question of the challenge SLUG, and what is asked next.

    That is possible once you have passed, or with --give-up.
    """
    opened = open_bank(bank)
    challenge = outline(opened, chosen_slug(slug, opened))
    question, answer = texts.interview_question(challenge), texts.answer(challenge)
    with open_store() as store:
        state = store.state(challenge.slug)
        gives_up = give_up and state.label not in ("solved", "given up")
        if not gives_up:
            demand_right(state, f"grader answer {challenge.slug}")
        print_markdown(answer, heading=f"“{question}”", raw=markdown)
        store.see_answer(challenge.slug, now(), gave_up=gives_up)
    if gives_up:
        click.echo(f"{challenge.slug} is noted as given up; it is solved once you pass.", err=True)


def demand_right(state: ChallengeState, command: str) -> None:
    """Raise NotYet if somebody has neither passed the challenge nor given up."""
    if state.label in ("solved", "given up") or state.gave_up:
        return
    name = command.split()[1]
    raise NotYet(
        f"{state.slug} has not passed yet, and `grader {name}` is for afterwards.\n"
        f"`grader answer {state.slug} --give-up` opens both now; that is recorded."
    )

"""`grader quiz`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import appearance
from grader.cli.options import bank_option, complete_slug, open_bank
from grader.cli.prose import print_markdown
from grader.cli.state import now, open_store
from grader.errors import ChallengeError

if TYPE_CHECKING:
    from grader.kit.overview import Outline
    from grader.quiz import Deck
    from grader.store import Store

CHOICES = {
    word: number
    for number, name in enumerate(("again", "hard", "good", "easy"), 1)
    for word in (str(number), name, name[0])
}
_LEAVE = frozenset({"q", "quit"})


class _Left(Exception):
    """Somebody typed q, or the input ended."""


@click.command("quiz")
@click.argument("slug", required=False, shell_complete=complete_slug)
@click.option("--topic", metavar="TOPIC", help="Only questions about this topic.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="Stop after so many cards.")
@bank_option
def command(slug: str | None, topic: str | None, limit: int | None, bank: Path | None) -> None:
    """Practise the spoken part: the interviewer's questions as cards.

    Say your answer aloud, press Enter to see the model answer, the usual wrong answer and the follow-up
    questions, and rate yourself. Questions that went badly come again soon, others after days or weeks. Cards
    that are due come first, then new ones; with SLUG it is that card, due or not.

    q leaves at any time; what was rated is kept. Seeing an answer here is not giving up the challenge.
    """
    from grader.quiz import Deck, due_times

    challenges = {one.slug: one for one in _asked(slug, topic, bank)}

    def deck() -> Deck:
        return Deck(tuple(challenges), due_times(store.cards()))

    done = 0
    most = 1 if slug is not None else limit
    with open_store() as store:
        try:
            while most is None or done < most:
                chosen = slug or deck().next(now())
                if chosen is None:
                    break
                click.echo(_heading(deck(), now()))
                _ask(challenges[chosen], store)
                done += 1
        except _Left:
            pass
        click.echo(_goodbye(deck(), done, now()))


def _asked(slug: str | None, topic: str | None, path: Path | None) -> Sequence[Outline]:
    """The challenges whose questions may be asked. Raises ChallengeError where there is none."""
    from grader.kit.overview import outline, outlines

    bank = open_bank(path)
    found = [outline(bank, slug)] if slug is not None else list(outlines(bank))
    topics = sorted({one.topic for one in found})
    if topic is not None and topic not in topics:
        raise click.BadParameter(f"no challenge is about {topic!r}; there is {', '.join(topics)}.")
    answered = [one for one in found if (one.root / "answer.md").is_file() and topic in (None, one.topic)]
    if not answered:
        what = f"the challenge {slug}" if slug is not None else f"the bank in {bank.challenges}"
        raise ChallengeError(f"{what} has no model answer (answer.md), so there is nothing to ask")
    return answered


def _ask(challenge: Outline, store: Store) -> None:
    """Put one question and keep the rating. Raises _Left."""
    from grader import texts

    facts = [challenge.slug, challenge.topic, challenge.difficulty]
    if challenge.question is not None:
        facts.insert(0, f"question {challenge.question}")
    click.echo(f"{', '.join(facts)}\n")
    print_markdown("", heading=f"\u201c{texts.interview_question(challenge)}\u201d")
    _typed("Answer aloud. Enter shows the model answer, q leaves: ")
    store.see_answer(challenge.slug, now(), gave_up=False)
    click.echo()
    print_markdown(texts.answer(challenge))
    click.echo()
    _rate(challenge.slug, store)


def _rate(slug: str, store: Store) -> None:
    """Have the answer rated, having said what each rating leads to. Raises _Left."""
    from grader.quiz import schedule

    card, when = store.card(slug), now()
    outcomes = {rating: schedule.rated(slug, card, rating, when) for rating in schedule.RATINGS}
    click.echo("How well did you know it, and when would it come again?", err=True)
    for rating, name in schedule.RATINGS.items():
        click.echo(f"  {rating} {name:6} in {span(outcomes[rating][1] - when)}", err=True)
    while (chosen := CHOICES.get(_typed("1 to 4, or q to leave: "))) is None:
        click.echo("Type 1 for again, 2 for hard, 3 for good, 4 for easy, or q.", err=True)
    after, due = outcomes[chosen]
    store.rate(slug, after, chosen, when)
    click.echo(f"{schedule.RATINGS[chosen].capitalize()}: it comes again in {span(due - when)}.\n")


def _typed(prompt: str) -> str:
    """A line in lower case. Raises _Left for q and at the end of the input."""
    click.echo(prompt, nl=False, err=True)
    line = sys.stdin.readline()
    if not line or not sys.stdin.isatty():
        click.echo(err=True)  # nobody pressed Enter here
    word = line.strip().lower()
    if not line or word in _LEAVE:
        raise _Left
    return word


def _heading(deck: Deck, when: datetime) -> str:
    """A line across the screen, with how many cards are left."""
    look = appearance.of(sys.stdout)
    rule = ("\u2500" if look["unicode"] else "-") * 3
    return f"{rule} {len(deck.ready(when))} due, {len(deck.new())} new {rule}"


def _goodbye(deck: Deck, done: int, when: datetime) -> str:
    words = [f"{done} card{'' if done == 1 else 's'} rated." if done else "No card rated."]
    ready, new, following = len(deck.ready(when)), len(deck.new()), deck.following()
    if ready or new:
        words.append(f"{ready} due and {new} new can be asked now.")
    elif following is not None:
        words.append(f"The next one is {following[0]}, in {span(following[1] - when)}.")
        words.append("`grader quiz SLUG` asks one at any time.")
    return " ".join(words)


def span(time: timedelta) -> str:
    """A time to wait in its largest unit: 10 minutes, 3 days."""
    minutes = max(1, round(time / timedelta(minutes=1)))
    for unit, size in (("day", 1440), ("hour", 60)):
        if minutes >= size:
            count = round(minutes / size)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"

"""`grader` without a command: where you are and what to do next, in one screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from grader.bank import Bank
from grader.cli import appearance
from grader.cli.marks import words_for
from grader.cli.state import open_store
from grader.cli.target import way_to
from grader.kit.overview import LEVELS, Outline, outlines, suggested
from grader.kit.workspace import Workspace, find
from grader.settings import bank_for
from grader.store import ChallengeState

GREETED = "greeted"
WIDTH = 80


@dataclass(frozen=True, slots=True)
class Place:
    """What the screen is about: the bank, what is known, and the workspace around the current folder."""

    challenges: Sequence[Outline]
    states: Mapping[str, ChallengeState]
    workspace: Workspace | None
    cwd: Path

    def state(self, slug: str) -> ChallengeState:
        """What is known of a challenge."""
        return self.states.get(slug, ChallengeState(slug))

    def outline(self, slug: str) -> Outline | None:
        """The challenge, if the bank has it."""
        return next((one for one in self.challenges if one.slug == slug), None)


def show(ctx: click.Context) -> None:
    """Print the screen. The first time, on a terminal, offer to start."""
    bank = bank_for(Path.cwd(), os.environ)
    with open_store() as store:
        place = Place(outlines(bank), store.states(), find(Path.cwd()), Path.cwd())
        first_time = store.recall(GREETED) is None
        if first_time:
            store.remember(GREETED, "yes")
    if first_time and not place.states and place.workspace is None and place.challenges:
        _greet(ctx, place, bank)
        return
    unicode = bool(appearance.of(sys.stdout)["unicode"])
    for line in screen(place, unicode=unicode):
        click.echo(line)


def _greet(ctx: click.Context, place: Place, bank: Bank) -> None:
    first = suggested(place.challenges, set())
    assert first is not None
    for line in hello(len(place.challenges), first):
        click.echo(line)
    # Only `grader start` asks whether a bank of another's is trusted.
    if bank != Bank.default() or not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo("\nBegin with:  grader start --next\nor choose:   grader list")
        return
    if click.confirm(f"\nStart it now, in the folder {first.slug} here?", default=True):
        from grader.cli.start import begin_next

        begin_next(bank, None, None, None)
    else:
        click.echo("`grader list` shows all, `grader start --next` begins.")


def hello(count: int, first: Outline) -> Iterator[str]:
    """Five lines for somebody who has never been here."""
    yield f"Hello! This is ml-grader: {count} machine-learning interview questions, each with"
    yield "code to write. You solve them in folders of your own, in any editor, offline."
    yield "`grader watch` checks your answer at each save; there are hints if you want one."
    yield "Hidden checks decide. Then you see a model answer, and how others solved it."
    yield f"The first is “{first.title}”: {first.difficulty}, about {first.minutes} minutes."


def screen(place: Place, *, unicode: bool = True) -> Iterator[str]:
    """At most 24 lines of at most 80 columns."""
    solved = sum(place.state(one.slug).label == "solved" for one in place.challenges)
    yield f"ml-grader: {solved} of {len(place.challenges)} challenges solved"
    yield from _levels(place, unicode=unicode)
    yield ""
    current = _current(place)
    if current is None:
        yield from _without_work(place)
        return
    challenge, here = current
    yield from _about(place, challenge, here=here)
    yield ""
    yield "Next:"
    for name, why in _steps(place, challenge, here=here):
        yield f"  {name.ljust(21)} {why}"


def _levels(place: Place, *, unicode: bool) -> Iterator[str]:
    full, empty = ("█", "░") if unicode else ("#", ".")
    for level in LEVELS:
        of_level = [one for one in place.challenges if one.difficulty == level]
        done = sum(place.state(one.slug).label == "solved" for one in of_level)
        if of_level:
            bar = full * done + empty * (len(of_level) - done)
            yield f"  {level.ljust(8)}{bar}  {done} of {len(of_level)}"


def _current(place: Place) -> tuple[Outline, bool] | None:
    """The challenge of this folder, or the one that was last worked on and is open; whether it is here."""
    if place.workspace is not None:
        here = place.outline(place.workspace.slug)
        if here is not None:
            return here, True
    under_way = [
        state
        for state in place.states.values()
        if state.label in ("started", "tried") and state.last is not None
    ]
    for state in sorted(under_way, key=lambda one: str(one.last), reverse=True):
        found = place.outline(state.slug)
        if found is not None and state.folder is not None and state.folder.is_dir():
            return found, False
    return None


def _about(place: Place, challenge: Outline, *, here: bool) -> Iterator[str]:
    yield ("You are in the folder of" if here else "You are solving") + f" {challenge.slug}:"
    yield f"  “{challenge.title}” ({challenge.topic}, {challenge.difficulty}, {challenge.minutes} min)"
    yield f"  {words_for(place.state(challenge.slug))}"


def _steps(place: Place, challenge: Outline, *, here: bool) -> Iterator[tuple[str, str]]:
    state = place.state(challenge.slug)
    if not here and state.folder is not None:
        yield f"cd {way_to(state.folder)}", "the folder with your answer"
    if state.label in ("solved", "given up"):
        yield "grader answer", "the model answer, and what an interviewer asks next"
        yield "grader solution", "how yours differs from the bank's solutions"
        yield "grader start --next", "the next challenge"
        yield "grader quiz", "the questions as cards"
        return
    yield "grader show", "what is asked"
    yield "grader watch", "check your answer at each save"
    yield "grader hint", f"{state.hints} of 3 seen" if state.hints else "when you are stuck"
    yield "grader grade", "run the hidden checks too"
    yield "grader list", "the other challenges"


def _without_work(place: Place) -> Iterator[str]:
    new = suggested(place.challenges, {slug for slug, one in place.states.items() if one.label != "new"})
    yield "Nothing is under way."
    yield ""
    yield "Next:"
    if new is not None:
        yield f"  {'grader start --next'.ljust(21)} {new.slug} ({new.difficulty}, {new.minutes} min)"
    yield f"  {'grader list'.ljust(21)} every challenge, and how you did"
    yield f"  {'grader progress'.ljust(21)} what you have done so far"
    yield f"  {'grader quiz'.ljust(21)} the questions as cards"

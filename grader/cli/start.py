"""`grader start`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from grader.bank import Bank
from grader.cli.defaults import trust
from grader.cli.options import bank_option, complete_slug, open_bank
from grader.cli.state import now, open_store
from grader.cli.target import way_to
from grader.kit.overview import Outline, outline, outlines, suggested
from grader.kit.workspace import CONFIG, SOLUTIONS, Workspace, files, find, lay_out
from grader.store import ChallengeState


@click.command("start")
@click.argument("slug", required=False, shell_complete=complete_slug)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--notebook", is_flag=True, help="Start with a notebook instead of a .py file.")
@click.option("--next", "take_next", is_flag=True, help="Take the easiest challenge that you have not begun.")
@click.option("--topic", metavar="TOPIC", help="As --next, of this topic.")
@bank_option
def command(
    slug: str | None,
    folder: Path | None,
    notebook: bool,
    take_next: bool,
    topic: str | None,
    bank: Path | None,
) -> None:
    """Make the folder DIR to solve the challenge SLUG in; DIR is called SLUG if it is not given.

    It gets the starter, the brief, the visible checks and their tables. Files that are there already are kept
    as they are. With --next or --topic the challenge is chosen for you, and DIR is the one argument that may
    follow.
    """
    opened = open_bank(bank)
    if take_next or topic is not None:
        if folder is not None:
            raise click.UsageError(
                "with --next or --topic, the challenge is not named; give DIR alone, if any."
            )
        begin_next(opened, bank, Path(slug) if slug else None, topic, notebook=notebook)
    elif slug is None:
        raise click.UsageError("name a challenge (`grader list` shows them), or let --next choose one.")
    else:
        begin(outline(opened, slug), opened, bank, folder, notebook=notebook)


def begin_next(
    opened: Bank, bank: Path | None, folder: Path | None, topic: str | None, *, notebook: bool = False
) -> None:
    """Start the easiest challenge that is new."""
    everything = outlines(opened)
    topics = sorted({one.topic for one in everything})
    if topic is not None and topic not in topics:
        raise click.BadParameter(f"no challenge is about {topic!r}; there is {', '.join(topics)}.")
    with open_store() as store:
        known = store.states()
    found = suggested(everything, {slug for slug, state in known.items() if state.label != "new"}, topic)
    if found is None:
        click.echo(_nothing_new(everything, known, topic))
        return
    begin(found, opened, bank, folder, notebook=notebook)


def begin(
    challenge: Outline, opened: Bank, bank: Path | None, folder: Path | None, *, notebook: bool = False
) -> None:
    """Make the workspace, remember it, and say what was made and what to do in it."""
    content: Mapping[str, bytes] = {}
    kept: tuple[str, ...] = ()
    with open_store() as store:
        place = folder or _usual_place(challenge.slug)
        made = store.state(challenge.slug).folder
        if folder is None and not place.exists() and made is not None and (made / CONFIG).is_file():
            click.echo(f"{challenge.slug} is in {way_to(made)} already; name a folder to have another.")
            place = made
        else:
            settings = f"bank = {json.dumps(str(bank.absolute()))}\n" if bank is not None else ""
            content = files(challenge, notebook=notebook, datasets=opened.datasets, settings=settings)
            kept = lay_out(place, challenge.slug, content)
            store.mark_started(challenge.slug, place, now())
    if bank is not None and content and CONFIG not in kept:
        trust(place / CONFIG)
    if content:
        _tell(challenge, place, content, kept)
    _next_steps(place)


def _usual_place(slug: str) -> Path:
    """A folder of that name: here, or beside the workspace that this is."""
    around = find(Path.cwd())
    return Path(slug) if around is None else around.folder.parent / slug


def _tell(challenge: Outline, place: Path, content: Mapping[str, bytes], kept: tuple[str, ...]) -> None:
    click.echo(f"{challenge.title} ({challenge.difficulty}, about {challenge.minutes} minutes)")
    new = [name for name in content if name not in kept]
    if kept:
        click.echo(f"In {way_to(place)}, kept as they were: {', '.join(kept)}")
    if new:
        click.echo(f"{'Added' if kept else 'Made'} in {way_to(place)}:")
    width = max((len(name) for name in new), default=0)
    for name in new:
        click.echo(f"  {name.ljust(width)}  {_purpose(name)}".rstrip())


def _purpose(name: str) -> str:
    if name in SOLUTIONS:
        return "write your answer here"
    if name.startswith("data/"):
        return "a table that the visible checks use"
    if name.startswith("test_"):
        return "the visible checks"
    fixed = {
        "README.md": "what is asked",
        "conftest.py": "lets plain `pytest` run the visible checks",
        CONFIG: "says which challenge this is",
    }
    return fixed.get(name, "")


def _next_steps(place: Path) -> None:
    here = Workspace(place.absolute(), "").folder == Path.cwd()
    steps = [
        ("grader show", "read what is asked"),
        ("grader watch", "check your answer at each save"),
        ("grader hint", "when you are stuck"),
        ("grader grade", "run the hidden checks too"),
    ]
    click.echo("Next:")
    if not here:
        click.echo(f"  cd {way_to(place)}")
    for name, why in steps:
        click.echo(f"  {name.ljust(14)}{why}")


def _nothing_new(
    everything: tuple[Outline, ...], known: Mapping[str, ChallengeState], topic: str | None
) -> str:
    about = f" about {topic}" if topic else ""
    open_ones = [
        one.slug
        for one in everything
        if topic in (None, one.topic) and one.slug in known and known[one.slug].label in ("started", "tried")
    ]
    if open_ones:
        return f"You have begun every challenge{about}. Not solved yet: {', '.join(open_ones)}."
    return f"You have been through every challenge{about}. `grader quiz` asks the questions."

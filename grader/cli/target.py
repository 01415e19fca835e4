"""Finding out what a command is about, and whether the code is the user's own."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

import click

from grader.bank import Bank
from grader.cli.options import complete_slug
from grader.kit.locate import Target, locate, locate_slug, told_apart
from grader.kit.workspace import Workspace
from grader.store import Store

slug_argument = click.argument("slug", required=False, shell_complete=complete_slug)


def chosen_slug(slug: str | None, bank: Bank) -> str:
    """The challenge that was named or that is solved in this folder. Raises ChallengeError or NotLocated."""
    found = locate_slug(slug, Path.cwd())
    if found not in bank.slugs():
        bank.get(found)  # raises, and names the nearest
    return found


def target_of(word: str | None, bank: Bank, store: Store | None) -> Target:
    """The challenge and the answer that a word, if any, means. Raises ChallengeError or NotLocated."""
    slugs: Collection[str] = bank.slugs()
    slug, path = told_apart(word, slugs)
    if slug is not None and slug not in slugs:
        bank.get(slug)
    return locate(slug, path, Path.cwd(), store)


def is_own(workspace: Workspace | None, store: Store | None) -> bool:
    """Whether `grader start` made this workspace for this user: then the code in it is the user's own."""
    if workspace is None or store is None:
        return False
    made = store.state(workspace.slug).folder
    return made is not None and made.resolve() == workspace.folder.resolve()


def way_to(place: Path) -> str:
    """A folder as it may be typed here: relative, or absolute where that is shorter."""
    whole = str(place.absolute())
    try:
        shown = min(os.path.relpath(place), whole, key=len)
    except ValueError:  # on another drive
        shown = whole
    return f'"{shown}"' if " " in shown else shown

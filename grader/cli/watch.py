"""`grader watch`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from grader.bank import Bank
from grader.cli import appearance
from grader.cli.defaults import trust
from grader.cli.options import bank_option, complete_slug, open_bank
from grader.cli.running import Room, open_session, where_options
from grader.cli.state import now, store_if_usable
from grader.cli.target import target_of
from grader.kit.overview import Outline
from grader.kit.workspace import CONFIG, Workspace, create, find
from grader.store import Store

_WARM = 2  # one for the next save, one for a save that follows at once


@click.command("watch")
@click.argument("target", metavar="[SLUG|PATH]", required=False, shell_complete=complete_slug)
@where_options
@bank_option
def command(target: str | None, sandbox: str, runtime: str | None, isolation: str, bank: Path | None) -> None:
    """Check your answer at each save, until you press q.

    Without an argument it is about the challenge of the current folder. Keys: n next challenge, h hint,
    g grade everything, c check again, l list, r reset to the starter, q quit, ? help.
    """
    opened = open_bank(bank)
    with store_if_usable() as store:
        found = target_of(target, opened, store)
        room = Room(sandbox, runtime, isolation)
        with open_session(opened, room, found.workspace, store, warm=_WARM) as session:
            # Imported while the session's processes start.
            from grader.watch.checker import Checker
            from grader.watch.events import Inbox, Redraw
            from grader.watch.keys import keyboard
            from grader.watch.loop import Surroundings, Watch
            from grader.watch.screen import Screen

            inbox = Inbox()
            checker = Checker(session, inbox.put)
            screen = Screen.of(sys.stdout, appearance.of(sys.stdout), os.environ)

            def begin(challenge: Outline, folder: Path) -> Workspace:
                return _begin(challenge, folder, opened, bank, store)

            try:
                with inbox.woken_by_signals(), keyboard(sys.stdin, lambda: inbox.put(Redraw())) as keys:
                    if keys is None:
                        click.echo(
                            "The input is no terminal, so there are no keys; ctrl-c ends this.", err=True
                        )
                    Watch(found, Surroundings(opened, store, begin, now), checker, inbox, screen).run(keys)
            finally:
                checker.close()
                inbox.close()


def _begin(
    challenge: Outline, folder: Path, opened: Bank, bank: Path | None, store: Store | None
) -> Workspace:
    """The workspace of a challenge: the one that there is, or a new one in `folder`."""
    made = store.state(challenge.slug).folder if store is not None else None
    for place in (made, folder):
        if place is not None and (place / CONFIG).is_file():
            known = find(place)
            if known is not None and known.slug == challenge.slug:
                return known
    settings = f"bank = {json.dumps(str(bank.absolute()))}\n" if bank is not None else ""
    workspace = create(challenge, folder, datasets=opened.datasets, settings=settings)
    if store is not None:
        store.mark_started(challenge.slug, workspace.folder, now())
    if bank is not None:
        trust(workspace.folder / CONFIG)
    return workspace

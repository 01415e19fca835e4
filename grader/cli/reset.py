"""`grader reset`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.errors import INTERRUPTED
from grader.cli.options import bank_option, complete_slug, open_bank
from grader.cli.state import now, open_store
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.bank import Bank
    from grader.kit.workspace import Workspace
    from grader.store import Store


@click.command("reset")
@click.argument("slug", required=False, shell_complete=complete_slug)
@click.option("--all", "everything", is_flag=True, help="Forget all challenges, and remembered answers.")
@click.option("--files", is_flag=True, help="Set the solution back to the starter too, keeping a copy of it.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@bank_option
@click.pass_context
def command(
    ctx: click.Context, slug: str | None, everything: bool, files: bool, yes: bool, bank: Path | None
) -> None:
    """Forget what was recorded of the challenge SLUG: attempts, hints, answers seen, quiz ratings.

    Without SLUG it is the challenge of the current folder. It says first what will be forgotten, and asks.
    Files stay as they are; with --files the solution becomes the starter again, and the old one is kept
    beside it as solution.py.bak-1, -2 and so on. `grader export` makes a copy of the record beforehand.
    """
    if everything and (slug is not None or files):
        raise click.UsageError("--all goes with neither a challenge nor --files.")
    opened = open_bank(bank)
    with open_store() as store:
        chosen = None if everything else _chosen(slug, opened, store)
        workspace = _workspace(chosen, store) if chosen is not None else None
        if files and workspace is None:
            raise GraderError(f"there is no workspace of {chosen}, so no file to set back; leave out --files")
        counts = _counts(store, chosen)
        click.echo(_announcement(chosen, counts, workspace, files), err=True)
        if not any(counts.values()) and not files:
            return
        if not yes and not click.confirm("Go on?", err=True):
            click.echo("Nothing was changed.", err=True)
            ctx.exit(INTERRUPTED)
        own = workspace is not None and store.state(workspace.slug).folder == workspace.folder
        if files and workspace is not None:
            _set_back(workspace, opened)
        store.reset(chosen)
        if files and workspace is not None and own:
            store.mark_started(workspace.slug, workspace.folder, now())  # it begins anew
    click.echo("Forgotten." if any(counts.values()) else "Done.", err=True)


def _chosen(slug: str | None, bank: Bank, store: Store) -> str:
    """The challenge that is meant; also one that the bank no longer has. Raises GraderError."""
    from grader.kit.locate import locate_slug

    chosen = locate_slug(slug, Path.cwd())
    if chosen not in bank.slugs() and chosen not in store.states():
        bank.get(chosen)  # raises, and names the nearest
    return chosen


def _workspace(slug: str, store: Store) -> Workspace | None:
    from grader.kit.locate import NotLocated, locate_workspace

    try:
        return locate_workspace(slug, Path.cwd(), store)
    except NotLocated:
        return None


def _counts(store: Store, slug: str | None) -> dict[str, int]:
    """How much there is to forget, by what it is."""
    states = store.states() if slug is None else {slug: store.state(slug)}
    return {
        "graded run": len(store.attempts(slug)),
        "hint": sum(state.hints for state in states.values()),
        "workspace": sum(state.started is not None for state in states.values()),
        "answer seen": sum(state.answer_seen for state in states.values()),
        "quiz rating": len(store.reviews(slug)),
    }


def _announcement(slug: str | None, counts: dict[str, int], workspace: Workspace | None, files: bool) -> str:
    what = slug if slug is not None else "all challenges"
    parts = [_many(count, name) for name, count in counts.items() if count]
    told = f"This forgets of {what}: {', '.join(parts)}." if parts else f"Nothing is recorded of {what}."
    if workspace is None:
        return f"{told}\nNo file is touched." if parts else told
    if files:
        return (
            f"{told}\nThe solution in {workspace.folder} becomes the starter; the old one is kept beside it."
        )
    return f"{told}\nThe files in {workspace.folder} stay as they are."


def _many(count: int, name: str) -> str:
    noun, _, rest = name.partition(" ") if name == "answer seen" else (name, "", "")
    return f"{count} {noun}{'' if count == 1 else 's'}{f' {rest}' if rest else ''}"


def _set_back(workspace: Workspace, bank: Bank) -> None:
    """Put the starter in the place of the solution, which is kept under a new name. Raises GraderError."""
    from grader.kit.overview import outline
    from grader.kit.workspace import files, solution

    path = solution(workspace)
    notebook = path.suffix == ".ipynb"
    content = files(outline(bank, workspace.slug), notebook=notebook, datasets=bank.datasets)[path.name]
    try:
        if path.read_bytes() == content:
            click.echo(f"{path} is the starter already.", err=True)
            return
        copy = _keep(path)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        fresh.write_bytes(content)
        os.replace(fresh, path)  # an editor or `grader watch` never sees half a file
    except OSError as error:
        raise GraderError(f"{error.filename or path} cannot be written: {error.strerror}") from error
    click.echo(f"{path} is the starter again; what it was is in {copy.name}.", err=True)


def _keep(path: Path) -> Path:
    """A copy of the file beside it, as `.bak-N` with the first N that is free."""
    number = 1
    while True:
        copy = path.with_name(f"{path.name}.bak-{number}")
        try:
            with copy.open("xb") as file:
                file.write(path.read_bytes())
            return copy
        except FileExistsError:
            number += 1

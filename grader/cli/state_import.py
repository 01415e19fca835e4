"""`grader import`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from grader.cli.state import open_store
from grader.errors import StateError

MOST = 512  # MiB; a record of years is a few


@click.command("import")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
def command(file: Path) -> None:
    """Add what `grader export` wrote to FILE, or to standard output (`-`), to the record of this machine.

    Nothing that is here is changed or lost, and importing the same file again adds nothing. A file with an
    error is refused as a whole, with every error.
    """
    data = _read(file)
    with open_store() as store:
        try:
            added = store.merge(data)
        except StateError as error:
            raise StateError(f"{file}: {error}") from error
    rows = f"{added} row{'' if added == 1 else 's'}" if added else "nothing; it was all here"
    click.echo(f"Added {rows}.", err=True)


def _read(file: Path) -> object:
    try:
        with click.open_file(str(file), "rb") as stream:
            content = stream.read(MOST * 1024 * 1024 + 1)
    except OSError as error:
        raise StateError(f"{file}: cannot be read: {error.strerror}") from error
    if len(content) > MOST * 1024 * 1024:
        raise StateError(f"{file}: is larger than {MOST} MiB, which no export is")
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise StateError(f"{file}: is not JSON: {error}") from error

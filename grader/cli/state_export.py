"""`grader export`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from grader.cli.outputs import Output
from grader.cli.state import open_store


@click.command("export")
@click.argument("file", default="-", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
def command(file: Path) -> None:
    """Write what was recorded of you to FILE, as JSON; to standard output without FILE or with `-`.

    It holds attempts with their reports, hints, answers seen and quiz ratings. Left out is what belongs to
    this machine: where your workspaces are, and what you answered to the grader's questions. `grader import`
    adds it to the record of another machine.
    """
    with open_store() as store:
        data = store.export()
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    if str(file) == "-":
        # Bytes, as the format is UTF-8 whatever the terminal has.
        click.echo(text.encode(), nl=False)
        return
    if not file.parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(file.parent)!r} to write {file.name!r} in.")
    Output("json", file).write(text)
    click.echo(f"Written to {file}.", err=True)

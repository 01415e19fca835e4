"""`grader image build`, `list` and `prune`."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from grader.cli.options import bank_option, complete_slug, open_bank
from grader.cli.progress import progress
from grader.sandbox.docker.engine import connect
from grader.sandbox.docker.image import Image, ensure, images, prune


@click.group("image")
def command() -> None:
    """Build, list and remove the Docker images that submissions run in.

    There is one image for each set of packages that challenges require. `grader grade` builds the one it
    needs; building them beforehand saves the first candidate's time.
    """


@command.command("build")
@click.argument("slugs", metavar="[SLUG]...", nargs=-1, shell_complete=complete_slug)
@click.option("--all", "every", is_flag=True, help="For every challenge of the bank.")
@bank_option
def build_command(slugs: tuple[str, ...], every: bool, bank: Path | None) -> None:
    """Build the images for the challenges SLUG, unless they are there and up to date.

    GRADER_BASE_IMAGE names the image to build on, for this command and for `grader grade`: one with Python
    3.11 or later and pip. The official slim Python image is the default.
    """
    if bool(slugs) == every:
        raise click.UsageError("Name one or more challenges, or use --all.")
    chosen = open_bank(bank)
    challenges = chosen.all() if every else [chosen.get(slug) for slug in slugs]
    wanted = dict.fromkeys(tuple(sorted(challenge.requires)) for challenge in challenges)
    with closing(connect().client) as client, progress(lines=True) as step:
        for requires in wanted:
            found = ensure(client, requires, step)
            click.echo(f"{found.tag}  {_packages(found)}")


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def list_command(as_json: bool) -> None:
    """List the images, newest first."""
    with closing(connect().client) as client:
        found = images(client)
    if as_json:
        click.echo(json.dumps([_as_json(image) for image in found], indent=2))
        return
    rows = [("image", "python", "MB", "created", "packages"), *map(_row, found)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for tag, python, size, created, packages in rows:
        cells = (
            tag.ljust(widths[0]),
            python.ljust(widths[1]),
            size.rjust(widths[2]),
            created.ljust(widths[3]),
        )
        click.echo("  ".join((*cells, packages)))


@command.command("prune")
@click.option("--all", "every", is_flag=True, help="Those that are up to date, too.")
def prune_command(every: bool) -> None:
    """Remove the images that are out of date. Those in use stay."""
    with closing(connect().client) as client:
        removed = prune(client, keep_current=not every)
    for tag in removed:
        click.echo(tag)
    click.echo(f"{len(removed)} removed", err=True)


def _row(image: Image) -> tuple[str, str, str, str, str]:
    created = f"{datetime.fromtimestamp(image.created, UTC):%Y-%m-%d %H:%M}"
    return image.tag or image.id[:19], image.python, f"{image.size / 1e6:.0f}", created, _packages(image)


def _packages(image: Image) -> str:
    return ", ".join(image.requires) or "the standard library only"


def _as_json(image: Image) -> dict[str, object]:
    return {
        "id": image.id,
        "tag": image.tag,
        "requires": list(image.requires),
        "python": image.python,
        "distributions": dict(image.distributions),
        "base": image.base,
        "size": image.size,
        "created": datetime.fromtimestamp(image.created, UTC).isoformat(),
    }

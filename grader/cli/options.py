"""Parameters that several commands have in common."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from grader.bank import Bank
from grader.errors import GraderError


def open_bank(path: Path | None) -> Bank:
    """The bank that `--bank` names, or the one that comes with the grader."""
    return Bank.default() if path is None else Bank.at(path)


def complete_slug(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """The challenges whose names begin so; none where the bank cannot be read."""
    try:
        slugs = open_bank(ctx.params.get("bank")).slugs()
    except GraderError:
        return []
    return [CompletionItem(slug) for slug in slugs if slug.startswith(incomplete)]


bank_option = click.option(
    "--bank",
    metavar="DIR",
    type=click.Path(path_type=Path),
    envvar="GRADER_BANK",
    show_envvar=True,
    help="A folder with challenges of one's own. Default: the bank that comes with the grader.",
)

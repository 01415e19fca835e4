"""Saying what is being done, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from grader.sandbox.base import Progress


@contextmanager
def progress(*, shown: bool = True, lines: bool = False) -> Iterator[Progress]:
    """A function that shows the step it is given: as a status line on a terminal; elsewhere, if `lines`,
    as a line each, for logs of slow work."""
    if not shown:
        yield _silent
    elif not sys.stderr.isatty():
        yield _line if lines else _silent
    else:
        # Only where it is used: rich takes longer to load than the rest of a short command.
        from rich.console import Console
        from rich.text import Text

        with Console(stderr=True).status("Starting") as status:
            yield lambda step: status.update(Text(step))


def _silent(_: str) -> None:
    """Nobody watches."""


def _line(step: str) -> None:
    click.echo(step, err=True)

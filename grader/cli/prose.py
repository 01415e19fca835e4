"""Printing Markdown."""

from __future__ import annotations

import sys

import click

from grader.cli import appearance
from grader.kit.prose import lines

WIDEST = 100  # columns; longer lines are hard to read


def print_markdown(markdown: str, *, heading: str = "", raw: bool = False) -> None:
    """Print a text of the bank below a heading, fitted to the terminal; `raw` prints it as it was written."""
    if raw:
        click.echo((f"> {heading}\n\n" if heading else "") + markdown.rstrip("\n"))
        return
    look = appearance.of(sys.stdout)
    width, color = min(int(look["width"]), WIDEST), bool(look["color"])
    if heading:
        for line in lines(f"# {heading}", width, color=color):
            click.echo(line, color=color)
        click.echo()
    for line in lines(markdown, width, color=color):
        click.echo(line, color=color)

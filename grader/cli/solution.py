"""`grader solution`."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from grader.cli.answer import demand_right
from grader.cli.options import bank_option, open_bank
from grader.cli.progress import progress
from grader.cli.running import Room, open_session, where_options
from grader.cli.state import open_store
from grader.cli.target import chosen_slug, slug_argument
from grader.kit.locate import NotLocated, Target, locate
from grader.kit.measure import Measured
from grader.report.clean import strip
from grader.store import Store


@click.command("solution")
@slug_argument
@click.option("--diff", "show_diff", is_flag=True, help="Show the reference and yours as a unified diff.")
@click.option("--no-code", is_flag=True, help="Only the comparison, not the code of the solutions.")
@where_options
@click.option("--no-progress", is_flag=True, help="Do not show what is being done.")
@bank_option
def command(
    slug: str | None,
    show_diff: bool,
    no_code: bool,
    sandbox: str,
    runtime: str | None,
    isolation: str,
    no_progress: bool,
    bank: Path | None,
) -> None:
    """Show the bank's solutions of the challenge SLUG, and how yours differs from them.

    That is possible once you have passed, or given up with `grader answer --give-up`. All of them are graded
    on the same data, so that the figures can be compared. Time is that of the solution's own code over all
    checks, in the faster of two runs; memory is the most that one of its calls had allocated in the visible
    checks.
    """
    from grader.kit.measure import measure, others

    opened = open_bank(bank)
    chosen = chosen_slug(slug, opened)
    with open_store() as store:
        demand_right(store.state(chosen), f"grader solution {chosen}")
        solutions = others(opened, chosen)
        yours = _yours(chosen, store)
        answers = ({"yours": yours.submission} if yours else {}) | solutions
        workspace = yours.workspace if yours else None
        with (
            open_session(opened, Room(sandbox, runtime, isolation), workspace, store) as session,
            progress(shown=not no_progress) as step,
        ):
            measured = measure(session, chosen, answers, step)
    for line in _page(measured, yours is not None, code=not (no_code or show_diff), show_diff=show_diff):
        click.echo(strip(line))
    for name, path in solutions.items():
        click.echo(f"{name}: {path}", err=True)


def _yours(slug: str, store: Store) -> Target | None:
    try:
        return locate(slug, None, Path.cwd(), store)
    except NotLocated:
        return None


def _page(measured: Sequence[Measured], with_yours: bool, *, code: bool, show_diff: bool) -> Iterator[str]:
    """The code first and the figures last: they are what stands on the screen at the end."""
    from grader.kit import comparison

    width = min(shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80, 100)
    theirs = measured[1:] if with_yours else measured
    if code:
        for one in theirs:
            yield f"# {one.name}"
            yield ""
            yield from one.source.rstrip().splitlines()
            yield ""
    if show_diff and with_yours:
        yield from comparison.diff(measured[0], theirs[0])
        yield ""
    for other in theirs if with_yours else ():
        yield f"Beside the {_called(other)}, yours"
        for phrase in comparison.words(measured[0], other):
            yield from textwrap.wrap(phrase, width, initial_indent="- ", subsequent_indent="  ")
        yield ""
    yield from _columns(comparison.table(measured), width)


def _called(other: Measured) -> str:
    return "reference" if other.name == "reference" else f"alternative “{other.name}”"


def _columns(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Aligned columns; cells are cut where a row would be wider than `width`."""
    first = max(len(row[0]) for row in rows)
    share = (width - first) // (len(rows[0]) - 1) - 2
    widths = [min(max(len(row[i]) for row in rows), share) for i in range(1, len(rows[0]))]
    for row in rows:
        cells = [_cut(cell, room).ljust(room) for cell, room in zip(row[1:], widths, strict=True)]
        yield "  ".join([row[0].ljust(first), *cells]).rstrip()


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: max(width - 1, 0)]}…"

"""`grader check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.cli import appearance
from grader.cli.errors import INFRASTRUCTURE, NOT_PASSED, PASSED
from grader.cli.options import bank_option, complete_slug, open_bank
from grader.cli.outputs import FORMATS
from grader.cli.progress import progress
from grader.cli.running import Room, open_session, say_what_broke, where_options, which_options
from grader.cli.state import store_if_usable
from grader.cli.target import target_of
from grader.kit import selection
from grader.model import Report, Status


@click.command("check")
@click.argument("target", metavar="[SLUG|PATH]", required=False, shell_complete=complete_slug)
@which_options
@where_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="terminal",
    show_default=True,
    help="What is printed on standard output.",
)
@click.option("--no-progress", is_flag=True, help="Do not show what is being done.")
@bank_option
@click.pass_context
def command(
    ctx: click.Context,
    target: str | None,
    failed: bool,
    only: str | None,
    sandbox: str,
    runtime: str | None,
    isolation: str,
    format_: str,
    no_progress: bool,
    bank: Path | None,
) -> None:
    """Run the visible checks on your answer, and nothing else.

    Without an argument it is about the challenge of the current folder. What it runs is no attempt and earns
    no points; the hidden checks are for `grade`.

    Exit codes: 0 the checks that ran passed, 1 one did not, 2 wrong usage or input, 3 the grader or the
    machine failed.
    """
    opened = open_bank(bank)
    with store_if_usable() as store:
        found = target_of(target, opened, store)
        before = selection.remembered_failures(store, found.slug) if failed else None
        choice = selection.Choice(selection.Selection(visible_only=True, only=only, failed=before))
        with open_session(opened, Room(sandbox, runtime, isolation), found.workspace, store) as session:
            from grader.report import render, terminal  # noqa: F401  (while the session's processes start)

            with progress(shown=not no_progress) as step:
                whole = session.grade(found.slug, found.submission, progress=step, select=choice)
            report = selection.part(whole, choice.ran)
            if store is not None:
                selection.remember_failures(store, report, choice.ran)
            options = {}
            if format_ == "terminal":
                options = appearance.of(sys.stdout) | {"part": _closing(report, found.workspace is not None)}
            click.echo(render(report, format_, "candidate", **options), nl=False)
            say_what_broke(report)
    if report.status is Status.INFRASTRUCTURE:
        ctx.exit(INFRASTRUCTURE)
    ctx.exit(PASSED if selection.all_passed(report) else NOT_PASSED)


def _closing(report: Report, in_workspace: bool) -> str:
    """What to do next."""
    if selection.all_passed(report):
        place = "" if in_workspace else f" {report.challenge.slug} {report.submission}"
        return f"`grader grade{place}` runs the hidden checks too, and those count."
    if report.problems:
        return "Mend what stands at the top first."
    if not in_workspace:
        return ""
    return "Stuck? `grader hint` shows one more hint each time."

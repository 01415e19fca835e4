"""`grader grade`."""

from __future__ import annotations

import re
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import Literal

import click

from grader.bank import Bank
from grader.cli import appearance
from grader.cli.errors import INFRASTRUCTURE, NOT_PASSED, PASSED
from grader.cli.options import bank_option, complete_slug, open_bank
from grader.cli.outputs import FORMATS, Output, Outputs
from grader.cli.progress import progress
from grader.cli.running import Room, open_session, say_what_broke, where_options, which_options
from grader.cli.state import store_if_usable
from grader.cli.target import is_own, target_of
from grader.errors import StoreError
from grader.kit import selection
from grader.kit.locate import Target, locate
from grader.model import Feedback, Report, Status
from grader.store import Store

PARTIAL = "Only a part of the checks ran, so this is no verdict on the whole. `grader grade` runs them all."
AFTER_PASSING = """
Next: `grader answer` for the interview question, `grader solution` to compare,
then `grader start --next`."""
STUCK = "\nStuck? `grader hint` shows one more hint each time."

EXIT_CODES = {
    Status.PASSED: PASSED,
    Status.FAILED: NOT_PASSED,
    Status.INFRASTRUCTURE: INFRASTRUCTURE,
}


def _check_seed(_: click.Context, __: click.Parameter, seed: str | None) -> str | None:
    if seed is not None and not re.fullmatch(r"[0-9a-fA-F]{32}", seed):
        raise click.BadParameter("a seed is 32 hexadecimal digits, as the staff report shows it.")
    return seed and seed.lower()


@click.command("grade")
@click.argument("slug", required=False, shell_complete=complete_slug)
@click.argument("submission", required=False, type=click.Path(path_type=Path))
@which_options
@where_options
@click.option(
    "--seed", metavar="HEX", callback=_check_seed, help="Repeat a run with its seed (32 hex digits)."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="terminal",
    show_default=True,
    help="What is printed on standard output.",
)
@click.option(
    "--audience",
    type=click.Choice(["candidate", "staff"]),
    default="candidate",
    show_default=True,
    help="Who will read the reports: `staff` ones hold details of the hidden checks and the seed.",
)
@click.option(
    "--feedback",
    type=click.Choice([level.value for level in Feedback]),
    help="How much of the hidden checks a candidate's report tells. [default: what the challenge says]",
)
@click.option(
    "--output",
    "outputs",
    type=Outputs(),
    multiple=True,
    help="Write a report to a file as well; .txt, .json, .xml (JUnit), .md, .html or .csv says in which "
    "format. Repeatable.",
)
@click.option("--quiet", "-q", is_flag=True, help="Print errors only; files are still written.")
@click.option("--no-progress", is_flag=True, help="Do not show what is being done.")
@click.option("--keep", is_flag=True, help="Keep the submission's own output if it does not pass, for staff.")
@click.option(
    "--record/--no-record",
    default=None,
    help="Keep this run as an attempt of yours. [default: if the answer lies in a folder that `start` made]",
)
@bank_option
@click.pass_context
def command(
    ctx: click.Context,
    slug: str | None,
    submission: Path | None,
    failed: bool,
    only: str | None,
    sandbox: str,
    runtime: str | None,
    isolation: str,
    seed: str | None,
    format_: str,
    audience: Literal["candidate", "staff"],
    feedback: str | None,
    outputs: tuple[Output, ...],
    quiet: bool,
    no_progress: bool,
    keep: bool,
    record: bool | None,
    bank: Path | None,
) -> None:
    """Grade SUBMISSION, an answer to the challenge SLUG, and print the report.

    SUBMISSION is a .py file, a notebook, a folder with solution.py, or a .zip of such a folder. Either may be
    left out for the answer in a folder that `start` made; without both it is the current one.

    A run of the user's own answer is kept as an attempt. One with --failed or --only, which run a part of the
    checks, is not, and the submission has not passed whatever the outcome.

    Exit codes: 0 passed, 1 not passed, 2 wrong usage or input, 3 the grader or the machine failed.
    """
    opened = open_bank(bank)
    with nullcontext() if record is False else store_if_usable() as store:
        found = _target(slug, submission, opened, store)
        recorded = is_own(found.workspace, store) if record is None else record
        before = selection.remembered_failures(store, found.slug) if failed else None
        choice = selection.Choice(selection.Selection(only=only, failed=before))
        room = Room(sandbox, runtime, isolation)
        with open_session(opened, room, found.workspace, store) as session:
            # Imported while the session's processes start; printed while they end.
            from grader.report import render, terminal  # noqa: F401

            with progress(shown=not (quiet or no_progress)) as step:
                report = session.grade(
                    found.slug, found.submission, seed=seed, keep_log=keep, progress=step, select=choice
                )
            attempt = ""
            if choice.left_out:
                report = selection.part(report, choice.ran)
            if store is not None and recorded:
                attempt = _record(store, report, choice, found.workspace is not None)
            level = Feedback(feedback) if feedback else None
            part = {"part": PARTIAL} if choice.left_out else {}
            for output in outputs:
                options = appearance.PLAIN | part if output.format == "terminal" else {}
                output.write(render(report, output.format, audience, level, **options))
            if not quiet:
                options = appearance.of(sys.stdout) | part if format_ == "terminal" else {}
                click.echo(render(report, format_, audience, level, **options), nl=False)
                if attempt and format_ == "terminal" and audience == "candidate":
                    click.echo(attempt)
            say_what_broke(report)
            if keep and not report.passed:
                click.echo(_keep(report), err=True)
    ctx.exit(EXIT_CODES[report.status])


def _target(slug: str | None, submission: Path | None, bank: Bank, store: Store | None) -> Target:
    if slug is not None and submission is not None:
        return locate(slug, submission, Path.cwd(), store)
    return target_of(slug, bank, store)


def _record(store: Store, report: Report, choice: selection.Choice, in_workspace: bool) -> str:
    """Keep what the run showed; what to tell the user of their attempts."""
    try:
        selection.remember_failures(store, report, choice.ran)
        if choice.left_out:
            return ""
        number = store.add_attempt(report)
        best = store.state(report.challenge.slug).best
    except StoreError as error:
        click.echo(f"This run is not remembered: {error}", err=True)
        return ""
    if report.status is Status.INFRASTRUCTURE:
        return ""
    if report.passed:
        return f"Attempt {number}, solved.{AFTER_PASSING if in_workspace else ''}"
    so_far = f", best so far {best:.0%} of the points" if best is not None else ""
    return f"Attempt {number}{so_far}.{STUCK if in_workspace else ''}"


def _keep(report: Report) -> str:
    if not report.log:
        return "The submission wrote nothing, so no log was kept."
    prefix = f"grader-{report.challenge.slug}-"
    with tempfile.NamedTemporaryFile(prefix=prefix, suffix=".log", delete=False) as file:
        file.write(report.log)
    return f"What the submission wrote is in {file.name} (for staff: it may show hidden inputs)."

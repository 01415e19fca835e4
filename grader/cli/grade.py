"""`grader grade`."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Literal

import click

from grader.cli import appearance
from grader.cli.errors import INFRASTRUCTURE, NOT_PASSED, PASSED
from grader.cli.options import bank_option, complete_slug, open_bank
from grader.cli.outputs import FORMATS, Output, Outputs
from grader.cli.progress import progress
from grader.model import Feedback, Report, Status

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
@click.argument("slug", shell_complete=complete_slug)
@click.argument("submission", type=click.Path(path_type=Path))
@click.option(
    "--sandbox",
    type=click.Choice(["auto", "docker", "bubblewrap", "process"]),
    default="auto",
    show_default=True,
    help="Where the submission runs. `process` isolates nothing: for your own code only.",
)
@click.option("--runtime", metavar="NAME", help="Docker's runtime, such as runsc (gVisor).")
@click.option(
    "--isolation",
    type=click.Choice(["standard", "strict"]),
    default="standard",
    show_default=True,
    help="`strict` asks for a kernel of its own, such as gVisor's.",
)
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
@bank_option
@click.pass_context
def command(
    ctx: click.Context,
    slug: str,
    submission: Path,
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
    bank: Path | None,
) -> None:
    """Grade SUBMISSION, an answer to the challenge SLUG, and print the report.

    SUBMISSION is a .py file, a notebook, a folder with solution.py, or a .zip of such a folder.

    Exit codes: 0 passed, 1 not passed, 2 wrong usage or input, 3 the grader or the machine failed.
    """
    # Here and not above: completing `grader grade f1<TAB>` loads this file and must not load these.
    from grader.grading import Session

    with Session(bank=open_bank(bank), sandbox=sandbox, runtime=runtime, isolation=isolation) as session:
        # Imported while the session's processes start; printed while they end.
        from grader.report import render, terminal  # noqa: F401

        with progress(shown=not (quiet or no_progress)) as step:
            report = session.grade(slug, submission, seed=seed, keep_log=keep, progress=step)
        level = Feedback(feedback) if feedback else None
        for output in outputs:
            options = appearance.PLAIN if output.format == "terminal" else {}
            output.write(render(report, output.format, audience, level, **options))
        if not quiet:
            options = appearance.of(sys.stdout) if format_ == "terminal" else {}
            click.echo(render(report, format_, audience, level, **options), nl=False)
        if keep and not report.passed:
            click.echo(_keep(report), err=True)
    ctx.exit(EXIT_CODES[report.status])


def _keep(report: Report) -> str:
    if not report.log:
        return "The submission wrote nothing, so no log was kept."
    prefix = f"grader-{report.challenge.slug}-"
    with tempfile.NamedTemporaryFile(prefix=prefix, suffix=".log", delete=False) as file:
        file.write(report.log)
    return f"What the submission wrote is in {file.name} (for staff: it may show hidden inputs)."

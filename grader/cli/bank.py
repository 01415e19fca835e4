"""`grader bank check`, `new` and `update`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.bank import Bank
from grader.cli import appearance
from grader.cli.errors import INFRASTRUCTURE, NOT_PASSED, PASSED
from grader.cli.options import bank_option, complete_slug, open_bank
from grader.cli.outputs import Output, Outputs
from grader.cli.progress import progress
from grader.proof.findings import SECTIONS

if TYPE_CHECKING:
    from grader.proof.check import Proof

SUFFIXES = {".txt": "terminal", ".json": "json", ".md": "markdown"}
SEEDS = 20

slugs_argument = click.argument("slugs", metavar="[SLUG]...", nargs=-1, shell_complete=complete_slug)
jobs_option = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    default=lambda: len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
    show_default="one per processor",
    help="How many submissions are graded at a time.",
)
seeds_option = click.option(
    "--seeds",
    metavar="N",
    type=click.IntRange(min=2),
    default=SEEDS,
    show_default=True,
    help="How many seeds solutions are graded under.",
)


@click.group("bank")
def command() -> None:
    """Make challenges and prove that they do what they promise."""


@command.command("check")
@slugs_argument
@click.option(
    "--sandbox",
    type=click.Choice(["auto", "docker", "bubblewrap", "all"]),
    default="auto",
    show_default=True,
    help="Where solutions run; `all` compares Docker and bubblewrap.",
)
@seeds_option
@click.option(
    "--only",
    "only",
    type=click.Choice(SECTIONS),
    multiple=True,
    metavar="SECTION",
    help=f"Only this section: {', '.join(SECTIONS)}. Repeatable.",
)
@click.option(
    "--skip",
    "skip",
    type=click.Choice(SECTIONS),
    multiple=True,
    metavar="SECTION",
    help="All sections but this one. Repeatable.",
)
@jobs_option
@click.option(
    "--changed",
    is_flag=True,
    help="Take mutants, seeds and parity from proof.toml where nothing that they rest on has changed.",
)
@click.option("--record", is_flag=True, help="Write proof.toml for each challenge with nothing to mend.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.option(
    "--output",
    "outputs",
    type=Outputs(SUFFIXES),
    multiple=True,
    help="Write the table to a file as well; .txt, .json or .md says in which format. Repeatable.",
)
@click.option("--no-progress", is_flag=True, help="Do not show what is being done.")
@bank_option
@click.pass_context
def check_command(
    ctx: click.Context,
    slugs: tuple[str, ...],
    sandbox: str,
    seeds: int,
    only: tuple[str, ...],
    skip: tuple[str, ...],
    jobs: int,
    changed: bool,
    record: bool,
    as_json: bool,
    outputs: tuple[Output, ...],
    no_progress: bool,
    bank: Path | None,
) -> None:
    """Prove the challenges SLUG, or all of the bank.

    Seven sections: the files are whole; solutions get their verdicts; mutants of the reference are caught;
    every seed agrees and thresholds have room; nothing hidden leaks; a run can be repeated; sandboxes agree
    (with --sandbox all).

    Wrong solutions that are no baseline of a metric are graded under three of the seeds; with more than 20
    seeds, under all.

    Mutants, seeds and parity take minutes. --record keeps what they showed in proof.toml, beside the
    solutions, with a digest of all that they rest on; --changed runs them again only where that differs.

    Exit codes: 0 nothing to mend, 1 findings, 2 wrong usage, 3 the grader or the machine failed.
    """
    wanted = frozenset(only or SECTIONS) - frozenset(skip)
    if not wanted:
        raise click.UsageError("--only and --skip leave no section.")
    chosen = open_bank(bank)
    names = _named(chosen, slugs)
    # Here and not above: completing a command line loads this file and must not load these.
    from grader.proof import check

    with progress(shown=not no_progress, lines=True) as step:
        options = check.Options(check.sandboxes(sandbox), wanted, seeds, jobs, changed, record)
        proofs = check.check(chosen, names, options, step)
    for output in outputs:
        output.write(_rendered(proofs, output.format, appearance.PLAIN | {"width": 120}))
    click.echo(_rendered(proofs, "json" if as_json else "terminal", appearance.of(sys.stdout)), nl=False)
    ctx.exit(_exit_code(proofs))


def _named(bank: Bank, slugs: Sequence[str]) -> list[str]:
    known = bank.slugs()
    for slug in slugs:
        if slug not in known:
            bank.get(slug)  # raises, with what there is
    if not known:
        raise click.UsageError(f"there is no challenge in {bank.challenges}; `grader bank new` makes one.")
    return list(dict.fromkeys(slugs)) or known


def _exit_code(proofs: Sequence[Proof]) -> int:
    findings = [finding for proof in proofs for finding in proof.findings]
    if any(finding.infrastructure for finding in findings):
        return INFRASTRUCTURE
    return NOT_PASSED if findings else PASSED


def _rendered(proofs: Sequence[Proof], format_: str, look: Mapping[str, object]) -> str:
    from grader.proof import table

    renderers: dict[str, Callable[..., str]] = {
        "terminal": table.terminal,
        "json": table.as_json,
        "markdown": table.markdown,
    }
    return renderers[format_](proofs, **(look if format_ == "terminal" else {}))


@command.command("new")
@click.argument("slug")
@click.option("--title", metavar="TEXT", help="The title of the brief. Default: made from SLUG.")
@click.option("--topic", default="metrics", show_default=True, help="What the challenge is about.")
@click.option("--question", type=click.IntRange(1, 25), help="Its number among the guide's questions.")
@click.option(
    "--functions", metavar="NAME,...", help="What the candidate writes. Default: one, made from SLUG."
)
@click.option(
    "--requires",
    metavar="PACKAGE,...",
    default="numpy",
    show_default=True,
    help="The packages that exist in the sandbox.",
)
@bank_option
def new_command(
    slug: str,
    title: str | None,
    topic: str,
    question: int | None,
    functions: str | None,
    requires: str,
    bank: Path | None,
) -> None:
    """Make the challenge SLUG: a small task that is whole and proven, to be replaced part by part.

    Nothing is overwritten. DIR of --bank is made if it does not exist.
    """
    from grader.proof.new import Wishes, create

    wishes = Wishes(
        title=title or slug.replace("-", " ").capitalize(),
        topic=topic,
        question=question,
        functions=_split(functions or ""),
        requires=_split(requires),
    )
    for folder in create(_bank_to_fill(bank), slug, wishes):
        click.echo(folder)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _bank_to_fill(path: Path | None) -> Bank:
    """The bank to write to; a folder that is not there, or is empty, becomes one."""
    if path is None or (path.is_dir() and any(path.iterdir())):
        return open_bank(path)
    root = path.resolve()
    return Bank(root / "challenges", root / "solutions", root / "datasets")


@command.command("update")
@slugs_argument
@click.option(
    "--sandbox",
    type=click.Choice(["auto", "docker", "bubblewrap", "process"]),
    default="auto",
    show_default=True,
    help="Where solutions run.",
)
@seeds_option
@jobs_option
@click.option("--no-progress", is_flag=True, help="Do not show what is being done.")
@bank_option
def update_command(
    slugs: tuple[str, ...], sandbox: str, seeds: int, jobs: int, no_progress: bool, bank: Path | None
) -> None:
    """Write what follows from other files of the challenges SLUG, or of all.

    That is the starter notebook, from README.md and starter/solution.py, and calibration.toml, for challenges
    with metrics: what the solutions reach over the seeds. Prints the files that changed.
    """
    chosen = open_bank(bank)
    challenges = [chosen.get(slug) for slug in _named(chosen, slugs)]
    from grader.grading import Session
    from grader.proof import update

    for challenge in challenges:
        for path in update.notebook(challenge):
            click.echo(path)
    with progress(shown=not no_progress, lines=True) as step:
        for challenge in challenges:
            if challenge.metrics:
                with Session(bank=chosen, sandbox=sandbox, warm=jobs) as session:
                    for path in update.figures(chosen, challenge, session, seeds, jobs, step):
                        click.echo(path)

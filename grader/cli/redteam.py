"""`grader redteam`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.errors import NOT_PASSED, PASSED
from grader.cli.progress import progress
from grader.resources import folder

if TYPE_CHECKING:
    from grader.redteam import Result
    from grader.redteam.figures import Figures
    from grader.redteam.soak import Soak


@click.command("redteam")
@click.option(
    "--sandbox",
    type=click.Choice(["auto", "docker", "bubblewrap"]),
    default="auto",
    show_default=True,
    help="The sandbox to attack.",
)
@click.option("--runtime", metavar="NAME", help="Docker's runtime, such as runsc (gVisor).")
@click.option("--section", "sections", multiple=True, help="Only this folder of the corpus. Repeatable.")
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    metavar="N",
    help="At most N attacks of each section for every threat.",
)
@click.option(
    "--soak",
    type=click.IntRange(min=20),
    metavar="N",
    help="Instead: grade N submissions in one process, a tenth of them hostile, and watch its memory.",
)
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the figures as a Markdown table.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.pass_context
def command(
    ctx: click.Context,
    sandbox: str,
    runtime: str | None,
    sections: tuple[str, ...],
    sample: int | None,
    soak: int | None,
    as_markdown: bool,
    as_json: bool,
) -> None:
    """Attack the sandbox of this machine with the corpus of hostile submissions.

    After each attack an honest submission is graded, and the machine is searched for what was left. Before
    them the sandbox is probed as by `grader doctor`, and searched for words of the hidden checks. Exit code 0
    if everything held, 1 if an attack did better than it should, 3 if nothing could be tried.
    """
    # Here and not above: help and completion load this file and must stay quick.
    from grader import redteam
    from grader.redteam import figures
    from grader.redteam.soak import soak as run_soak

    attacks: Sequence[redteam.Attack] = redteam.read_attacks(folder("attacks"))
    known = sorted({attack.section for attack in attacks})
    if unknown := sorted(set(sections) - set(known)):
        raise click.BadParameter(f"there is no section {', '.join(unknown)}; there are {', '.join(known)}.")
    attacks = [attack for attack in attacks if not sections or attack.section in sections]
    if sample is not None:
        attacks = redteam.sample(attacks, sample)
    solutions: Path = folder("solutions") / redteam.SLUG
    with progress(lines=soak is not None) as step:
        if soak is not None:
            soaked = run_soak(sandbox, runtime, attacks, solutions, soak, step)
            click.echo(json.dumps(asdict(soaked), indent=2) if as_json else _soaked(soaked))
            ctx.exit(PASSED if soaked.held else NOT_PASSED)
        found = figures.measure(sandbox, runtime, attacks, solutions / "reference.py", step)
    if as_json:
        click.echo(json.dumps(_as_json(found), indent=2))
    else:
        click.echo(figures.markdown([found]) if as_markdown else _table(found))
    ctx.exit(PASSED if found.held else NOT_PASSED)


def _as_json(found: Figures) -> dict[str, object]:
    listed = [
        {**asdict(result), "attack": {**asdict(result.attack), "path": result.attack.path.name}}
        for result in found.results
    ]
    counted = {"passed": found.passed, "faults": found.faults, "orphans": found.orphans}
    return {**asdict(found), "held": found.held, **counted, "results": listed}


def _table(found: Figures) -> str:
    results = found.results
    sections = sorted({result.attack.section for result in results})
    lines = [f"{'attacks':<12}{'tried':>7}{'passed':>8}{'slowest':>10}{'faults':>8}"]
    lines += [_line(name, [one for one in results if one.attack.section == name]) for name in sections]
    lines += [_line("all", results), ""]
    lines += [
        f"probes        {found.probes} tried, {len(found.not_denied)} of them not denied as they should be",
        f"canaries      {f'LEAKED: {found.leaked}' if found.leaked else 'none leaked'}",
        f"kill to clean {found.kill_median * 1000:.0f} ms as a rule, "
        f"{found.kill_most * 1000:.0f} ms at most, {found.kills} times",
        f"orphans       {found.orphans}",
        "",
    ]
    for result in results:
        lines += [f"  {result.attack.section}/{result.attack.path.name}: {fault}" for fault in result.faults]
    lines += [f"  not denied: {title}" for title in found.not_denied]
    lines.append(
        f"{found.sandbox} held against all of them."
        if found.held
        else f"{found.sandbox} did not hold: {found.faults} attacks had a fault."
    )
    return "\n".join(lines)


def _line(section: str, results: Sequence[Result]) -> str:
    from grader.redteam import PASSED as IT_PASSED

    passed = sum(fault == IT_PASSED for result in results for fault in result.faults)
    slowest = max((result.seconds for result in results), default=0.0)
    faults = sum(len(result.faults) for result in results)
    return f"{section:<12}{len(results):>7}{passed:>8}{slowest:>8.1f} s{faults:>8}"


def _soaked(soaked: Soak) -> str:
    lines = [
        f"submissions   {soaked.submissions}, {soaked.hostile} of them hostile, in {soaked.seconds:.0f} s "
        f"({soaked.seconds / soaked.submissions * 1000:.0f} ms each)",
        f"wrong         {len(soaked.wrong)} verdicts",
        f"memory        {soaked.memory_start} MiB at first, {soaked.memory_end} MiB at last, "
        f"{soaked.slope_kib:+.2f} KiB with each submission",
        f"left          {', '.join(soaked.left) or 'nothing'}",
        *(f"  {line}" for line in soaked.wrong[:20]),
        f"{soaked.sandbox} {'held' if soaked.held else 'did not hold'}.",
    ]
    return "\n".join(lines)

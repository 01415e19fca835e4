"""`grader redteam`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.errors import INFRASTRUCTURE, NOT_PASSED, PASSED
from grader.cli.progress import progress
from grader.resources import folder

if TYPE_CHECKING:
    from grader.redteam import Result


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
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.pass_context
def command(
    ctx: click.Context, sandbox: str, runtime: str | None, sections: tuple[str, ...], as_json: bool
) -> None:
    """Attack the sandbox of this machine with the corpus of hostile submissions.

    After each attack an honest submission is graded, and the machine is searched for what was left. Exit
    code 0 if everything held, 1 if an attack did better than it should, 3 if nothing could be tried.
    """
    # Here and not above: help and completion load this file and must stay quick.
    from grader import Session, redteam

    attacks = redteam.read_attacks(folder("attacks"))
    known = sorted({attack.section for attack in attacks})
    if unknown := sorted(set(sections) - set(known)):
        raise click.BadParameter(f"there is no section {', '.join(unknown)}; there are {', '.join(known)}.")
    chosen = [attack for attack in attacks if not sections or attack.section in sections]
    reference: Path = folder("solutions") / redteam.SLUG / "reference.py"
    with Session(sandbox=sandbox, runtime=runtime, warm=1) as session, progress() as step:
        if session.backend.isolation == "none":
            ctx.exit(INFRASTRUCTURE)
        results = list(redteam.run(session, chosen, reference, step))
        name = f"{session.backend.name}{f' ({runtime})' if runtime else ''}"
    held = not any(result.faults for result in results)
    if as_json:
        listed = [
            {**asdict(result), "attack": {**asdict(result.attack), "path": result.attack.path.name}}
            for result in results
        ]
        click.echo(json.dumps({"sandbox": name, "held": held, "results": listed}, indent=2))
    else:
        click.echo(_table(name, results))
    ctx.exit(PASSED if held else NOT_PASSED)


def _table(sandbox: str, results: Sequence[Result]) -> str:
    sections = sorted({result.attack.section for result in results})
    lines = [f"{'attacks':<12}{'tried':>7}{'passed':>8}{'slowest':>10}{'faults':>8}"]
    lines += [_line(name, [one for one in results if one.attack.section == name]) for name in sections]
    lines.append(_line("all", results))
    for result in results:
        lines += [f"  {result.attack.section}/{result.attack.path.name}: {fault}" for fault in result.faults]
    faults = sum(bool(result.faults) for result in results)
    lines.append(
        f"{sandbox} did not hold against {faults}." if faults else f"{sandbox} held against all of them."
    )
    return "\n".join(lines)


def _line(section: str, results: Sequence[Result]) -> str:
    from grader.redteam import PASSED as IT_PASSED

    passed = sum(fault == IT_PASSED for result in results for fault in result.faults)
    slowest = max((result.seconds for result in results), default=0.0)
    faults = sum(len(result.faults) for result in results)
    return f"{section:<12}{len(results):>7}{passed:>8}{slowest:>8.1f} s{faults:>8}"

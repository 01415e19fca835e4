from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from grader.cli.errors import Border, Breakdown, WrongInput
from grader.errors import ChallengeError, SandboxError, SubmissionError

Start = Callable[..., subprocess.Popen[str]]


@pytest.mark.parametrize(
    ("error", "shown", "code"),
    [
        (ChallengeError("bad key"), WrongInput, 2),
        (SubmissionError("no such file"), WrongInput, 2),
        (SandboxError("no engine"), Breakdown, 3),
        (ZeroDivisionError("division by zero"), Breakdown, 3),
    ],
)
def test_errors_become_a_message_and_an_exit_code(
    error: Exception, shown: type[click.ClickException], code: int
) -> None:
    with pytest.raises(shown) as caught, Border():
        raise error
    assert caught.value.exit_code == code
    assert str(error) in caught.value.message


def test_an_unforeseen_error_says_how_to_learn_more() -> None:
    with pytest.raises(Breakdown, match="GRADER_LOG=debug") as caught, Border():
        raise ZeroDivisionError("x")
    assert "says nothing about the submission" in caught.value.message


def test_messages_are_stripped_of_escape_sequences() -> None:
    with pytest.raises(WrongInput) as caught, Border():
        raise SubmissionError("cannot read \x1b[2J\x1b]0;title\x07evil\u202e.py")
    assert caught.value.message == "cannot read evil.py"


def test_what_is_no_error_passes() -> None:
    with Border():
        pass
    with pytest.raises(click.exceptions.Exit), Border():
        raise click.exceptions.Exit(1)
    with pytest.raises(click.UsageError, match="mine"), Border():
        raise click.UsageError("mine")


def test_a_broken_bank_ends_with_2_and_a_message_on_standard_error(bank: Path, start: Start) -> None:
    (bank / "challenges" / "add-numbers" / "challenge.toml").write_text("format = 1\n", encoding="utf-8")
    process = start("list", "--bank", bank)
    out, err = process.communicate()
    assert process.returncode == 2
    assert out == ""
    assert err.startswith("Error: ")
    assert "challenge.toml: title: is missing" in err
    assert "Traceback" not in err


def test_with_debug_the_traceback_is_shown_too(bank: Path, start: Start) -> None:
    process = start("show", "nothing", "--bank", bank, GRADER_LOG="debug")
    _, err = process.communicate()
    assert process.returncode == 2
    assert "Traceback" in err
    assert "Error: there is no challenge called 'nothing'" in err


def test_a_reader_that_goes_away_is_no_error_message(bank: Path, start: Start) -> None:
    process = start(
        "list", "--bank", bank, PYTHONUNBUFFERED=""
    )  # what is buffered is flushed at the end, too
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 141
    assert err == ""


@pytest.mark.parametrize(
    ("number", "code", "message"), [(signal.SIGINT, 130, "Interrupted.\n"), (signal.SIGTERM, 143, "")]
)
def test_a_signal_ends_it_without_a_traceback(
    bank: Path, start: Start, number: signal.Signals, code: int, message: str
) -> None:
    """The manifest is a pipe: opening its other end waits until the command is reading it."""
    pipe = bank / "challenges" / "add-numbers" / "challenge.toml"
    pipe.unlink()
    os.mkfifo(pipe)
    process = start("list", "--bank", bank)
    with pipe.open("w"):
        process.send_signal(number)
        out, err = process.communicate()
    assert process.returncode == code
    assert out == ""
    assert err == message

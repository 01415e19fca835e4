"""The command with something typed into it, in this process or as a program of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

from click.testing import CliRunner

from grader.cli.main import command


def typed(
    *arguments: str | Path, keys: str = "", cwd: Path | None = None, **environment: str
) -> CompletedProcess[str]:
    """`grader` with arguments in this process; `keys` come through a pipe, not from a terminal."""
    words = [str(one) for one in arguments]
    with contextlib.chdir(cwd or Path.cwd()):
        done = CliRunner().invoke(command, words, prog_name="grader", input=keys, env=environment)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


def program(*arguments: str | Path, keys: str = "", **environment: str) -> CompletedProcess[str]:
    """The same as a program, with real streams."""
    return subprocess.run(
        [sys.executable, "-m", "grader", *map(str, arguments)],
        input=keys,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | environment,
        timeout=60,
    )

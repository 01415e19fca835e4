"""Settings as the defaults of options: click asks `Context.default_map` after flags and variables."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from grader.cli.state import open_store, store_if_any
from grader.settings import Setting, Settings, SettingsError, read, user_folder

# Commands in which a bank's code runs outside the sandbox, or that prepare for it.
RUNNING = frozenset({"grade", "check", "watch", "start", "solution", "bank"})


def default_map(command: click.Command, name: str) -> dict[str, Any]:
    """What `Context.default_map` of the group is to be when the command `name` runs. Raises SettingsError."""
    found = read(Path.cwd(), os.environ, user_folder(os.environ))
    return {name: _for(command, found, running=name in RUNNING)}


def _for(command: click.Command, settings: Settings, *, running: bool) -> dict[str, Any]:
    """The settings that are options of a command, by the names of its parameters."""
    values: dict[str, Any] = {}
    for option in command.params:
        setting = _setting_of(option, settings) if isinstance(option, click.Option) else None
        if option.name is not None and setting is not None:
            # Click calls it where no flag and no variable has the word.
            values[option.name] = partial(_trusted, setting) if running else _typed(setting)
    if isinstance(command, click.Group):
        values |= {name: _for(one, settings, running=running) for name, one in command.commands.items()}
    return values


def _setting_of(option: click.Option, settings: Settings) -> Setting | None:
    key = next((word[2:] for word in option.opts if word.startswith("--")), "")
    setting = settings.get("progress" if key == "no-progress" else key)
    choices = option.type.choices if isinstance(option.type, click.Choice) else None
    # Not every command has every choice: `doctor` tries one sandbox, `bank check` may try all.
    return None if setting is None or (choices is not None and setting.value not in choices) else setting


def _typed(setting: Setting) -> Any:
    """The value as click would read it from the command line."""
    if setting.key == "progress":
        return not setting.value
    return str(setting.value) if isinstance(setting.value, Path) else setting.value


def _trusted(setting: Setting) -> Any:
    """The value. The user must vouch for a project file that could make a candidate's code, or a stranger's
    checks, run unconfined: it may have come with what is to be graded. Raises SettingsError."""
    unconfined = setting.key == "bank" or (setting.key, setting.value) == ("sandbox", "process")
    if setting.origin == "project" and unconfined and not _is_trusted(Path(setting.source)):
        message = (
            f"{setting.source} sets {setting.key} = {_typed(setting)!r}, so code would run outside a sandbox."
        )
        if not sys.stdin.isatty():
            raise SettingsError(
                f"{message} Run this on a terminal once to trust the file, or use the option or the "
                "environment variable instead."
            )
        click.echo(message, err=True)
        click.confirm("Do you trust this file?", abort=True, err=True)
        trust(Path(setting.source))
    return _typed(setting)


def _is_trusted(file: Path) -> bool:
    """Whether the user has said so, of the file as it is now."""
    with store_if_any() as store:
        return store is not None and store.recall(f"trust:{file}") == _digest(file)


def trust(file: Path) -> None:
    """Remember that the grader made this file."""
    with open_store() as store:
        store.remember(f"trust:{file.absolute()}", _digest(file))


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()

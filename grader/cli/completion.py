"""`grader completion`."""

from __future__ import annotations

from typing import Literal

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: Literal["bash", "zsh", "fish"]) -> None:
    """Print a script that completes commands, options and challenges in SHELL.

    \b
    bash   add to ~/.bashrc:  eval "$(grader completion bash)"
    zsh    add to ~/.zshrc:   eval "$(grader completion zsh)"
    fish   run once:          grader completion fish > ~/.config/fish/completions/grader.fish

    Then open a new shell.
    """
    complete = get_completion_class(shell)
    assert complete is not None
    click.echo(complete(ctx.find_root().command, {}, "grader", "_GRADER_COMPLETE").source())

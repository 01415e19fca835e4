"""The group `grader` and the program's entry point."""

from __future__ import annotations

import importlib
import logging
import os
import signal
import sys
from collections.abc import Mapping
from types import FrameType
from typing import Any, NoReturn

import click
from click.shell_completion import CompletionItem

from grader.cli.appearance import print_anywhere
from grader.cli.errors import Border
from grader.version import version

# Name -> where its `command` is, and what it does; the help of the group is printed from here.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "start": ("grader.cli.start", "Make a folder to solve a challenge in."),
    "check": ("grader.cli.check", "Run the visible checks on your answer."),
    "watch": ("grader.cli.watch", "Check your answer at each save."),
    "grade": ("grader.cli.grade", "Grade a submission and print the report."),
    "hint": ("grader.cli.hint", "Show one more hint."),
    "answer": ("grader.cli.answer", "Show the model answer to the interview question."),
    "solution": ("grader.cli.solution", "Compare your answer with the bank's solutions."),
    "list": ("grader.cli.catalogue", "List the challenges."),
    "show": ("grader.cli.show", "Show a challenge's interview question and brief."),
    "progress": ("grader.cli.standing", "Show how far you have come."),
    "quiz": ("grader.cli.quiz", "Practise the spoken part with the questions as cards."),
    "reset": ("grader.cli.reset", "Forget what was recorded of a challenge, or of all."),
    "export": ("grader.cli.state_export", "Write what was recorded to a file."),
    "import": ("grader.cli.state_import", "Add what another machine recorded."),
    "bank": ("grader.cli.bank", "Make challenges and prove that they do what they promise."),
    "doctor": ("grader.cli.doctor", "Say which sandbox would be used here and what it denies."),
    "redteam": ("grader.cli.redteam", "Attack the sandbox of this machine to see that it holds."),
    "image": ("grader.cli.image", "Build, list and remove the Docker images."),
    "completion": ("grader.cli.completion", "Print a script that completes commands in a shell."),
}


class Commands(click.Group):
    """A group that loads a command's file when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise click.exceptions.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx)
        name, found, rest = super().resolve_command(ctx, args)
        asks_for_help = not {"-h", "--help"}.isdisjoint(rest)
        if name is not None and found is not None and not (ctx.resilient_parsing or asks_for_help):
            from grader.cli.defaults import default_map

            ctx.default_map = default_map(found, name)
        return name, found, rest

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """The names from the table, without loading every command; then the options."""
        names = [
            CompletionItem(name, help=summary)
            for name, (_, summary) in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        with Border():
            return super().invoke(ctx)


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"grader {version()}")
        ctx.exit()


@click.command(
    cls=Commands,
    name="grader",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Grade answers to machine-learning coding challenges.

    Hidden checks run outside the sandbox that holds the submission, so it can neither read nor change them.
    Without a command it says where you are and what to do next.

    Exit codes: 0 passed, 1 not passed, 2 wrong usage or input, 3 the grader or the machine failed,
    130 interrupted. GRADER_LOG=debug explains on standard error what happens.
    """
    _configure_logging(os.environ.get("GRADER_LOG", ""))
    if ctx.invoked_subcommand is None:
        from grader.cli.home import show

        show(ctx)


def _configure_logging(level: str) -> None:
    if not level:
        return
    number = logging.getLevelNamesMapping().get(level.upper())
    if number is None:
        raise click.UsageError(f"GRADER_LOG is {level!r}; it may be debug, info, warning or error.")
    logging.basicConfig(stream=sys.stderr, format="%(relativeCreated)6.0f ms %(name)s: %(message)s")
    logging.getLogger("grader").setLevel(number)


def _on_terminate(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)  # unlike the default, this lets sandboxes be removed


def main() -> None:
    """The program `grader`."""
    print_anywhere(sys.stdout, sys.stderr)
    signal.signal(signal.SIGTERM, _on_terminate)
    command(prog_name="grader")

"""Files that reports are written to: `--output report.json` or `--output junit:report.txt`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from grader.cli.errors import INFRASTRUCTURE

SUFFIXES = {
    ".txt": "terminal",
    ".json": "json",
    ".xml": "junit",
    ".md": "markdown",
    ".html": "html",
    ".csv": "csv",
}
FORMATS = tuple(SUFFIXES.values())


class NotWritten(click.FileError):
    """A report that could not be written. Click's own exit code would say "not passed"."""

    exit_code = INFRASTRUCTURE


@dataclass(frozen=True, slots=True)
class Output:
    """A report's format and file."""

    format: str
    path: Path

    def write(self, text: str) -> None:
        """Write all of it or nothing: whoever watches the file never sees half a report."""
        direct = self.path.exists() and not self.path.is_file()  # a device or a pipe
        target = self.path if direct else self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            try:
                target.write_text(text, encoding="utf-8", newline="")
                if not direct:
                    os.replace(target, self.path)
            finally:
                if not direct:
                    target.unlink(missing_ok=True)
        except OSError as error:
            raise NotWritten(str(self.path), error.strerror) from error


class Outputs(click.ParamType[Output]):
    """`FILE`, its format told by its suffix, or `FORMAT:FILE`."""

    name = "[FORMAT:]FILE"

    def __init__(self, suffixes: Mapping[str, str] = SUFFIXES) -> None:
        self.suffixes = suffixes
        self.formats = tuple(dict.fromkeys(suffixes.values()))

    def convert(
        self, value: str | Output, param: click.Parameter | None, ctx: click.Context | None
    ) -> Output:
        if isinstance(value, Output):
            return value
        before, colon, after = value.partition(":")
        named = bool(colon) and before in self.formats
        path = Path(after if named else value)
        format_ = before if named else self.suffixes.get(path.suffix.lower())
        if format_ is None:
            self.fail(
                f"{value!r}: the name should end in {', '.join(self.suffixes)}, or say FORMAT:FILE "
                f"with one of {', '.join(self.formats)}.",
                param,
                ctx,
            )
        # Told now and not after minutes of grading.
        if not path.parent.is_dir():
            self.fail(f"there is no folder {str(path.parent)!r} to write {path.name!r} in.", param, ctx)
        if path.is_dir():
            self.fail(f"{str(path)!r} is a folder.", param, ctx)
        return Output(format_, path)

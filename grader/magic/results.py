"""What `%grader` hands to IPython: rich in a notebook, plain text in a terminal."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Any

from grader.cli import appearance
from grader.model import Report
from grader.report import render
from grader.report.redact import view


@dataclass(frozen=True, slots=True)
class Result:
    """A report. `about` says what was graded; `part`, of a report on some checks, what may be done next."""

    report: Report
    about: str
    part: str | None = None

    def _repr_html_(self) -> str:
        from grader.report import html

        return html.fragment(view(self.report, "candidate"), note=self.about, part=self.part)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))

    def __str__(self) -> str:
        # A notebook's stream says that it is a terminal, but keeps what it gets for the next reader.
        terminal = sys.stdout is sys.__stdout__
        options = appearance.of(sys.stdout, os.environ) if terminal else appearance.PLAIN
        text = render(self.report, "terminal", "candidate", part=self.part, **options)
        return f"{self.about}\n\n{text}".rstrip("\n")


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Markdown."""

    markdown: str

    def _repr_markdown_(self) -> str:
        return self.markdown

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(self.markdown)

    def __str__(self) -> str:
        return self.markdown

"""One report, many renderings.

`render` first makes the view of the report that its audience may see, then hands it to the renderer. A
renderer is imported when it is used: each brings a library that the others do not need.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from grader.model import Feedback, Report
from grader.report.redact import Audience, View, view


def _terminal(shown: View, **options: Any) -> str:
    from grader.report import terminal

    return terminal.render(shown, **options)


def _json(shown: View) -> str:
    from grader.report import json

    return json.render(shown)


def _junit(shown: View) -> str:
    from grader.report import junit

    return junit.render(shown)


def _markdown(shown: View) -> str:
    from grader.report import markdown

    return markdown.render(shown)


def _html(shown: View) -> str:
    from grader.report import html

    return html.render(shown)


def _csv(shown: View) -> str:
    from grader.report import table

    return table.render(shown)


RENDERERS: Mapping[str, Callable[..., str]] = {
    "terminal": _terminal,
    "json": _json,
    "junit": _junit,
    "markdown": _markdown,
    "html": _html,
    "csv": _csv,
}


def render(
    report: Report, format: str, audience: Audience, feedback: Feedback | None = None, **options: Any
) -> str:
    """The report in a format, for an audience; ends with a newline.

    `feedback`: how much of the hidden checks a candidate is told, if not what the challenge says.

    Options are the renderer's: `terminal` takes `width` (columns), `color` and `unicode`; others take none.
    Raises ValueError for an unknown format.
    """
    if format not in RENDERERS:
        raise ValueError(f"no report format {format!r}; there are {', '.join(RENDERERS)}")
    return RENDERERS[format](view(report, audience, feedback), **options)

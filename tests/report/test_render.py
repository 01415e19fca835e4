"""The door to the renderers, and the golden reports in tests/cases/reports.

After a wanted change run `GRADER_UPDATE_CASES=1 python -m pytest tests/report/test_render.py`, then read the
difference.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.model import Report
from grader.report import RENDERERS, render

CASES = Path(__file__).parents[1] / "cases" / "reports"
Samples = Mapping[str, Callable[[], Report]]


def golden(report: Report) -> dict[str, str]:
    terminal = {
        "candidate.txt": "\n".join(
            render(report, "terminal", "candidate", width=width) for width in (100, 80, 40)
        ),
        "staff.txt": render(report, "terminal", "staff", width=80, unicode=False),
    }
    return terminal | {f"{who}.json": render(report, "json", who) for who in ("candidate", "staff")}  # type: ignore[arg-type]


def test_reports_look_as_they_did(samples: Samples) -> None:
    wanted = {
        f"{name}.{kind}": text for name, make in samples.items() for kind, text in golden(make()).items()
    }
    if os.environ.get("GRADER_UPDATE_CASES"):
        CASES.mkdir(parents=True, exist_ok=True)
        for name, text in wanted.items():
            (CASES / name).write_text(text, encoding="utf-8")
    assert {path.name for path in CASES.iterdir()} == set(wanted)
    for name, text in wanted.items():
        assert (CASES / name).read_text(encoding="utf-8") == text, name


@pytest.mark.parametrize("format", RENDERERS)
def test_every_format_renders_every_report(sample: Report, format: str) -> None:
    for audience in ("candidate", "staff"):
        text = render(sample, format, audience)  # type: ignore[arg-type]
        assert text.endswith("\n")
        assert "\x1b" not in text


def test_an_unknown_format_is_an_error_that_names_the_known_ones(samples: Samples) -> None:
    with pytest.raises(ValueError, match="terminal, json, junit, markdown, html, csv"):
        render(samples["all-passed"](), "pdf", "staff")


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("grader.report", ("rich", "junitparser", "pydantic")),
        ("grader.report.json", ("rich", "junitparser", "pydantic")),
        ("grader.report.terminal", ("junitparser", "pydantic")),
        ("grader.report.junit", ("rich", "pydantic")),
    ],
)
def test_a_renderer_brings_only_its_own_library(module: str, absent: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(*sorted(set(sys.modules) & {set(absent)!r}))"
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert run.stdout.split() == []

"""The table that a run of the tests ends with: what hostile submissions, frames and faults came to."""

from __future__ import annotations

import pytest

from grader.redteam import figures

SANDBOXES = pytest.StashKey[list[figures.Figures]]()
FRAMES = pytest.StashKey[int]()
FAULTS = "grading/test_faults"


def table(config: pytest.Config, reports: list[pytest.TestReport]) -> str:
    """What was measured in this run, as Markdown; empty if nothing was. `reports`: of tests that passed."""
    lines = []
    if measured := config.stash.get(SANDBOXES, []):
        lines.append(figures.markdown(measured))
    if frames := config.stash.get(FRAMES, 0):
        lines.append(f"Frames that gave the decoder a value or a ProtocolError: {frames:,} of {frames:,}")
    faults = sum(FAULTS in report.nodeid and report.when == "call" for report in reports)
    if faults and lines:
        lines.append(f"Faults of the machine after which the verdict was right: {faults}")
    return "\n".join(lines)

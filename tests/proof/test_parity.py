"""The section `parity` finds a solution that fares differently in another sandbox."""

from __future__ import annotations

import pytest
from tests_sandboxes import usable

from grader.proof import parity

pytestmark = pytest.mark.bubblewrap
LOOKS = "import os\n\nHERE = os.path.isdir('/root') or os.path.isdir('/home')\n"


@pytest.fixture(autouse=True)
def two_sandboxes() -> None:
    usable("bubblewrap")


def test_a_fresh_challenge_fares_alike(fresh, runs):
    both = {name: runs(fresh, name) for name in ("process", "bubblewrap")}
    assert parity.check(fresh.subject(), both) == []


def test_a_solution_that_looks_where_it_runs_is_found(fresh, runs):
    fresh.change(
        "reference.py",
        ("import numpy as np\n", f"import numpy as np\n{LOOKS}"),
        ("float(known.mean())", "float(known.mean()) + HERE"),
    )
    both = {name: runs(fresh, name) for name in ("process", "bubblewrap")}
    found = [str(finding) for finding in parity.check(fresh.subject(), both)]
    assert (
        "parity: reference.py: hidden/test_mean_of_known.py::test_one_number is failed in process, passed in bubblewrap"
        in found
    )
    assert "parity: reference.py: is failed in process, passed in bubblewrap" in found

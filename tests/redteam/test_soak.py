"""Many submissions in one process."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests_sandboxes import usable

from grader.redteam import soak as soaking
from grader.redteam.soak import slope, soak


@pytest.mark.bubblewrap
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_sixty_submissions_in_one_process_end_as_they_should(attacks, solutions):
    usable("bubblewrap")
    told: list[str] = []
    found = soak("bubblewrap", None, attacks, solutions, 60, told.append)
    assert found.wrong == ()
    assert found.left == ()
    assert (found.submissions, found.hostile) == (60, 6)
    assert found.memory_end - found.memory_start < 40
    assert told


@pytest.mark.bubblewrap
def test_a_wrong_verdict_is_found(attacks, solutions, tmp_path):
    """The reference in the place of a wrong solution, and a wrong one in its place."""
    usable("bubblewrap")
    for path in filter(Path.is_file, solutions.iterdir()):
        other = {
            "reference.py": "wrong_arithmetic_mean.py",
            "wrong_arithmetic_mean.py": "reference.py",
        }.get(path.name, path.name)
        (tmp_path / other).write_bytes(path.read_bytes())
    found = soak("bubblewrap", None, attacks, tmp_path, 20)
    assert {line.partition(":")[0] for line in found.wrong} >= {"reference.py", "wrong_arithmetic_mean.py"}
    assert not found.held


def test_growth_is_told_from_noise():
    assert slope([(0, 5.0), (10, 5.0), (20, 5.0)]) == 0
    assert slope([(0, 0.0), (10, 95.0), (20, 205.0), (30, 300.0)]) == pytest.approx(10.1)
    assert slope([(3, 1.0), (3, 2.0)]) == 0
    kept = {
        "sandbox": "x",
        "submissions": 9,
        "hostile": 1,
        "seconds": 1.0,
        "memory_start": 1,
        "memory_end": 2,
    }
    assert soaking.Soak(**kept, wrong=(), left=(), slope_kib=1.0).held
    assert not soaking.Soak(**kept, wrong=(), left=(), slope_kib=soaking.SLOPE_KIB).held
    assert not soaking.Soak(**kept, wrong=(), left=("1 processes are left",), slope_kib=0.0).held

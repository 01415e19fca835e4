"""The section `verdicts` finds solutions that do not get what `expect.toml` promises."""

from __future__ import annotations

import pytest

from grader.proof import verdicts

NAME = "mean_of_known"
FAULTS = {
    "wrong reference": (
        lambda f: f.change("reference.py", ("known.mean()", "known.mean() + 1")),
        "reference.py: must earn everything, but earns 4 of 9",
    ),
    "wrong alternative": (
        lambda f: f.change("alternative_loop.py", ("return total / count", "return total")),
        "alternative_loop.py: must earn everything",
    ),
    "wrong one passes": (
        lambda f: f.change("wrong_median.py", ("np.median(known)", "np.mean(known)")),
        "wrong_median.py: must not pass (the median instead of the mean)",
    ),
    "rejected by another check": (
        lambda f: f.change("expect.toml", ("test_no_number_is_known", "test_one_number")),
        f"wrong_no_error.py: is not rejected by hidden/test_{NAME}.py::test_one_number",
    ),
    "unknown check": (
        lambda f: f.change("expect.toml", ("test_no_number_is_known", "test_nothing")),
        "names what does not exist: hidden/test_mean_of_known.py::test_nothing",
    ),
    "starter that earns": (
        lambda f: f.change("starter/solution.py", ("raise NotImplementedError", "raise ValueError")),
        "starter/solution.py: must earn nothing, but earns 3 points",
    ),
    "starter that does not load": (
        lambda f: f.change("starter/solution.py", ("import numpy", "import nothing_there\nimport numpy")),
        "starter/solution.py: does not load",
    ),
}


def test_a_fresh_challenge_keeps_its_promises(fresh, runs):
    assert verdicts.check(fresh.subject(), runs(fresh)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_promise_is_found(fresh, runs, fault):
    breaking, message = FAULTS[fault]
    breaking(fresh)
    found = [str(finding) for finding in verdicts.check(fresh.subject(), runs(fresh))]
    assert len(found) >= 1
    assert any(message in line for line in found), found

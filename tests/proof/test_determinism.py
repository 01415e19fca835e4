"""The section `determinism` finds checks that draw elsewhere, or that hand something on to the next."""

from __future__ import annotations

from grader.proof import determinism
from grader.proof.runs import FIXED

CHECKS = "checks/hidden/test_mean_of_known.py"
HANDED_ON = '''

SEEN = []


def test_first(candidate):
    """The first."""
    SEEN.append(1)
    close(candidate.mean_of_known(np.array([1.0])), 1.0)


def test_second(candidate):
    """The second."""
    close(candidate.mean_of_known(np.array([1.0])), float(len(SEEN)))
'''


def check(fresh, runs):
    one = runs(fresh)
    reordered = one.session.grade(
        fresh.challenge.name, fresh.subject().reference, seed=FIXED, select=lambda c: c[::-1]
    )
    return [str(finding) for finding in determinism.check(fresh.subject(), one, reordered)]


def test_a_fresh_challenge_repeats_itself(fresh, runs):
    assert check(fresh, runs) == []


def test_a_metric_that_is_drawn_elsewhere_is_found(fresh, runs):
    fresh.with_metric("np.random.default_rng().random()")
    found = check(fresh, runs)
    assert any(
        "reference.py: graded twice with one seed: hidden/test_error.py::test_error records" in line
        for line in found
    )


def test_state_that_checks_share_is_found(fresh, runs):
    with (fresh.challenge / CHECKS).open("a") as file:
        file.write(HANDED_ON)
    found = check(fresh, runs)
    assert any(
        "in another order: hidden/test_mean_of_known.py::test_second is passed and failed" in line
        for line in found
    )
    assert not any("graded twice" in line for line in found)


def test_a_failure_text_that_changes_is_found(fresh, runs):
    fresh.change(
        CHECKS,
        (
            "close(candidate.mean_of_known(values), mean(values), rtol=1e-9)\n\n\ndef test_one",
            "import os\n    raise AssertionError(os.urandom(8).hex())\n\n\ndef test_one",
        ),
    )
    assert any("has another text" in line for line in check(fresh, runs))

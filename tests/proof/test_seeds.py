"""The section `seeds`: verdicts that depend on the seed, and thresholds without room, are found."""

from __future__ import annotations

import pytest

from grader.proof import calibration, seeds

STEADY = "abs(found - values.mean()) + 0.1 * rng.random()"


def messages(fresh, runs, count=4):
    found, headroom = seeds.check(fresh.subject(), runs(fresh), count)
    return [str(finding) for finding in found], headroom


def test_a_fresh_challenge_agrees_under_every_seed(fresh, runs):
    found, headroom = messages(fresh, runs)
    assert (found, headroom) == ([], ())


def test_a_threshold_with_room_is_left_alone(fresh, runs):
    fresh.with_metric(STEADY)
    found, [error] = messages(fresh, runs)
    assert found == []
    assert error.seeds == 4
    assert error.reference.worst < 0.1
    assert [spread.file for spread in error.baselines] == ["wrong_zero.py"]
    assert error.baselines[0].best > 3.0
    assert error.deviations_above > 1.0
    assert error.deviations_below > 1.0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("full = 0.5", "full = 0.07"), "error: full = 0.07 is too tight: reference.py reaches 0.0626"),
        (("passing = 1.0", "passing = 4.4"), "error: passing = 4.4 is too loose: wrong_zero.py reaches"),
    ],
)
def test_a_threshold_without_room_is_found(fresh, runs, change, message):
    fresh.with_metric(STEADY)
    fresh.change("challenge.toml", change)
    found, _ = messages(fresh, runs)
    assert any(message in line for line in found), found


def test_a_right_solution_that_fails_under_some_seed_is_found(fresh, runs):
    fresh.change(
        "reference.py", ("return float(known.mean())", "return float(known.mean() * (1 + (known[0] > 2.5)))")
    )
    found, _ = messages(fresh, runs, 3)
    assert any(line.startswith("seeds: reference.py, seed ") for line in found), found


def test_a_wrong_solution_that_is_rejected_by_luck_is_found(fresh, runs):
    fresh.change("expect.toml", ("wrong_median.py", "wrong_lucky.py"))
    (fresh.solutions / "wrong_lucky.py").write_text(
        (fresh.solutions / "reference.py")
        .read_text()
        .replace("float(known.mean())", "float(known.mean() + (len(known) == 9 and known[0] > 3))")
    )
    found, _ = messages(fresh, runs, 3)
    assert any("wrong_lucky.py, seed " in line for line in found), found


def test_a_baseline_that_records_nothing_is_found(fresh, runs):
    fresh.with_metric(STEADY)
    (fresh.solutions / "wrong_zero.py").write_text("def mean_of_known(values):\n    return None\n")
    found, [error] = messages(fresh, runs)
    assert error.baselines == ()
    assert any("wrong_zero.py: is a baseline of error, but" in line for line in found), found


def test_figures_that_are_kept_must_be_those_of_today(fresh, runs):
    fresh.with_metric(STEADY)
    measured = seeds.measure(fresh.subject(), runs(fresh), 4).headroom
    kept = fresh.challenge / "calibration.toml"
    kept.write_text(calibration.render(measured))
    found, _ = messages(fresh, runs)
    assert [line.partition(": ")[2] for line in found] == [
        "calibration.toml: error: is from 4 seeds; 20 or more are wanted; run `grader bank update`"
    ]
    kept.write_text(kept.read_text().replace("seeds = 4", "seeds = 20").replace("full = 0.5", "full = 0.4"))
    found, _ = messages(fresh, runs)
    assert len(found) == 1
    assert "has other thresholds than challenge.toml" in found[0]
    lines = [
        line if "reference_worst" not in line else "reference_worst = 0.8"
        for line in kept.read_text().splitlines()
    ]
    kept.write_text("\n".join(lines).replace("full = 0.4", "full = 0.5"))
    found, _ = messages(fresh, runs)
    assert len(found) == 1
    assert "says reference_worst = 0.8, but now it is" in found[0]
    kept.write_text("format = 1\nmetrics = []\nmore = 1\n")
    found, _ = messages(fresh, runs)
    assert [line for line in found if "calibration.toml: more: is not a known key" in line]

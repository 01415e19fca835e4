"""Figures of metrics: distances, the file that keeps them, and its schema."""

from __future__ import annotations

import math
import tomllib

import pytest

from grader.model import Metric
from grader.proof import calibration, expect
from grader.proof.calibration import Calibration, differences, render
from grader.proof.headroom import Headroom, Spread
from grader.resources import folder

LOWER = Metric("error", "Error", "lower", zero=1.0, passing=0.6, full=0.5, points=2)
HIGHER = Metric("gain", "Gain", "higher", zero=0.1, passing=0.6, full=0.7, points=2)


def headroom(metric: Metric, right: tuple[float, ...], baseline: tuple[float, ...]) -> Headroom:
    return Headroom(
        metric,
        len(right),
        Spread("reference.py", metric, right),
        (Spread("alternative_a.py", metric, right),),
        (
            Spread("wrong_far.py", metric, tuple(2 * one for one in baseline)),
            Spread("wrong_near.py", metric, baseline),
        ),
    )


def test_what_is_better_decides_which_end_is_the_worst():
    low, high = Spread("a.py", LOWER, (0.2, 0.4)), Spread("a.py", HIGHER, (0.8, 0.9))
    assert (low.worst, low.best, high.worst, high.best) == (0.4, 0.2, 0.8, 0.9)
    assert low.above_full == pytest.approx(0.1)
    assert high.above_full == pytest.approx(0.1)
    assert low.deviation == pytest.approx(0.1)
    assert low.in_deviations(low.above_full) == pytest.approx(1.0)
    assert low.below_passing == pytest.approx(-0.4)
    assert high.below_passing == pytest.approx(-0.3)


def test_without_noise_any_room_is_enough_and_none_is_not():
    still = Spread("a.py", LOWER, (0.5, 0.5))
    assert still.in_deviations(0.1) == math.inf
    assert still.in_deviations(0.0) == 0.0
    assert still.in_deviations(-0.1) == -math.inf


def test_the_file_has_the_nearest_baseline_and_reads_back():
    text = render([headroom(LOWER, (0.3, 0.41234), (0.9, 0.8))])
    kept = Calibration.model_validate(tomllib.loads(text))
    [figures] = kept.metrics
    assert (figures.reference_worst, figures.reference_best, figures.baseline) == (
        0.412,
        0.3,
        "wrong_near.py",
    )
    assert (figures.baseline_worst, figures.baseline_best) == (0.9, 0.8)
    assert list(differences(kept, [headroom(LOWER, (0.3, 0.41234) * 10, (0.9, 0.8))])) == [
        "error: is from 2 seeds; 20 or more are wanted"
    ]


def test_figures_of_another_metric_are_noticed():
    kept = Calibration.model_validate(tomllib.loads(render([headroom(LOWER, (0.3,) * 20, (0.9,) * 20)])))
    lines = list(differences(kept, [headroom(HIGHER, (0.8,) * 20, (0.2,) * 20)]))
    assert lines == ["has the metrics error, but challenge.toml has gain"]


def test_a_metric_without_a_baseline_has_no_figures():
    one = headroom(LOWER, (0.3,), (0.9,))
    with pytest.raises(ValueError, match="needs an alternative and a baseline"):
        render([Headroom(LOWER, 1, one.reference, one.alternatives, ())])


@pytest.mark.parametrize("module", [expect, calibration])
def test_the_published_schema_is_that_of_the_code(module):
    name = module.__name__.rpartition(".")[2]
    published = (folder("schemas") / f"{name}-v1.schema.json").read_text(encoding="utf-8")
    assert published == module.schema(), f"run: python -m {module.__name__} > schemas/{name}-v1.schema.json"

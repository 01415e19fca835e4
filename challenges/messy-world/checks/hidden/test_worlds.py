"""Three worlds that were never seen: one model each for the whole file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from oracle import average_precision, f1_of_names, recall_at
from worlds import Strikes, World, draw_live, draw_strikes, draw_world

from grader.checks import array, between, holds, text

WORLDS = 3
PRECISION = 0.3
LIVE, CALM = 6000, 4000  # rows


@dataclass(frozen=True)
class Case:
    """A world, its tables, and the features that have drifted in `live`."""

    world: World
    table: pd.DataFrame
    live: Strikes
    calm: Strikes
    moved: list[str]


@pytest.fixture(scope="module")
def cases(shared_rng: np.random.Generator) -> list[Case]:
    drawn = []
    for _ in range(WORLDS):
        world = draw_world(shared_rng)
        live, moved = draw_live(world, LIVE, shared_rng)
        calm, _ = draw_live(world, CALM, shared_rng, drifts=0)
        drawn.append(Case(world, draw_strikes(world, 6000, shared_rng).table, live, calm, moved))
    return drawn


@pytest.fixture(scope="module")
def models(shared_candidate, cases):
    return [shared_candidate.train(case.table) for case in cases]


@pytest.fixture(scope="module")
def scores(shared_candidate, cases, models):
    """What the candidate predicts for the drifted live rows of each world."""
    return [
        shared_candidate.predict_proba(model, case.live.table)
        for model, case in zip(models, cases, strict=True)
    ]


@pytest.fixture(scope="module")
def calm_scores(shared_candidate, cases, models):
    """What the candidate predicts for live rows that have not drifted."""
    return [
        shared_candidate.predict_proba(model, case.calm.table)
        for model, case in zip(models, cases, strict=True)
    ]


@pytest.mark.hint("Which columns are known when the prediction is made? And what does accuracy reward here?")
def test_average_precision(cases, scores, metric):
    """Damaged rows come first, also after drift."""
    ratios = []
    for case, answer in zip(cases, scores, strict=True):
        found = average_precision(case.live.damaged, array(answer, shape=(LIVE,)))
        ratios.append(found / average_precision(case.live.damaged, case.live.best))
    metric("average_precision", float(np.mean(ratios)))


@pytest.mark.hint("A threshold needs something to choose from: probabilities, not decisions.")
def test_recall_at_a_precision(cases, scores, metric):
    """Most damaged rows are found while 30 % of the flagged ones are damaged."""
    ratios = []
    for case, answer in zip(cases, scores, strict=True):
        found = recall_at(case.live.damaged, array(answer, shape=(LIVE,)), PRECISION)
        ratios.append(found / recall_at(case.live.damaged, case.live.best, PRECISION))
    metric("recall", float(np.mean(ratios)))


@pytest.mark.points(3)
@pytest.mark.hint("Resampling and class weights change the base rate, and with it every probability.")
def test_sum_of_the_probabilities(cases, calm_scores):
    """Without drift, the probabilities add up to about the number of damaged rows."""
    predicted = sum(float(array(answer, shape=(CALM,)).sum()) for answer in calm_scores)
    between(predicted / sum(int(case.calm.damaged.sum()) for case in cases), 0.6, 1.6)


@pytest.mark.points(2)
@pytest.mark.hint("Once a hole is filled in, does the model still know that it was there?")
def test_holes_that_tell(cases, calm_scores):
    """Where the telling column is missing, damage is more likely, and the probabilities say so."""
    predicted, damaged = 0.0, 0
    for case, answer in zip(cases, calm_scores, strict=True):
        holes = case.calm.table[case.world.telling].isna().to_numpy()
        predicted += float(array(answer, shape=(CALM,))[holes].sum())
        damaged += int(case.calm.damaged[holes].sum())
    between(predicted / damaged, 0.6, 1.6)


def test_probabilities_are_from_0_to_1(scores):
    """Every prediction is from 0 to 1, and they differ from row to row."""
    for answer in scores:
        found = array(answer, shape=(LIVE,))
        between(float(found.min()), 0.0, 1.0)
        between(float(found.max()), 0.0, 1.0)
        holds(len(np.unique(found)) > 1000, "there are more than 1000 different probabilities")


@pytest.mark.hint("Not whether a difference is significant, but whether it is large.")
def test_names_of_the_drifted_features(shared_candidate, cases, metric):
    """The features that have drifted are named, and no others."""
    found = []
    for case in cases:
        answer = shared_candidate.drifted(case.table, case.live.table)
        holds(type(answer) is list, "drifted returns a list")
        found.append(f1_of_names([text(name) for name in answer], case.moved))
    metric("drift", float(np.mean(found)))

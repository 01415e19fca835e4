"""How near the filled values come to the true ones, on three colonies that were never seen."""

from __future__ import annotations

import numpy as np
import pytest
from oracle import categories_error, no_holes, numbers_error
from worlds import draw_colony

from grader.checks import frame

COLONIES = 3


@pytest.fixture(scope="module")
def results(shared_candidate, shared_rng: np.random.Generator):
    """For each colony: what the candidate filled in, and the colony."""
    colonies = [draw_colony(shared_rng) for _ in range(COLONIES)]
    return [
        (shared_candidate.impute(shared_candidate.fit_imputer(colony.train), colony.table), colony)
        for colony in colonies
    ]


@pytest.mark.hint("The other cells of the row tell a lot: species, sex and the other measurements.")
def test_numbers_are_near_the_truth(results, metric):
    """Filled numbers come closer to the true ones than the mean does."""
    errors = []
    for filled, colony in results:
        table = frame(filled, like=colony.table)
        no_holes(table)
        errors.append(numbers_error(table, colony))
    metric("imputation_error", float(np.mean(errors)))


@pytest.mark.hint("A category is predicted from its row as well: that is classification.")
def test_categories_are_the_true_ones(results, metric):
    """Filled categories are right more often than the most frequent level."""
    errors = []
    for filled, colony in results:
        table = frame(filled, like=colony.table)
        no_holes(table)
        errors.append(categories_error(table, colony))
    metric("category_error", float(np.mean(errors)))

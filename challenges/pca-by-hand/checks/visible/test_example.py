"""The example of the brief. These checks ship with the task; the hidden ones go further."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks import array, close, equal, raises

X = np.array([[2.0, 0.0], [4.0, 2.0], [6.0, 4.0], [8.0, 2.0]])
BACK = np.array([[1.8, 0.4], [4.2, 1.6], [6.6, 2.8], [7.4, 3.2]])


def test_fit(candidate):
    """Mean, direction and variances of the example."""
    pca = candidate.fit_pca(X, 1)
    equal(set(pca), {"mean", "components", "variances", "total_variance"})
    close(pca["mean"], np.array([5.0, 2.0]))
    close(pca["variances"], np.array([8.0]))
    close(pca["total_variance"], 28 / 3)
    components = array(pca["components"], shape=(1, 2))
    close(components * np.sign(components[0, 0]), np.array([[2.0, 1.0]]) / np.sqrt(5))


def test_there_and_back(candidate):
    """The example's rows, projected onto one component and back."""
    pca = candidate.fit_pca(X, 1)
    close(candidate.inverse_transform(pca, candidate.transform(pca, X)), BACK)


def test_ratio(candidate):
    """The explained variance of the example's first component."""
    close(candidate.explained_variance_ratio(candidate.fit_pca(X, 1)), np.array([6 / 7]))


@pytest.mark.parametrize(("share", "kept"), [(0.8, 1), (0.9, 2)])
def test_share_of_the_variance(candidate, share, kept):
    """A share of 0.8 needs one component, 0.9 needs both."""
    array(candidate.fit_pca(X, share)["components"], shape=(kept, 2))


def test_too_many_components(candidate):
    """More components than columns are an error."""
    with raises(candidate, ValueError):
        candidate.fit_pca(X, 3)

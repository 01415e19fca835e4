"""Data put together from known directions and variances, so that nothing has to be decomposed."""

from __future__ import annotations

import numpy as np

from grader.checks import array, close, equal, holds, number

KEYS = {"mean", "components", "variances", "total_variance"}


class World:
    """n rows whose sample variances along known orthonormal directions are exactly `spectrum`."""

    def __init__(self, rng, n, d, spectrum, offset=1.0, directions=None):
        rank = len(spectrum)
        noise = rng.normal(size=(n, rank))
        scores, _ = np.linalg.qr(noise - noise.mean(axis=0))  # orthonormal, and orthogonal to ones
        if directions is None:
            directions = np.linalg.qr(rng.normal(size=(d, rank)))[0].T
        self.directions = directions
        self.variances = np.asarray(spectrum, dtype=float)
        self.mean = offset * rng.uniform(0.5, 1.0, d) * rng.choice([-1.0, 1.0], d)
        self.X = self.mean + scores * np.sqrt((n - 1) * self.variances) @ self.directions

    def pca(self, k):
        """The dict of the brief with k components."""
        return {
            "mean": self.mean,
            "components": self.directions[:k],
            "variances": self.variances[:k],
            "total_variance": float(self.variances.sum()),
        }

    def shares(self):
        """What the first 1, 2, ... components explain."""
        return np.cumsum(self.variances) / self.variances.sum()


def near(actual, expected, size=0.0):
    """Within 1e-7 of the largest expected value, or of `size` if that is larger."""
    largest = max(float(np.max(np.abs(expected))), size)
    close(actual, expected, rtol=0.0, atol=1e-7 * largest)


def parts(answer, k, d):
    """Mean, components, variances and total variance, once their kinds are sure."""
    holds(type(answer) is dict, "fit_pca returns a dict")
    equal(set(answer), KEYS)
    return (
        array(answer["mean"], shape=(d,)),
        array(answer["components"], shape=(k, d)),
        array(answer["variances"], shape=(k,)),
        number(answer["total_variance"]),
    )


def fits(answer, world, k):
    """Assert that `answer` is the fit of this world with k components, signs aside."""
    mean, components, variances, total = parts(answer, k, len(world.mean))
    near(mean, world.mean)
    near(variances, world.variances[:k])
    near(total, float(world.variances.sum()))
    signs = np.sign(np.sum(components * world.directions[:k], axis=1))
    near(components * signs[:, None], world.directions[:k])


def orthonormal(components):
    near(components @ components.T, np.eye(len(components)))


def coordinates(pca, X):
    """What `transform` must return, one number at a time."""
    return np.array(
        [[sum((row - pca["mean"]) * direction) for direction in pca["components"]] for row in X]
    ).reshape(len(X), -1)


def points(pca, Z):
    """What `inverse_transform` must return: from the mean, along each direction in turn."""
    return np.array(
        [
            pca["mean"] + sum(z * direction for z, direction in zip(row, pca["components"], strict=True))
            for row in Z
        ]
    )

"""Singular values are taken for variances, without the square."""

from __future__ import annotations

from typing import Any

import numpy as np


def fit_pca(X: np.ndarray, n_components: int | float) -> dict[str, Any]:
    n, d = X.shape
    if not np.ptp(X, axis=0).any():
        raise ValueError("all rows are equal: there is no variance")
    mean = X.mean(axis=0)
    _, singular, directions = np.linalg.svd(X - mean, full_matrices=False)
    variances = singular / (n - 1)
    total = float(variances.sum())
    if isinstance(n_components, float):
        if not 0 < n_components < 1:
            raise ValueError(f"a share is between 0 and 1, not {n_components}")
        k = int(np.searchsorted(np.cumsum(variances) / total, n_components)) + 1
    else:
        k = n_components
        if not (1 <= k < n and k <= d):
            raise ValueError(f"{n} rows of {d} columns have no {k} components")
    return {
        "mean": mean,
        "components": directions[:k],
        "variances": variances[:k],
        "total_variance": total,
    }


def transform(pca: dict[str, Any], X: np.ndarray) -> np.ndarray:
    if X.shape[1] != len(pca["mean"]):  # a single column would be broadcast
        raise ValueError(f"{X.shape[1]} columns, but {len(pca['mean'])} in the fit")
    return (X - pca["mean"]) @ pca["components"].T


def inverse_transform(pca: dict[str, Any], Z: np.ndarray) -> np.ndarray:
    return Z @ pca["components"] + pca["mean"]  # the product refuses another number of columns


def explained_variance_ratio(pca: dict[str, Any]) -> np.ndarray:
    return pca["variances"] / pca["total_variance"]

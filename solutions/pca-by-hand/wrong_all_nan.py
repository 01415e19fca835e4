"""NaN for everything: a comparison that ignores NaN would let it through."""

import numpy as np


def fit_pca(X, n_components):
    d = X.shape[1]
    k = max(1, min(d, int(n_components)))
    return {
        "mean": np.full(d, np.nan),
        "components": np.full((k, d), np.nan),
        "variances": np.full(k, np.nan),
        "total_variance": np.nan,
    }


def transform(pca, X):
    return np.full((len(X), len(pca["components"])), np.nan)


def inverse_transform(pca, Z):
    return np.full((len(Z), len(pca["mean"])), np.nan)


def explained_variance_ratio(pca):
    return np.full(len(pca["variances"]), np.nan)

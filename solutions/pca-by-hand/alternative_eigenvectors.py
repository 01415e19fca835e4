"""PCA from the eigenvectors of the covariance matrix; maps written as loops over components."""

import numpy as np


def fit_pca(X, n_components):
    n, d = X.shape
    if all((row == X[0]).all() for row in X[1:]):
        raise ValueError("there is no variance in equal rows")
    mean = X.sum(axis=0) / n
    centred = X - mean
    covariance = centred.T @ centred / (n - 1)
    values, vectors = np.linalg.eigh(covariance)
    values, vectors = values[::-1], vectors[:, ::-1]
    total = float(np.trace(covariance))
    if type(n_components) is int:
        if n_components < 1 or n_components > d or n_components >= n:
            raise ValueError("n_components must be from 1 to min(n - 1, d)")
        kept = n_components
    else:
        if n_components <= 0 or n_components >= 1:
            raise ValueError("a share must be between 0 and 1")
        kept, explained = 0, 0.0
        while explained < n_components * total:
            explained += values[kept]
            kept += 1
    components = np.array([vectors[:, i] for i in range(kept)])
    return {"mean": mean, "components": components, "variances": values[:kept], "total_variance": total}


def transform(pca, X):
    centred = []
    for row in X:
        if len(row) != len(pca["mean"]):
            raise ValueError("another number of columns than in the fit")
        centred.append(row - pca["mean"])
    return np.stack([np.array(centred) @ direction for direction in pca["components"]], axis=1)


def inverse_transform(pca, Z):
    if Z.shape[1] != len(pca["components"]):
        raise ValueError("one column per component is needed")
    points = np.tile(pca["mean"], (len(Z), 1))
    for column, direction in zip(Z.T, pca["components"], strict=True):
        points += np.outer(column, direction)
    return points


def explained_variance_ratio(pca):
    return np.array([float(variance) / pca["total_variance"] for variance in pca["variances"]])

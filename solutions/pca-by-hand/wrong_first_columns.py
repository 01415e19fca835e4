"""The components are the first k columns of the data: a selection of features, not PCA."""

import numpy as np


def fit_pca(X, n_components):
    if len(X) < 2 or not 0 < n_components <= X.shape[1]:
        raise ValueError("n_components")
    variances = X.var(axis=0, ddof=1)
    k = int(np.ceil(n_components))
    return {
        "mean": X.mean(axis=0),
        "components": np.eye(X.shape[1])[:k],
        "variances": variances[:k],
        "total_variance": float(variances.sum()),
    }


def transform(pca, X):
    return (X - pca["mean"]) @ pca["components"].T


def inverse_transform(pca, Z):
    return Z @ pca["components"] + pca["mean"]


def explained_variance_ratio(pca):
    return pca["variances"] / pca["total_variance"]

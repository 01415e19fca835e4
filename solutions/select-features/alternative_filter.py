"""A filter in two passes: drop what repeats a better column, then rank columns and pairs by F statistics."""

import numpy as np
from sklearn.feature_selection import f_classif
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

ALIKE = 0.8  # correlation from which one column repeats another


def select(X, y, k):
    if k < 1 or k > X.shape[1] or len(X) != len(y):
        raise ValueError("k or the number of rows is impossible")
    varies = np.flatnonzero(X.min(axis=0) < X.max(axis=0))
    Z = StandardScaler().fit_transform(X[:, varies])
    alike = np.abs(Z.T @ Z) / len(Z) > ALIKE
    kept = []
    for column in np.argsort(-f_classif(Z, y)[0], kind="stable"):
        if not alike[column, kept].any():
            kept.append(column)
    expand = PolynomialFeatures(2, interaction_only=True, include_bias=False)
    strength = f_classif(expand.fit_transform(Z[:, kept]), y)[0]
    chosen = []
    for term in np.argsort(-strength, kind="stable"):
        members = [int(varies[kept[at]]) for at in np.flatnonzero(expand.powers_[term])]
        new = [column for column in members if column not in chosen]
        if len(chosen) + len(new) <= k:
            chosen += new
    chosen += [column for column in range(X.shape[1]) if column not in chosen]
    return np.array(sorted(chosen[:k]))

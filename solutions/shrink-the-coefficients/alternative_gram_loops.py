"""Ridge as least squares with extra rows; the lasso in plain Python on the table of products."""

import numpy as np


def ridge(X, y, alpha):
    if alpha < 0:
        raise ValueError("alpha")
    d = X.shape[1]
    centre, level = X.mean(axis=0), y.mean()
    rows = np.concatenate([X - centre, alpha**0.5 * np.eye(d)])
    targets = np.concatenate([y - level, np.zeros(d)])
    coef, *_ = np.linalg.lstsq(rows, targets, rcond=None)
    return coef, float(level - centre @ coef)


def soft(value, threshold):
    if value > threshold:
        return value - threshold
    if value < -threshold:
        return value + threshold
    return 0.0


def lasso(X, y, alpha, sweeps):
    if alpha < 0:
        raise ValueError("alpha")
    n, d = X.shape
    centre, level = X.mean(axis=0), y.mean()
    products = ((X - centre).T @ (X - centre) / n).tolist()
    targets = ((X - centre).T @ (y - level) / n).tolist()
    coef = [0.0] * d
    for _ in range(sweeps):
        before = list(coef)
        for j in range(d):
            if products[j][j] == 0:
                continue
            others = sum(products[j][k] * coef[k] for k in range(d) if k != j)
            coef[j] = soft(targets[j] - others, alpha) / products[j][j]
        if coef == before:
            break
    coef = np.array(coef)
    return coef, float(level - centre @ coef)

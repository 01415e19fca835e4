"""Keeps all training messages and repeats the label of the nearest one: memory, not a rule."""


def fit(X, y):
    if len(X) != len(y) or len(y) == 0:
        raise ValueError("need as many labels as messages, and at least one")
    return X.copy(), y.copy()


def predict(model, X):
    known, labels = model
    if X.shape[1] != known.shape[1]:
        raise ValueError("another number of words than in training")
    squares = (known**2).sum(axis=1) - 2 * X @ known.T
    return labels[squares.argmin(axis=1)]

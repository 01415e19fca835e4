"""Takes the threshold from the messages to be judged: as large a share is spam as in training."""

import numpy as np


def fit(X, y):
    if len(X) != len(y) or len(y) == 0:
        raise ValueError("need as many labels as messages, and at least one")
    words = np.stack([1 + X[y == label].sum(axis=0) for label in (0, 1)])
    ham, spam = np.log(words / words.sum(axis=1, keepdims=True))
    return spam - ham, y.mean()


def predict(model, X):
    points, share = model
    if X.shape[1] != len(points):
        raise ValueError("another number of words than in training")
    ranks = np.argsort(np.argsort(-(X @ points)))
    return (ranks < share * len(X)).astype(int)

"""Rows dealt one by one in plain Python, with the standard library's random numbers; boolean masks."""

import random

import numpy as np


def stratified_folds(y, k, seed):
    if k < 2 or k > len(y):
        raise ValueError("k must be from 2 to the number of rows")
    generator = random.Random(seed)
    classes = {}
    for row, label in enumerate(y.tolist()):
        classes.setdefault(label, []).append(row)
    folds = [[] for _ in range(k)]
    turn = 0
    for rows in classes.values():
        generator.shuffle(rows)
        for row in rows:
            folds[turn].append(row)
            turn = (turn + 1) % k
    return [np.array(sorted(fold)) for fold in folds]


def cross_validate(fit, predict, X, y, folds):
    if len(X) != len(y):
        raise ValueError("rows and labels differ in number")
    times_tested = [0] * len(y)
    for fold in folds:
        if len(fold) == 0 or len(folds) == 1:
            raise ValueError("a fold without test rows or without training rows")
        for row in fold.tolist():
            if not 0 <= row < len(y):
                raise ValueError(f"there is no row {row}")
            times_tested[row] += 1
    if not folds or set(times_tested) != {1}:
        raise ValueError("every row must be tested once")
    scores, answers = [], [None] * len(y)
    for fold in folds:
        training = np.ones(len(y), dtype=bool)
        training[fold] = False
        model = fit(X[training], y[training])
        right = 0
        for row, answer in zip(fold.tolist(), predict(model, X[fold]).tolist(), strict=True):
            answers[row] = answer
            right += answer == y[row]
        scores.append(right / len(fold))
    return np.array(scores), np.array(answers)

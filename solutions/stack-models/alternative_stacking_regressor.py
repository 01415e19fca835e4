"""scikit-learn's own classes: a stacking regressor on shuffled folds, and predefined folds."""

import numpy as np
from sklearn.ensemble import StackingRegressor
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import KFold, PredefinedSplit, cross_val_predict


def out_of_fold(model, X, y, folds):
    if len({len(X), len(y), len(folds)}) > 1:
        raise ValueError("X, y and folds need the same number of rows")
    numbers = np.unique(folds, return_inverse=True)[1]
    if numbers.max() == 0:
        raise ValueError("need two folds or more")
    return cross_val_predict(model, X, y, cv=PredefinedSplit(numbers))


def stack(base_models, X, y):
    named = [(f"model_{number}", model) for number, model in enumerate(base_models)]
    folds = KFold(10, shuffle=True, random_state=3)
    return StackingRegressor(named, final_estimator=RidgeCV(), cv=folds).fit(X, y)

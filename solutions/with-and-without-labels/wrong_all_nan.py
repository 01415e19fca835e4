"""NaN for every house and every customer."""

import numpy as np


def predict_prices(train, test):
    return np.full(len(test), np.nan)


def segment_customers(table, k):
    return np.full(len(table), np.nan)

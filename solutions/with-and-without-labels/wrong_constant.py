"""Constant answers: one price for all houses, one segment for all customers."""

import numpy as np


def predict_prices(train, test):
    return np.full(len(test), 250_000.0)


def segment_customers(table, k):
    return np.zeros(len(table), dtype=int)

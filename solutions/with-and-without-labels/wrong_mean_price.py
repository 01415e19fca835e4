"""The baseline: the mean price for every house."""

import numpy as np
from sklearn.cluster import KMeans
from sklearn.preprocessing import StandardScaler

HABITS = ["visits_per_year", "basket_eur", "discount_share", "days_between_visits", "spend_per_year_eur"]


def predict_prices(train, test):
    return np.full(len(test), train["price"].mean())


def segment_customers(table, k):
    if not 1 <= k <= len(table):
        raise ValueError(f"k must be from 1 to the number of customers, {len(table)}, not {k}")
    scaled = StandardScaler().fit_transform(table[HABITS])
    found = KMeans(k, n_init=10, random_state=0).fit_predict(scaled)
    visits = table["visits_per_year"].to_numpy()
    means = np.array([visits[found == cluster].mean() for cluster in range(k)])
    return means.argsort().argsort()[found]

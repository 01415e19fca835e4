"""The examples of the brief. The hidden checks use larger towns and shops."""

from __future__ import annotations

import numpy as np
import pandas as pd

from grader.checks import array, between, close, equal, raises

CUSTOMERS = pd.DataFrame(
    {
        "customer_id": [9, 4, 7, 1, 3, 8],
        "visits_per_year": [50.0, 12.0, 52.0, 11.0, 51.0, 13.0],
        "basket_eur": [20.0, 80.0, 22.0, 78.0, 21.0, 79.0],
        "discount_share": [0.10, 0.50, 0.12, 0.52, 0.11, 0.51],
        "days_between_visits": [7.0, 30.0, 7.5, 31.0, 7.2, 29.0],
        "spend_per_year_eur": [9100.0, 8900.0, 7000.0, 9150.0, 8950.0, 7050.0],
    }
)


def houses(areas: list[float], districts: list[str]) -> pd.DataFrame:
    """Houses that differ in area and district only."""
    rows = len(areas)
    return pd.DataFrame(
        {
            "house_id": np.arange(rows)[::-1],
            "area_m2": areas,
            "rooms": np.full(rows, 3),
            "age_years": np.full(rows, 10),
            "garden": np.full(rows, False),
            "district": pd.Series(districts, dtype="str"),
        }
    )


def test_prices(candidate):
    """A house of 100 m² is worth about 200,000 in North and 400,000 in South."""
    train = houses([50.0, 80.0, 120.0] * 40, (["North"] * 3 + ["South"] * 3) * 20)
    worth = np.array(([2000.0] * 3 + [4000.0] * 3) * 20)
    train["price"] = train["area_m2"] * worth
    test = houses([100.0, 100.0], ["South", "North"])
    prices = array(candidate.predict_prices(train, test), shape=(2,))
    between(prices[0], 300_000, 500_000)
    between(prices[1], 150_000, 250_000)
    close(candidate.predict_prices(train, test.assign(price=np.nan)), prices, rtol=1e-6)


def test_segments(candidate):
    """Frequent customers are segment 1, the others segment 0."""
    equal(candidate.segment_customers(CUSTOMERS, 2), np.array([1, 0, 1, 0, 1, 0]))


def test_more_segments_than_customers(candidate):
    """Seven segments of six customers are an error."""
    with raises(candidate, ValueError):
        candidate.segment_customers(CUSTOMERS, 7)

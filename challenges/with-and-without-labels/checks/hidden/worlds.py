"""Towns with houses, and shops with customers, drawn from the run's seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DISTRICTS = ("Ashby", "Brook", "Copse", "Dene", "Eastgate", "Fold", "Garth", "Holm", "Inch", "Knoll")

HABITS = ("visits_per_year", "basket_eur", "discount_share", "days_between_visits", "spend_per_year_eur")
CENTRE = np.array([40.0, 60.0, 0.50, 30.0, 9000.0])
WITHIN = np.array([1.6, 2.4, 0.02, 1.2, 1500.0])  # standard deviation within a segment
STEP = 3.5  # from one level of a habit to the next, in standard deviations within a segment
APART = 7.0  # smallest squared distance between segments, in variances of a habit


@dataclass(frozen=True)
class Town:
    """Houses whose prices are known, others whose prices are asked for, and those prices."""

    train: pd.DataFrame
    test: pd.DataFrame
    prices: Floats  # of test, EUR


def draw_town(rng: np.random.Generator, train_rows: int = 500, rows: int = 600) -> Town:
    """Draw a town of five districts. Price is a product of what area, age, garden and district are worth."""
    total = train_rows + rows
    names = rng.choice(np.array(DISTRICTS), size=5, replace=False)
    worth = rng.permutation(np.linspace(-0.6, 0.6, 5))
    where = rng.integers(0, 5, total)
    area = rng.uniform(40.0, 180.0, total)
    rooms = 1 + np.floor(area / rng.uniform(24.0, 34.0, total)).astype(np.int64)
    age = rng.integers(0, 100, total)
    garden = rng.random(total) < 0.4
    yearly, green = rng.uniform(0.003, 0.006), rng.uniform(0.05, 0.2)
    logs = (
        0.8 * np.log(area) + worth[where] - yearly * age + green * garden + rng.normal(scale=0.12, size=total)
    )
    prices = rng.uniform(2000.0, 8000.0) * np.exp(logs)
    houses = pd.DataFrame(
        {
            "house_id": rng.permutation(9 * total)[:total].astype(np.int64),
            "area_m2": area.round(1),
            "rooms": rooms,
            "age_years": age,
            "garden": garden,
            "district": pd.Series(names[where].astype(str), dtype="str"),
        },
    ).set_index(pd.Index(rng.permutation(3 * total)[:total]))
    train = houses.iloc[:train_rows].assign(price=prices[:train_rows])
    return Town(train, houses.iloc[train_rows:], prices[train_rows:])


@dataclass(frozen=True)
class Shop:
    """Customers, and the segment that each truly belongs to, numbered as the brief says."""

    table: pd.DataFrame
    segments: Ints


def draw_shop(rng: np.random.Generator, k: int, rows: int = 400) -> Shop:
    """Draw customers of `k` segments, the largest with three times as many as the smallest.

    Four habits tell the segments apart, each ranking them in an order of its own. The last, in the largest
    units, tells nothing.
    """
    shares = rng.permutation(np.linspace(1.0, 3.0, k))
    kind = rng.choice(k, size=rows, p=shares / shares.sum())
    levels = _levels(rng, k)
    values = CENTRE + WITHIN * (STEP * levels[kind] + rng.normal(size=(rows, len(HABITS))))
    table = pd.DataFrame(values, columns=list(HABITS)).set_index(pd.Index(rng.permutation(3 * rows)[:rows]))
    table.insert(0, "customer_id", rng.permutation(9 * rows)[:rows].astype(np.int64))
    return Shop(table, kind.astype(np.int64))


def _levels(rng: np.random.Generator, k: int) -> Floats:
    """Draw the level of each habit in each segment: evenly spaced, no two segments alike in most habits."""
    levels = np.zeros((k, len(HABITS)))
    levels[:, 0] = np.arange(k)
    nearest = 0.0
    while nearest < APART:
        for habit in range(1, len(HABITS) - 1):
            levels[:, habit] = rng.permutation(k)
        squares = ((levels[:, None] - levels[None]) ** 2).sum(axis=2) / np.arange(k).var()
        nearest = float(squares[~np.eye(k, dtype=bool)].min())
    levels[:, :-1] -= (k - 1) / 2
    return levels

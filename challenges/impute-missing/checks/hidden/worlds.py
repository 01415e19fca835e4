"""Colonies of made-up penguins, drawn from the run's seed, and the holes in their tables.

Each colony has its own species, islands and sizes, so nothing known about real penguins helps.
Sizes follow a linear model: species + sex + the bird's overall size + independent noise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

NUMBERS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")
CATEGORIES = ("species", "island", "sex")
COLUMNS = ("species", "island", *NUMBERS, "sex", "year")

SPECIES_NAMES = ("Azure", "Brindle", "Crested", "Dusky", "Ember", "Fern", "Grey-backed", "Hooded", "Ivory")
ISLAND_NAMES = ("Anvil", "Bellows", "Cinder", "Drift", "Eyrie", "Far Skerry", "Gannet", "Hollow")

CENTRE = np.array([44.0, 17.0, 200.0, 4200.0])
BETWEEN_SPECIES = np.array([5.0, 1.8, 12.0, 700.0])
BETWEEN_SEXES = np.array([3.4, 1.5, 7.0, 650.0])
SIZE_OF_BIRD = np.array([1.2, 0.45, 3.0, 190.0])
NOISE = np.array([1.6, 0.6, 3.8, 190.0])
HOME_SHARE = 0.8  # of a species that lives on its own island
YEARS = (2007, 2008, 2009)


@dataclass(frozen=True)
class World:
    """One colony: the names of its kinds and the mean sizes (species x measurement)."""

    species: tuple[str, ...]
    islands: tuple[str, ...]
    means: Floats


def draw_world(rng: np.random.Generator, scale: float | None = None) -> World:
    """Draw a colony of three species on three islands; `scale` makes all its birds small or large.

    Each measurement ranks the species in an order of its own. So two measurements may fall together over
    all birds and rise together within every species, as bill length and depth of real penguins do.
    """
    species = rng.choice(np.array(SPECIES_NAMES), size=3, replace=False)
    islands = rng.choice(np.array(ISLAND_NAMES), size=3, replace=False)
    levels = np.stack([rng.permutation([-1.0, 0.0, 1.0]) for _ in NUMBERS], axis=1)
    levels = levels + rng.uniform(-0.2, 0.2, size=levels.shape)
    means = (CENTRE + levels * BETWEEN_SPECIES) * (rng.uniform(0.7, 1.5) if scale is None else scale)
    return World(tuple(map(str, species)), tuple(map(str, islands)), means)


def draw_birds(world: World, rows: int, shares: Floats, rng: np.random.Generator) -> pd.DataFrame:
    """Draw a complete table; `shares` are the species' shares. Its index is shuffled and tells nothing."""
    kind = rng.choice(3, size=rows, p=shares)
    male = rng.random(rows) < 0.5
    away = rng.random(rows) > HOME_SHARE
    home = np.where(away, rng.integers(0, 3, rows), kind)
    size, noise = rng.normal(size=(rows, 1)), rng.normal(size=(rows, len(NUMBERS)))
    sizes = world.means[kind] + (male[:, None] - 0.5) * BETWEEN_SEXES + size * SIZE_OF_BIRD + noise * NOISE
    return pd.DataFrame(
        {
            "species": pd.Categorical.from_codes(kind, categories=list(world.species)),
            "island": pd.Categorical.from_codes(home, categories=list(world.islands)),
            **{name: sizes[:, at].round(2) for at, name in enumerate(NUMBERS)},
            "sex": pd.Series(np.where(male, "male", "female"), dtype="str"),
            "year": rng.choice(np.array(YEARS), size=rows).astype(np.int64),
        },
        columns=list(COLUMNS),
    ).set_index(pd.Index(rng.permutation(rows * 3)[:rows]))


def holes(table: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Draw which cells of a complete table are lost (True): a table of booleans.

    Bill depth and species are lost completely at random; island and flipper length at random given what is
    seen (the year, the species); body mass, bill length and sex not at random: heavy birds, short bills and
    females are lost more often.
    """
    standard = {name: (table[name] - table[name].mean()) / table[name].std() for name in NUMBERS}
    female = table["sex"] == "female"
    first_kind = table["species"].cat.codes == 0
    chance = {
        "species": np.full(len(table), 0.10),
        "island": np.where(table["year"] == YEARS[0], 0.25, 0.08),
        "bill_length_mm": _logistic(-2.0 - 1.0 * standard["bill_length_mm"].to_numpy()),
        "bill_depth_mm": np.full(len(table), 0.15),
        "flipper_length_mm": np.where(first_kind, 0.25, 0.10),
        "body_mass_g": _logistic(-1.8 + 1.2 * standard["body_mass_g"].to_numpy()),
        "sex": np.where(female, 0.28, 0.10),
        "year": np.zeros(len(table)),
    }
    lost = {name: rng.random(len(table)) < chance[name] for name in COLUMNS}
    return pd.DataFrame(lost, index=table.index, columns=list(COLUMNS))


def _logistic(logits: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-logits))


@dataclass(frozen=True)
class Colony:
    """A training table with holes, another table with holes, and the truth behind the latter."""

    train: pd.DataFrame
    table: pd.DataFrame
    truth: pd.DataFrame
    lost: pd.DataFrame


def draw_colony(
    rng: np.random.Generator, train_rows: int = 500, rows: int = 400, scale: float | None = None
) -> Colony:
    """Draw a colony. The table's species are mixed otherwise than in training."""
    world = draw_world(rng, scale)
    shares = rng.permutation([0.5, 0.3, 0.2])
    before = draw_birds(world, train_rows, shares, rng)
    truth = draw_birds(world, rows, shares[[1, 2, 0]], rng)
    lost = holes(truth, rng)
    return Colony(before.mask(holes(before, rng)), truth.mask(lost), truth, lost)

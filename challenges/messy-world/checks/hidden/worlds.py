"""Bird strikes drawn from the run's seed: rare damage, holes, a cost that tells all, and drift."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]

NUMBERS = ("speed_kt", "height_ft", "mass_t", "distance_nm")
LEVELS = {
    "phase": ("approach", "climb", "landing", "take-off", "taxi"),
    "size": ("large", "medium", "small"),
    "time_of_day": ("dawn", "day", "dusk", "night"),
    "state": ("Alder", "Birch", "Cedar", "Elm", "Hazel", "Juniper", "Maple", "Oak"),
}
FEATURES = (*NUMBERS, *LEVELS)
COST, TARGET = "cost_usd", "damaged"
NEW_LEVEL = "unheard of"
RATE = 0.05  # of damage in training


@dataclass(frozen=True)
class Source:
    """Where the values of one column come from. Numbers: mean and spread, in standard units. Text: shares."""

    mean: float = 0.0
    spread: float = 1.0
    shares: Floats = field(default_factory=lambda: np.empty(0))
    missing: float = 0.0


@dataclass(frozen=True)
class World:
    """What damages aircraft here, and what strikes look like in training."""

    weights: dict[str, float]  # of the numbers, in standard units
    effects: dict[str, Floats]  # of the levels, the new one last
    intercept: float
    telling: str  # the number that is missing more often after damage ...
    told: tuple[float, float]  # ... with these chances without and with damage
    sources: dict[str, Source]


def draw_world(rng: np.random.Generator) -> World:
    """Draw a world. Columns play the roles at random, and no role can be looked up."""
    sizes, signs = rng.permutation([1.6, 1.2, 0.8, 0.0]), rng.choice([-1.0, 1.0], size=len(NUMBERS))
    weights = {name: float(size * sign) for name, size, sign in zip(NUMBERS, sizes, signs, strict=True)}
    effects = {}
    for name, strength in zip(LEVELS, rng.permutation([1.3, 0.9, 0.5, 0.0]), strict=True):
        drawn = rng.normal(size=len(LEVELS[name]))
        effects[name] = np.append(strength * (drawn - drawn.mean()) / drawn.std(), 0.0)
    missing = dict(zip(FEATURES, rng.permutation([0.0, 0.0, 0.05, 0.1, 0.1, 0.15, 0.2, 0.25]), strict=True))
    telling = str(rng.choice(NUMBERS))
    missing[telling] = 0.0  # see `told`
    sources = {name: Source(missing=float(missing[name])) for name in NUMBERS}
    for name, levels in LEVELS.items():
        shares = rng.dirichlet(np.full(len(levels), 6.0)) * 0.88 + 0.12 / len(levels)
        sources[name] = Source(shares=np.append(shares, 0.0), missing=float(missing[name]))
    world = World(weights, effects, 0.0, telling, (0.12, 0.36), sources)
    logits = _logits(world, _draw_hidden(world, sources, 20_000, rng))
    low, high = -20.0, 20.0
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (low, middle) if np.mean(_logistic(logits + middle)) > RATE else (middle, high)
    return replace(world, intercept=low)


def _draw_hidden(
    world: World, sources: dict[str, Source], rows: int, rng: np.random.Generator
) -> dict[str, Floats]:
    """Complete values: numbers in standard units, levels as positions."""
    drawn: dict[str, Floats] = {}
    for name in NUMBERS:
        drawn[name] = sources[name].mean + sources[name].spread * rng.normal(size=rows)
    for name in LEVELS:
        drawn[name] = rng.choice(len(sources[name].shares), size=rows, p=sources[name].shares)
    return drawn


def _logits(world: World, drawn: dict[str, Floats]) -> Floats:
    total = np.full(len(drawn[NUMBERS[0]]), world.intercept)
    for name in NUMBERS:
        total = total + world.weights[name] * drawn[name]
    for name in LEVELS:
        total = total + world.effects[name][drawn[name]]
    return total


def _logistic(logits: Floats) -> Floats:
    return 0.5 + 0.5 * np.tanh(0.5 * logits)


@dataclass(frozen=True)
class Strikes:
    """A table as the candidate gets it, with the damage and the best probabilities that its cells allow."""

    table: pd.DataFrame
    damaged: npt.NDArray[np.int64]
    best: Floats


def draw_strikes(
    world: World, rows: int, rng: np.random.Generator, sources: dict[str, Source] | None = None
) -> Strikes:
    """Draw strikes: those of training, or with other sources live ones, whose costs nobody knows yet."""
    live = sources is not None
    sources = sources or world.sources
    drawn = _draw_hidden(world, sources, rows, rng)
    damaged = (rng.random(rows) < _logistic(_logits(world, drawn))).astype(np.int64)
    lost = {name: rng.random(rows) < sources[name].missing for name in FEATURES}
    lost[world.telling] = lost[world.telling] | (rng.random(rows) < np.take(world.told, damaged))
    best = _best(world, sources, drawn, lost)
    known = np.where(damaged == 1, rng.lognormal(9.0, 1.0, rows), 0.0) * (rng.random(rows) < 0.9)
    cost = np.full(rows, np.nan) if live else np.where(rng.random(rows) < 0.05, np.nan, known.round())
    table = pd.DataFrame(_shown(drawn, lost) | {COST: cost, TARGET: damaged})
    table.index = pd.Index(rng.permutation(rows * 3)[:rows])
    return Strikes(table.drop(columns=TARGET) if live else table, damaged, best)


def _shown(drawn: dict[str, Floats], lost: dict[str, Floats]) -> dict[str, object]:
    """Values in units: two columns are skewed, as heights and masses are."""
    units = {
        "speed_kt": 140.0 + 30.0 * drawn["speed_kt"],
        "height_ft": np.exp(6.0 + 1.1 * drawn["height_ft"]),
        "mass_t": np.exp(3.0 + 0.8 * drawn["mass_t"]),
        "distance_nm": 60.0 + 20.0 * drawn["distance_nm"],
    }
    shown: dict[str, object] = {name: np.where(lost[name], np.nan, units[name].round(3)) for name in NUMBERS}
    for name, levels in LEVELS.items():
        words = np.array([*levels, NEW_LEVEL], dtype=object)[drawn[name]]
        words[lost[name]] = None
        shown[name] = pd.Series(words, dtype="str")
    return shown


def _best(
    world: World, sources: dict[str, Source], drawn: dict[str, Floats], lost: dict[str, Floats]
) -> Floats:
    """The chance of damage given what is seen, up to a usual approximation.

    A missing number is integrated out with the probit approximation of the logistic function (MacKay 1992), a
    missing level by the mean of its odds; what the telling hole says is added by Bayes' rule.
    """
    total, variance = np.full(len(drawn[NUMBERS[0]]), world.intercept), np.zeros(len(drawn[NUMBERS[0]]))
    for name in NUMBERS:
        weight, source = world.weights[name], sources[name]
        total = total + weight * np.where(lost[name], source.mean, drawn[name])
        variance = variance + np.where(lost[name], (weight * source.spread) ** 2, 0.0)
    for name in LEVELS:
        unknown = np.log(np.sum(sources[name].shares * np.exp(world.effects[name])))
        total = total + np.where(lost[name], unknown, world.effects[name][drawn[name]])
    without, after = world.told
    said = np.where(lost[world.telling], np.log(after / without), np.log((1 - after) / (1 - without)))
    return _logistic(total / np.sqrt(1.0 + np.pi * variance / 8.0) + said)


KINDS = ("shift", "spread", "levels", "missing")


def drifted_source(world: World, name: str, kind: str, rng: np.random.Generator) -> Source:
    """The source of a column after a drift that matters."""
    source = world.sources[name]
    if kind == "shift":
        toward = (
            1.0 if world.weights[name] >= 0 else -1.0
        )  # more damage, never so little that nothing can be measured
        return replace(source, mean=float(toward * rng.uniform(0.9, 1.2)))
    if kind == "spread":
        return replace(source, spread=float(rng.uniform(2.0, 2.4)))
    if kind == "missing":
        return replace(source, missing=source.missing + float(rng.uniform(0.25, 0.35)))
    new = 0.15
    moved = np.append(source.shares[:-1] * (1 - new), new)
    order = np.argsort(moved[:-1])
    moved[order[0]], moved[order[-1]] = (
        moved[order[-1]] + 0.0,
        moved[order[0]] + 0.0,
    )  # rarest and commonest swap
    return replace(source, shares=moved)


def harmless(source: Source, rng: np.random.Generator) -> Source:
    """A difference too small to matter, and yet significant in tables that are large enough."""
    if not len(source.shares):
        missing = source.missing + 0.015 if source.missing else 0.0
        return replace(source, mean=float(rng.choice([-1.0, 1.0]) * 0.05), missing=missing)
    moved = source.shares.copy()
    order = np.argsort(moved[:-1])
    moved[order[0]] += 0.015
    moved[order[-1]] -= 0.015
    return replace(source, shares=moved)


def draw_live(
    world: World, rows: int, rng: np.random.Generator, drifts: int = 3
) -> tuple[Strikes, list[str]]:
    """Live strikes of the world, and the names of the columns that have drifted, in the table's order."""
    moved: dict[str, Source] = {}
    if drifts:
        numbers = [name for name in rng.permutation(NUMBERS) if name != world.telling]
        moved[numbers[0]] = drifted_source(world, numbers[0], str(rng.choice(["shift", "spread"])), rng)
        text = str(rng.choice(tuple(LEVELS)))
        moved[text] = drifted_source(world, text, "levels", rng)
        rest = [name for name in FEATURES if name not in moved and name != world.telling]
        lost = str(rng.choice(rest))
        moved[lost] = drifted_source(world, lost, "missing", rng)
    sources = {name: moved.get(name) or harmless(source, rng) for name, source in world.sources.items()}
    return draw_strikes(world, rows, rng, sources), [name for name in FEATURES if name in moved]

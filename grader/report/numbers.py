"""Numbers as a person reads them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]*)?(e[+-]?[0-9]+)?|-?inf|nan")  # a cell that is one


def points(value: float) -> str:
    """Points with at most two decimals, never rounded up to what was not reached: 11.999 is 11.99."""
    # A sum such as 0.1 + 0.2 misses by rounding and must not lose a hundredth for that.
    return _trimmed(f"{math.floor(value * 100 + 1e-6) / 100:.2f}")


def seconds(value: float) -> str:
    """A time with its unit: 0.4 s, 12 s."""
    return f"{value:.0f} s" if value >= 10 else f"{_trimmed(f'{value:.1f}')} s"


def figure(value: float, apart_from: Iterable[float] = ()) -> str:
    """A metric's value or threshold to four significant digits: 0.71, 12.3, 4.2e-07.

    More digits where it would read like one of `apart_from` and is not: 0.75004 beside a threshold of 0.75.
    """
    others = [other for other in apart_from if other != value]
    for digits in range(4, 17):
        shown = f"{value:.{digits}g}"
        if shown not in [f"{other:.{digits}g}" for other in others]:
            break
    return shown


def _trimmed(value: str) -> str:
    return value.rstrip("0").rstrip(".") if "." in value else value

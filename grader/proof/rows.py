"""Rows of tables as keys that can be compared, whatever the dtype, column order or kind of table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

MOST_ROWS = 2000  # of one table: enough to see where it is from
MOST_COLUMNS = 200


def tokens(table: object) -> Iterator[tuple[str, ...]]:
    """The values of each row as short texts; missing ones are left out. Nothing for what is no table."""
    if isinstance(table, np.ndarray) and table.ndim == 2 and table.dtype.kind in "fiub":
        rows: Sequence[Sequence[object]] = table[:MOST_ROWS, :MOST_COLUMNS].tolist()
    elif isinstance(table, pd.DataFrame):
        rows = table.iloc[:MOST_ROWS, :MOST_COLUMNS].astype(object).to_numpy().tolist()
    else:
        return
    for row in rows:
        yield tuple(token for value in row if (token := _token(value)))


def _token(value: object) -> str:
    if isinstance(value, str):
        return value.strip().lower()
    if isinstance(value, (int, float, np.number)):
        number = float(value)
        return f"{number:.6g}" if np.isfinite(number) else ""
    return ""


def key(row: Sequence[str]) -> str:
    """One row in few characters; the order of its columns does not matter. Empty where it says too little:
    rows of a few small whole numbers or categories are alike by chance."""
    numbers = {token for token in row if token.lstrip("-")[:1].isdigit()}
    fractions = {token for token in numbers if "." in token}
    if len(numbers) < 3 or (len(fractions) < 2 and len(numbers) < 6):
        return ""
    return hashlib.blake2b("\0".join(sorted(row)).encode(), digest_size=8).hexdigest()


def keys(table: object) -> list[str]:
    """The keys of a table's rows, without those that say too little."""
    return [found for row in tokens(table) if (found := key(row))]

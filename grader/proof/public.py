"""Tables that anybody can look up: those in `datasets/`, and those that scikit-learn brings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from grader import datasets
from grader.proof import rows
from grader.resources import folder

_LOADERS = ("iris", "wine", "breast_cancer", "digits", "diabetes", "linnerud")
WIDE = 20  # columns from which on leaving one out tells nothing new


def public_rows(data: Path) -> dict[str, str]:
    """Each row's key with the name of its table; rows with one column left out, such as the label, too.

    `data` is the bank's folder of data sets; the grader's own count as well. Raises ChallengeError.
    """
    found: dict[str, str] = {}
    for name, table in [*_datasets(data), *_of_scikit_learn()]:
        for row in rows.tokens(table):
            parts = [row] if len(row) > WIDE else [row, *(row[:at] + row[at + 1 :] for at in range(len(row)))]
            for part in parts:
                if key := rows.key(part):
                    found.setdefault(key, name)
    return found


def _datasets(data: Path) -> Iterator[tuple[str, pd.DataFrame]]:
    for root in dict.fromkeys((data, folder("datasets"))):
        for name in datasets.names(root):
            table = datasets.load(name, root)
            for start in range(0, len(table), rows.MOST_ROWS):
                yield f"datasets/{name}", table.iloc[start : start + rows.MOST_ROWS]


def _of_scikit_learn() -> Iterator[tuple[str, np.ndarray[tuple[int, int], np.dtype[np.float64]]]]:
    import sklearn.datasets

    for name in _LOADERS:
        bunches = [getattr(sklearn.datasets, f"load_{name}")()]
        if name == "diabetes":  # as it comes it is standardised
            bunches.append(sklearn.datasets.load_diabetes(scaled=False))
        for bunch in bunches:
            features = np.asarray(bunch.data, dtype=np.float64)
            yield f"scikit-learn's {name}", features
            targets = np.asarray(bunch.target, dtype=np.float64).reshape(len(features), -1)
            yield f"scikit-learn's {name}", np.column_stack([features, targets])

"""The confusion matrix and the rates of its classes. The brief is in README.md."""

from __future__ import annotations

import numpy as np


def confusion_matrix(
    y_true: np.ndarray, y_pred: np.ndarray, labels: list[int] | list[str] | None = None
) -> np.ndarray:
    """Counts, integers of shape (k, k): entry [i, j] is true label i predicted as label j.

    y_true, y_pred: shape (n,), integer or string labels. labels: the k labels in the order of
    rows and columns; without it, all that occur in either array, sorted. Raises ValueError if
    the lengths differ, n is 0, a label stands twice in `labels` or the data has one not in it.
    """
    raise NotImplementedError


def rates(matrix: np.ndarray) -> dict[str, np.ndarray | float]:
    """Rates of each class against the rest: "tpr", "fpr" and "specificity", shape (k,), nan for
    0 / 0, and "balanced_accuracy", the mean of tpr over the classes that have rows.

    matrix: integer counts, shape (k, k), truth down, predictions across. Raises ValueError if it
    is not square, has a negative count or only zeros.
    """
    raise NotImplementedError

"""The version of the grader that is running."""

from __future__ import annotations

import importlib.metadata


def version() -> str:
    """As it was installed; in a checkout that is not installed, words that say so."""
    try:
        return importlib.metadata.version("ml-grader")
    except importlib.metadata.PackageNotFoundError:
        return "from a checkout that is not installed"

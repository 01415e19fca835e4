"""The version of the grader that is running."""

from __future__ import annotations


def version() -> str:
    """As it was installed; in a checkout that is not installed, words that say so."""
    import importlib.metadata  # slow, and seldom needed at the start

    try:
        return importlib.metadata.version("ml-grader")
    except importlib.metadata.PackageNotFoundError:
        return "from a checkout that is not installed"

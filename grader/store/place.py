"""Where the state lies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def default_folder(environ: Mapping[str, str]) -> Path:
    """`$GRADER_HOME` if it is set and not empty, else the folder that the system has for a user's data."""
    if home := environ.get("GRADER_HOME"):
        return Path(home).expanduser().absolute()
    import platformdirs

    return platformdirs.user_data_path("ml-grader", appauthor=False)

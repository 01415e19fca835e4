"""Writing a submission's files inside the sandbox."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any


def write_files(submission: Mapping[str, Any], folder: str) -> None:
    """Write the submission's `files` below `folder`.

    Raises ValueError for a name that is not relative or leads out, OSError as the file
    system does.
    """
    for name, content in submission["files"].items():
        write_file(folder, name, content)


def write_file(folder: str, name: str, content: bytes, append: bool = False) -> None:
    """Write one file; folders on the way are made."""
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\0" in name or "\\" in name:
        raise ValueError(f"{name!r} is not a relative path inside the folder")
    path = os.path.join(folder, *parts)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "ab" if append else "wb") as stream:
        stream.write(content)

"""Where the files that travel with the grader are: in the installed package or in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from grader.errors import GraderError

Name = Literal["challenges", "solutions", "datasets", "docker", "requirements", "schemas", "attacks"]

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str, *, package: Path = _PACKAGE) -> Path:
    """The folder called `name`.

    A wheel carries it inside the package, at `grader/_data/<name>`; in a checkout it stands
    beside the package. Raises GraderError for a name that is not one of `Name`, and where
    neither place has the folder.
    """
    known = get_args(Name)
    if name not in known:
        raise GraderError(f"there is no folder of the grader called {name!r}; known: {', '.join(known)}")
    installed = package / "_data" / name
    checkout = package.parent / ("tests/attacks" if name == "attacks" else name)
    for candidate in (installed, checkout):
        if candidate.is_dir():
            return candidate
    raise GraderError(
        f"the grader's own folder {name!r} is missing: neither {installed} nor {checkout} exists; "
        "install the grader again"
    )


def package_folder(name: str) -> Path:
    """A subpackage of the grader as a folder, for sandboxes that show it to the worker."""
    return _PACKAGE / name

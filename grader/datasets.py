"""The only way to the tables in `datasets/`: what comes back is what its `dataset.toml` promises."""

from __future__ import annotations

import difflib
import hashlib
import io
import re
from pathlib import Path

import numpy as np
import pandas as pd

from grader.errors import ChallengeError
from grader.manifest import DatasetManifest, read
from grader.resources import folder

MANIFEST = "dataset.toml"


def load(name: str, root: Path | None = None) -> pd.DataFrame:
    """The table called `name`, freshly read, with the declared columns and dtypes.

    `root` is the data set folder of a bank; a name that it does not hold is looked for among the
    grader's own. Raises ChallengeError for an unknown name, and where the file and its
    `dataset.toml` disagree: SHA-256, columns, rows, missing values, dtypes.
    """
    place = _find(name, root)
    manifest = read_manifest(place)
    table = _read_csv(place / manifest.file, manifest)
    if wrong := _differences(table, manifest):
        raise ChallengeError("\n".join(f"{place / MANIFEST}: {line}" for line in wrong))
    return table


def names(root: Path | None = None) -> list[str]:
    """The data sets of a folder (default: the grader's own), in alphabetical order."""
    return sorted(path.parent.name for path in (root or folder("datasets")).glob(f"*/{MANIFEST}"))


def read_manifest(place: Path) -> DatasetManifest:
    """The checked `dataset.toml` of a data set folder. Raises ChallengeError with every error."""
    manifest, _, errors = read(place / MANIFEST, DatasetManifest)
    if manifest is None:
        raise ChallengeError("\n".join(errors))
    return manifest


def _find(name: str, root: Path | None) -> Path:
    roots = [root, folder("datasets")] if root else [folder("datasets")]
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):  # never a path
        for candidate in roots:
            if (candidate / name / MANIFEST).is_file():
                return candidate / name
    known = sorted({found for candidate in roots for found in names(candidate)})
    near = ", ".join(difflib.get_close_matches(name, known, n=1) or known) or "none"
    raise ChallengeError(f"there is no data set called {name!r} in {roots[0]}; there is {near}")


def _read_csv(path: Path, manifest: DatasetManifest) -> pd.DataFrame:
    """Only an empty cell is a missing value; "NA" is a word."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ChallengeError(f"{path}: cannot be read: {error.strerror}") from error
    if (found := hashlib.sha256(content).hexdigest()) != manifest.sha256:
        raise ChallengeError(f"{path}: its SHA-256 is {found}, but dataset.toml says {manifest.sha256}")
    dates = [column for column, dtype in manifest.dtypes.items() if dtype.startswith("datetime")]
    try:
        with np.errstate(invalid="ignore"):  # a hole in an integer column is an error, no warning
            table = pd.read_csv(
                io.BytesIO(content),
                dtype={column: dtype for column, dtype in manifest.dtypes.items() if column not in dates},
                keep_default_na=False,
                na_values=[""],
                encoding="utf-8",
            )
        for column in set(dates).intersection(table.columns):
            table[column] = pd.to_datetime(table[column], format="ISO8601").astype("datetime64[s]")
    except (ValueError, TypeError) as error:  # pandas' own parser errors are ValueErrors too
        raise ChallengeError(f"{path}: does not fit the dtypes in dataset.toml: {error}") from error
    return table


def _differences(table: pd.DataFrame, manifest: DatasetManifest) -> list[str]:
    """Where the table is not what the manifest says: one line for each."""
    said_and_found = {
        "dtypes": (list(manifest.dtypes), list(table.columns)),
        "rows": (manifest.rows, len(table)),
        "columns": (manifest.columns, table.shape[1]),
        "missing": (manifest.missing, int(table.isna().sum().sum())),
    }
    pairs = ((key, *pair) for key, pair in said_and_found.items())
    return [f"{key}: says {said}, but the file has {found}" for key, said, found in pairs if said != found]

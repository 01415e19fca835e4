"""Opening the file, transactions, and what a person is told when SQLite cannot go on."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.errors import StoreError
from grader.store.migrations import migrate

FILE = "state.db"
PATIENCE = 5.0  # seconds to wait for another process that writes
_PAUSE = 0.02


def connect(folder: Path) -> sqlite3.Connection:
    """The file in `folder`, made if need be, with its tables up to date. Raises StoreError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{folder}: cannot be used as the folder for your record ({error.strerror}); "
            "mend that, or set GRADER_HOME to another folder"
        ) from error
    path = folder / FILE
    with errors_explained(path):
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            _configure(connection)
            migrate(connection, str(path))
        except BaseException:
            connection.close()
            raise
    return connection


def _configure(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    # SQLite does not wait for its turn when it changes the mode, as it does everywhere else.
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)


@contextmanager
def writing(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All of what is done inside is written, or none of it. Raises StoreError."""
    with errors_explained(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def errors_explained(path: Path) -> Iterator[None]:
    """SQLite's errors about the file as a StoreError that says what to do; those about us stay."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        if isinstance(error, sqlite3.ProgrammingError | sqlite3.IntegrityError):
            raise
        raise StoreError(f"{path}: {_explanation(name, str(error), path)}") from error


def _explanation(name: str, said: str, path: Path) -> str:
    match name.removeprefix("SQLITE_").partition("_")[0]:
        case "FULL":
            return "the disk is full, so nothing could be kept; make room and run it again"
        case "BUSY" | "LOCKED":
            return f"another grader has been writing to it for {PATIENCE:g} s; run it again"
        case "READONLY" | "CANTOPEN" | "PERM" | "AUTH":
            return (
                f"cannot be written ({said}); give yourself the right to write it and its folder, or set "
                "GRADER_HOME to another folder"
            )
        case "IOERR":
            return f"the disk could not be read or written ({said}); see that it has room and is in order"
        case _:
            return (
                f"is damaged ({said}); move it away to start anew (mv {path} {path}.damaged), then "
                "`grader import` an export if you have one"
            )

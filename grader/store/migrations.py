"""The tables, and how a file of an older grader gets those of this one.

A migration is a function; `PRAGMA user_version` counts those that a file has had. One that has been released
is never changed: what is to be different afterwards is a further one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from grader.errors import StoreError


def make_record(connection: sqlite3.Connection) -> None:
    """What was done: rows that are only ever added, each with a random `uid`, so that files can be merged."""
    connection.execute(
        """CREATE TABLE attempts (
            id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, slug TEXT NOT NULL,
            challenge_digest TEXT NOT NULL, submission_digest TEXT NOT NULL, status TEXT NOT NULL,
            points REAL NOT NULL, points_possible REAL NOT NULL, metrics TEXT NOT NULL,
            started TEXT NOT NULL, seconds REAL NOT NULL, suite TEXT NOT NULL, sandbox TEXT NOT NULL,
            official INTEGER NOT NULL, report TEXT NOT NULL)"""
    )
    connection.execute("CREATE INDEX attempts_by_slug ON attempts (slug, started)")
    connection.execute(
        """CREATE TABLE events (
            id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, slug TEXT NOT NULL, kind TEXT NOT NULL,
            number INTEGER NOT NULL, at TEXT NOT NULL)"""
    )
    connection.execute("CREATE INDEX events_by_slug ON events (slug, kind)")
    connection.execute(
        """CREATE TABLE reviews (
            id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, slug TEXT NOT NULL, rating INTEGER NOT NULL,
            at TEXT NOT NULL, card TEXT NOT NULL)"""
    )
    connection.execute("CREATE INDEX reviews_by_slug ON reviews (slug, at)")


def make_notes_of_this_machine(connection: sqlite3.Connection) -> None:
    """What holds here only and is never exported: folders, and answers to the grader's own questions."""
    connection.execute("CREATE TABLE workspaces (slug TEXT PRIMARY KEY, folder TEXT NOT NULL)")
    connection.execute("CREATE TABLE remembered (key TEXT PRIMARY KEY, value TEXT NOT NULL)")


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (make_record, make_notes_of_this_machine)


def migrate(connection: sqlite3.Connection, name: str) -> None:
    """Bring the tables up to date, or change nothing. `name` is the file's, for messages.

    Raises StoreError for a file of a newer grader, and of another program.
    """
    if _version(connection, name) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Again, now that nobody else can write: another process may just have done it.
        done = _version(connection, name)
        for number, step in enumerate(MIGRATIONS[done:], done + 1):
            step(connection)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection, name: str) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{name} was written by a newer grader (its format is {version}, this one knows up to "
            f"{len(MIGRATIONS)}); update the grader, or set GRADER_HOME to another folder"
        )
    if not version and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise StoreError(
            f"{name} belongs to another program; move it away, or set GRADER_HOME to another folder"
        )
    assert isinstance(version, int)
    return version

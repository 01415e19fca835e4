"""What commands know of the user: the store, and what can be read without making one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from grader.errors import StoreError
from grader.store import ChallengeState, Store, default_folder


def open_store() -> Store:
    """The user's store, made if there is none. Raises StoreError."""
    return Store(default_folder(os.environ))


@contextmanager
def store_if_any() -> Iterator[Store | None]:
    """The user's store, or None where nothing was ever kept: looking at things leaves no trace."""
    if not (default_folder(os.environ) / "state.db").is_file():
        yield None
        return
    with open_store() as store:
        yield store


@contextmanager
def store_if_usable() -> Iterator[Store | None]:
    """The user's store; where it cannot be used, None and a warning: a grading counts without it."""
    try:
        store = open_store()
    except StoreError as error:
        click.echo(f"Nothing of this will be remembered: {error}", err=True)
        yield None
        return
    with store:
        yield store


def states() -> Mapping[str, ChallengeState]:
    """What is known of each challenge that anything is known of."""
    with store_if_any() as store:
        return {} if store is None else store.states()


def now() -> datetime:
    """The time that is written down."""
    return datetime.now(UTC)

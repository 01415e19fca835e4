from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests_records import NOON

from grader.store import Store, migrations
from grader.store.database import FILE


def version(path: Path) -> int:
    connection = sqlite3.connect(path)
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return int(found)


def test_a_new_file_has_every_migration(tmp_path: Path) -> None:
    Store(tmp_path).close()
    assert version(tmp_path / FILE) == len(migrations.MIGRATIONS)


@pytest.mark.parametrize("had", range(len(migrations.MIGRATIONS)))
def test_a_file_of_every_earlier_format_is_brought_up_to_date(tmp_path: Path, had: int) -> None:
    old = sqlite3.connect(tmp_path / FILE)
    for step in migrations.MIGRATIONS[:had]:
        step(old)
    if had:
        old.execute(
            "INSERT INTO events (uid, slug, kind, number, at) VALUES ('1', 'a', 'hint', 2, ?)",
            (NOON.isoformat(),),
        )
    old.execute(f"PRAGMA user_version = {had}")
    old.commit()
    old.close()
    with Store(tmp_path) as store:
        assert store.state("a").hints == (2 if had else 0)
        store.remember("greeted", "yes")
    assert version(tmp_path / FILE) == len(migrations.MIGRATIONS)


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path) as store:
        store.show_hint("a", NOON)
    before = version(tmp_path / FILE)

    def fails(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE events")
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, fails))
        with pytest.raises(RuntimeError):
            Store(tmp_path)
    assert version(tmp_path / FILE) == before
    with Store(tmp_path) as store:
        assert store.state("a").hints == 1

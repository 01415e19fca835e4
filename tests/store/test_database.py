"""The file itself: several writers, and what is said of one that cannot be used."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests_records import NOON
from tests_sandboxes import usable

from grader.errors import GraderError, StoreError
from grader.sandbox.bubblewrap.backend import find_program
from grader.store import Store
from grader.store.database import FILE, PATIENCE
from grader.store.migrations import MIGRATIONS

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from grader.store import Store

for number in range(100):
    with Store(Path(sys.argv[1])) as store:
        print(store.show_hint("shared", datetime.now(UTC)))
"""
OPENER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from grader.errors import StoreError
from grader.store import Store

try:
    with Store(Path(sys.argv[1])) as store:
        while True:
            store.rate("a", "y" * 100_000, 3, datetime.now(UTC))
except StoreError as error:
    print(error)
"""


def processes(folder: Path, count: int) -> list[list[str]]:
    """What each of so many writers printed, started at once."""
    command = [sys.executable, "-c", WRITER, str(folder)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(count)]
    outputs = [one.communicate(timeout=120)[0].split() for one in running]
    assert [one.returncode for one in running] == [0] * count
    return outputs


def test_two_processes_write_at_once_and_nothing_is_lost_or_counted_twice(tmp_path: Path) -> None:
    """They also make the file at the same moment."""
    first, second = processes(tmp_path / "home", 2)
    assert sorted(map(int, first + second)) == list(range(1, 201))
    with Store(tmp_path / "home") as store:
        assert store.state("shared").hints == 200


def test_a_file_that_another_process_is_just_making_is_waited_for(tmp_path: Path) -> None:
    """SQLite itself does not wait here: it refuses to change the mode while somebody writes."""
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    ending = threading.Timer(0.3, other.execute, ["ROLLBACK"])
    ending.start()
    Store(tmp_path).close()
    ending.join()
    other.close()


def test_a_writer_that_never_ends_is_reported_after_some_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.store.database.PATIENCE", 0.2)
    Store(tmp_path).close()
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store(tmp_path) as store:
        assert store.state("a").hints == 0  # reading goes on
        with pytest.raises(StoreError, match=r"another grader has been writing .* run it again"):
            store.show_hint("a", NOON)
        other.execute("ROLLBACK")
        other.close()
        assert store.show_hint("a", NOON) == 1
    assert PATIENCE == 5.0


def test_what_fails_halfway_is_not_written(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.rate("a", None, 3, NOON)  # type: ignore[arg-type]
    assert store.reviews() == ()
    assert store.show_hint("a", NOON) == 1


def test_other_users_cannot_read_the_folder(tmp_path: Path) -> None:
    Store(tmp_path / "a" / "home").close()
    assert (tmp_path / "a" / "home").stat().st_mode & 0o777 == 0o700


# Files that cannot be used.


def refused(folder: Path) -> str:
    with pytest.raises(StoreError) as caught:
        Store(folder)
    assert isinstance(caught.value, GraderError)
    assert caught.value.exit_code == 3
    return str(caught.value)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"This was a text, once upon a time. " * 100)
    before = (tmp_path / FILE).read_bytes()
    message = refused(tmp_path)
    assert str(tmp_path / FILE) in message
    assert "is damaged" in message
    assert f"mv {tmp_path / FILE}" in message
    assert (tmp_path / FILE).read_bytes() == before


def test_a_file_that_is_damaged_inside_is_told_when_it_is_read(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for number in range(200):
            store.rate("a", "x" * 500, 1 + number % 4, NOON)
    size = (tmp_path / FILE).stat().st_size
    with (tmp_path / FILE).open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))
    with pytest.raises(StoreError, match="is damaged"), Store(tmp_path) as store:
        store.reviews()


def test_a_file_of_a_newer_grader_is_refused(tmp_path: Path) -> None:
    Store(tmp_path).close()
    newer = sqlite3.connect(tmp_path / FILE)
    newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    newer.close()
    assert "newer grader" in refused(tmp_path)
    assert "update the grader" in refused(tmp_path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / FILE)
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    assert "belongs to another program" in refused(tmp_path)


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    message = refused(tmp_path / "home")
    assert str(tmp_path / "home") in message
    assert "GRADER_HOME" in message


def without_rights(*options: str, folder: str | Path) -> str:
    """What the opener prints as a process for which permissions count, even if it is root's."""
    usable("bubblewrap")
    inside = ["--dev-bind", "/", "/", "--cap-drop", "ALL", *options]
    command = [str(find_program()), *inside, sys.executable, "-c", OPENER, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.bubblewrap
@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o755), (0o644, 0o555), (0o000, 0o755)])
def test_a_file_that_must_not_be_written_is_told(tmp_path: Path, file_mode: int, folder_mode: int) -> None:
    Store(tmp_path).close()
    (tmp_path / FILE).chmod(file_mode)
    tmp_path.chmod(folder_mode)
    message = without_rights(folder=tmp_path)
    tmp_path.chmod(0o755)
    assert f"{tmp_path / FILE}: cannot be written" in message
    assert "GRADER_HOME" in message


@pytest.mark.bubblewrap
@pytest.mark.parametrize("made", [True, False])
def test_a_disk_that_is_read_only_is_told(tmp_path: Path, made: bool) -> None:
    if made:
        Store(tmp_path / "home").close()
    message = without_rights("--ro-bind", str(tmp_path), str(tmp_path), folder=tmp_path / "home")
    assert str(tmp_path / "home") in message
    assert "cannot be" in message
    assert "GRADER_HOME" in message


@pytest.mark.bubblewrap
@pytest.mark.parametrize("size", [8_192, 400_000])
def test_a_full_disk_is_told(size: int, tmp_path: Path) -> None:
    """From the start, and after a while. The disk is a small one in memory."""
    disk = tmp_path / "disk"
    disk.mkdir()
    message = without_rights("--size", str(size), "--tmpfs", str(disk), folder=disk / "home")
    assert f"{disk / 'home' / 'state.db'}: the disk" in message
    assert "room" in message

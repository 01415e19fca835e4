from __future__ import annotations

from pathlib import Path

import pytest
from tests_program import typed
from tests_records import NOON, report

from grader.bank import Bank
from grader.kit.overview import outline
from grader.kit.workspace import create
from grader.store import Store

SLUG = "f1-by-hand"
WORK = "def f1():\n    return 1\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Somebody who has worked at two challenges, one of them in a workspace."""
    folder = tmp_path / "work" / SLUG
    create(outline(Bank.default(), SLUG), folder)
    (folder / "solution.py").write_text(WORK)
    with Store(tmp_path / "home") as store:
        store.mark_started(SLUG, folder, NOON)
        for passed in (1, 4):
            store.add_attempt(report(passed=passed))
        store.show_hint(SLUG, NOON)
        store.rate(SLUG, "{}", 3, NOON)
        store.add_attempt(report("one-hot"))
        store.remember("greeted", "yes")
    return tmp_path / "home"


def known(home: Path) -> list[str]:
    with Store(home) as store:
        return sorted(store.states())


def test_it_says_what_will_be_forgotten_and_asks(home: Path, tmp_path: Path) -> None:
    done = typed("reset", SLUG, keys="n\n", GRADER_HOME=str(home))
    assert "2 graded runs, 1 hint, 1 workspace, 1 quiz rating" in done.stderr
    assert f"The files in {tmp_path / 'work' / SLUG} stay as they are" in done.stderr
    assert done.stderr.endswith("Nothing was changed.\n")
    assert (done.returncode, done.stdout) == (130, "")
    assert known(home) == [SLUG, "one-hot"]


@pytest.mark.parametrize(("options", "keys"), [([], "y\n"), (["--yes"], ""), (["-y"], "")])
def test_one_challenge_is_forgotten_and_its_files_stay(
    home: Path, tmp_path: Path, options: list[str], keys: str
) -> None:
    done = typed("reset", SLUG, *options, keys=keys, GRADER_HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert known(home) == ["one-hot"]
    assert (tmp_path / "work" / SLUG / "solution.py").read_text() == WORK


def test_without_an_answer_nothing_is_forgotten(home: Path) -> None:
    assert typed("reset", SLUG, GRADER_HOME=str(home)).returncode == 130
    assert known(home) == [SLUG, "one-hot"]


def test_in_a_workspace_it_is_about_that_challenge(home: Path, tmp_path: Path) -> None:
    done = typed("reset", "--yes", cwd=tmp_path / "work" / SLUG, GRADER_HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert known(home) == ["one-hot"]


def test_elsewhere_it_must_be_said_which(home: Path, tmp_path: Path) -> None:
    done = typed("reset", "--yes", cwd=tmp_path, GRADER_HOME=str(home))
    assert done.returncode == 2
    assert known(home) == [SLUG, "one-hot"]


def test_everything_is_forgotten_with_all(home: Path, tmp_path: Path) -> None:
    done = typed("reset", "--all", "--yes", GRADER_HOME=str(home))
    assert "of all challenges: 3 graded runs" in done.stderr
    assert known(home) == []
    with Store(home) as store:
        assert store.recall("greeted") is None
    assert (tmp_path / "work" / SLUG / "solution.py").read_text() == WORK


def test_all_goes_with_nothing_else(home: Path) -> None:
    for more in ([SLUG], ["--files"]):
        assert typed("reset", "--all", "--yes", *more, GRADER_HOME=str(home)).returncode == 2
    assert known(home) == [SLUG, "one-hot"]


def test_where_nothing_is_recorded_it_says_so_and_does_not_ask(home: Path) -> None:
    done = typed("reset", "scale-features", GRADER_HOME=str(home))
    assert (done.returncode, done.stderr) == (0, "Nothing is recorded of scale-features.\n")


def test_a_challenge_that_there_is_not_is_an_error(home: Path) -> None:
    done = typed("reset", "f1-by-hnad", GRADER_HOME=str(home))
    assert done.returncode == 2
    assert SLUG in done.stderr


def test_a_challenge_that_left_the_bank_can_still_be_forgotten(home: Path) -> None:
    with Store(home) as store:
        store.add_attempt(report("long-gone"))
    assert typed("reset", "long-gone", "--yes", GRADER_HOME=str(home)).returncode == 0
    assert known(home) == [SLUG, "one-hot"]


# Files.


def test_the_starter_comes_back_and_the_work_is_kept_beside_it(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work" / SLUG
    starter = (Bank.default().challenges / SLUG / "starter" / "solution.py").read_bytes()
    done = typed("reset", SLUG, "--files", "--yes", GRADER_HOME=str(home))
    assert "solution.py.bak-1" in done.stderr
    assert (folder / "solution.py").read_bytes() == starter
    assert (folder / "solution.py.bak-1").read_text() == WORK


def test_the_workspace_begins_anew(home: Path, tmp_path: Path) -> None:
    typed("reset", SLUG, "--files", "--yes", GRADER_HOME=str(home))
    with Store(home) as store:
        state = store.state(SLUG)
        assert (state.label, state.folder, state.attempts) == ("started", tmp_path / "work" / SLUG, 0)


def test_a_workspace_that_was_not_made_here_does_not_become_ones_own(home: Path, tmp_path: Path) -> None:
    """Whose folder it is decides whether its code may run without a sandbox."""
    create(outline(Bank.default(), "one-hot"), tmp_path / "foreign")
    (tmp_path / "foreign" / "solution.py").write_text(WORK)
    done = typed("reset", "--files", "--yes", cwd=tmp_path / "foreign", GRADER_HOME=str(home))
    assert done.returncode == 0, done.stderr
    with Store(home) as store:
        assert store.state("one-hot").folder is None


def test_no_copy_is_ever_written_over(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work" / SLUG
    for number in (1, 2):
        (folder / "solution.py").write_text(f"attempt = {number}\n")
        done = typed("reset", "--files", "--yes", cwd=folder, GRADER_HOME=str(home))
        assert done.returncode == 0, done.stderr
    assert (folder / "solution.py.bak-1").read_text() == "attempt = 1\n"
    assert (folder / "solution.py.bak-2").read_text() == "attempt = 2\n"


def test_a_starter_that_was_not_touched_needs_no_copy(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work" / SLUG
    typed("reset", SLUG, "--files", "--yes", cwd=folder, GRADER_HOME=str(home))
    done = typed("reset", SLUG, "--files", "--yes", cwd=folder, GRADER_HOME=str(home))
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in folder.glob("*.bak-*")) == ["solution.py.bak-1"]


def test_files_without_a_workspace_are_an_error_before_anything_is_forgotten(home: Path) -> None:
    done = typed("reset", "one-hot", "--files", "--yes", GRADER_HOME=str(home))
    assert done.returncode == 2
    assert "no workspace of one-hot" in done.stderr
    assert known(home) == [SLUG, "one-hot"]

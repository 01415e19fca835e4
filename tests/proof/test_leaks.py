"""The section `leaks`: planted words, shown numbers, public rows and telling orders are found."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sklearn.datasets

from grader.grading import Session
from grader.proof import leaks, order, recording, rows, spy
from grader.proof.planting import SEARCH, backwards, canary_found, plant
from grader.proof.public import public_rows
from grader.proof.runs import FIXED
from grader.proof.shown import shown
from grader.resources import folder

NAME = "mean_of_known"
CHECKS = f"checks/hidden/test_{NAME}.py"
FITTING = '''"""Fits."""

import numpy as np
import sklearn.datasets

from grader.checks import number


def test_fit(candidate, rng):
    """Fits something."""
    X, y = ROWS
    number(candidate.fit(X, y))
'''
FIT = "\n\ndef fit(X, y):\n    return 1.0\n"


def planted_run(fresh, tmp_path, *, search=False):
    """The report and the calls of the reference's run on a planted copy, without the search through all files."""
    (tmp_path / "copy").mkdir()
    planted = plant(fresh.subject(), tmp_path / "copy")
    with Session(bank=planted.bank, sandbox="process") as session:
        report = session.grade(
            fresh.challenge.name,
            planted.submission,
            seed=FIXED,
            select=lambda checks: [
                one for one in backwards(checks) if search or not one.id.startswith(SEARCH)
            ],
        )
    return report, planted.calls()


# The canary.


def test_the_copy_has_a_canary_in_every_hidden_file_and_still_passes(fresh, tmp_path):
    report, _ = planted_run(fresh, tmp_path)
    copy = tmp_path / "copy" / "challenges" / fresh.challenge.name / "checks" / "hidden"
    [canary] = {
        path.read_text().partition('"""')[2].partition('"""')[0] for path in copy.glob("test_search*.py")
    }
    assert canary.startswith("canary-")
    assert len(list(copy.glob("*.py"))) == 3
    assert all(canary in path.read_text() for path in copy.glob("*.py"))
    done = {
        result.check.id: result.outcome.verdict for result in report.checks if SEARCH not in result.check.id
    }
    assert set(map(str, done.values())) == {"passed"}
    assert canary_found(report) != ""  # a search that did not run has shown nothing


def test_what_the_search_finds_is_a_finding(fresh, tmp_path):
    fresh.change("reference.py", ("import numpy as np\n", "import numpy as np\n"))
    (tmp_path / "copy").mkdir()
    planted = plant(fresh.subject(), tmp_path / "copy")
    with planted.submission.open("a") as file:
        file.write(f"\n\ndef {spy.search_of_the_sandbox.__name__}(first, second):\n    return ['/secret']\n")
    with Session(bank=planted.bank, sandbox="process") as session:
        report = session.grade(fresh.challenge.name, planted.submission, select=backwards)
    [found] = leaks.check(fresh.subject(), {"process": report}, [], {})
    assert "a word of the hidden files was found" in found.message


def test_the_spy_finds_a_word_in_files_names_environments_and_memory(tmp_path):
    word = f"planted-{os.getpid()}-word"
    (tmp_path / "files" / "deep").mkdir(parents=True)
    (tmp_path / "files" / "deep" / "file.bin").write_bytes(b"x" * ((1 << 20) - 4) + word.encode())
    (tmp_path / "files" / f"{word}.txt").write_text("")
    program = f"import sys; held = '{word}'.encode() * 3; print('ready', flush=True); sys.stdin.read()"
    child = subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"WORD": word}
    )
    try:
        assert child.stdout.readline()
        (tmp_path / "proc").mkdir()
        (tmp_path / "proc" / str(child.pid)).symlink_to(
            f"/proc/{child.pid}"
        )  # the machine has more than these
        hits = spy.search_of_the_sandbox(word[:9], word[9:], str(tmp_path / "files"), str(tmp_path / "proc"))
    finally:
        child.communicate()
    assert str(tmp_path / "files" / "deep" / "file.bin") in hits
    assert str(tmp_path / "files" / f"{word}.txt") in hits
    assert f"{tmp_path}/proc/{child.pid}/environ" in hits
    assert any(hit.startswith(f"{tmp_path}/proc/{child.pid}: ") for hit in hits)


def test_the_spy_finds_nothing_where_nothing_is(tmp_path):
    (tmp_path / "file").write_text("harmless")
    hits = spy.search_of_the_sandbox("not-to-be-", f"found-{os.getpid()}", str(tmp_path), str(tmp_path))
    assert hits == []


# Numbers that are shown.


@pytest.mark.parametrize(
    ("hidden", "visible", "found"),
    [
        ("X = 0.123456", "The answer is 0.123456.", True),
        ("X = [3, 1, 4, 1.5]", "For `[3, 1, 4, 1.5]` it is 2.", True),
        ("X = [[3, 1], [-4, 1.5]]", "| 3 | 1 |\n| -4 | 1.5 |", True),
        ("X = 0.12345", "The answer is 0.12345.", False),
        ("X = [1, 2, 3, 4, 5]", "For `[1, 2, 3, 4, 5]` it is 3.", False),
        ("X = [0, 1, 1, 0]", "For `[0, 1, 1, 0]` it is 3.", False),
        ("X = [3, 1, 4, 1.5]", "3 is odd, 1 too; 4 and 1.5 are not.", False),
        ("X = 1000000", "1000000 rows", False),
    ],
)  # fmt: skip
def test_a_number_of_a_hidden_file_in_a_visible_one_is_found(fresh, hidden, visible, found):
    fresh.change("checks/hidden/oracle.py", ("import math\n", f"import math\n\n{hidden}\n"))
    fresh.change("hints.md", ("## Hint 2", f"{visible}\n\n## Hint 2"))
    lines = list(shown(fresh.challenge))
    assert bool(lines) is found, lines
    if found:
        assert lines[0][0].startswith("checks/hidden/oracle.py:")
        assert lines[0][1].endswith("also stands in hints.md")
        assert len(leaks.check(fresh.subject(), {}, [], {})) == 1
        with (fresh.solutions / "expect.toml").open("a") as file:
            file.write('\n[leaks]\nshown = "a constant of nature"\n')
        assert leaks.check(fresh.subject(), {}, [], {}) == []


# Rows that can be looked up.


@pytest.fixture(scope="module")
def public() -> dict[str, str]:
    return public_rows(folder("datasets"))


def test_rows_are_known_again_without_their_label_and_in_another_order(public):
    iris = sklearn.datasets.load_iris()
    known = rows.keys(iris.data[:, ::-1])
    assert len(known) > 100
    assert {public[key] for key in known} == {"scikit-learn's iris"}
    penguins = pd.read_csv(folder("datasets") / "penguins" / "penguins.csv").dropna().drop(columns="species")
    keys = rows.keys(penguins)
    assert len(keys) > 200
    assert all(public.get(key) == "datasets/penguins" for key in keys)
    noisy = iris.data + np.random.default_rng(0).normal(0, 0.01, iris.data.shape)
    assert not set(rows.keys(noisy)) & set(public)


def test_rows_that_say_little_have_no_key():
    assert rows.keys(np.array([[0.0, 1.0, 1.0, 0.0], [1.0, 2.0, 3.0, 4.0]])) == []
    assert rows.keys(np.arange(5.0)) == []
    assert rows.keys("text") == []


def test_public_rows_in_a_hidden_check_are_found(fresh, tmp_path, public):
    text = FITTING.replace("ROWS", "sklearn.datasets.load_iris(return_X_y=True)")
    text = text.replace("number(", "at = rng.permutation(150)\n    number(").replace(
        "X, y))", "X[at], y[at]))"
    )
    (fresh.challenge / "checks/hidden/test_fit.py").write_text(text)
    fresh.change("reference.py", ("return float(known.mean())\n", f"return float(known.mean())\n{FIT}"))
    _, calls = planted_run(fresh, tmp_path)
    assert [(call.check, call.function, call.telling) for call in calls] == [
        ("hidden/test_fit.py::test_fit", "fit", ())
    ]
    [found] = leaks.check(fresh.subject(), {}, calls, public)
    assert found.place == "hidden/test_fit.py::test_fit"
    assert "rows of scikit-learn's iris, which can be looked up" in found.message


# Orders that tell.


def test_sorted_labels_in_a_hidden_check_are_found(fresh, tmp_path):
    text = FITTING.replace("ROWS", "rng.normal(size=(60, 2)), np.arange(60) // 30")
    (fresh.challenge / "checks/hidden/test_fit.py").write_text(text)
    fresh.change("reference.py", ("return float(known.mean())\n", f"return float(known.mean())\n{FIT}"))
    _, calls = planted_run(fresh, tmp_path)
    [found] = leaks.check(fresh.subject(), {}, calls, {})
    assert found.place == "hidden/test_fit.py::test_fit"
    assert "the labels of the rows sent to fit can be told from their position" in found.message
    with (fresh.solutions / "expect.toml").open("a") as file:
        file.write('\n[leaks]\nordered = "the task is about time"\n')
    assert leaks.check(fresh.subject(), {}, calls, {}) == []


def table(rng, rows=80):
    return pd.DataFrame(rng.normal(size=(rows, 3)), columns=list("abc"))


ORDERED = {
    "sorted classes": lambda rng: (rng.normal(size=(80, 2)), np.repeat([0, 1], 40), ["position"]),
    "blocks in any order": lambda rng: (rng.normal(size=(90, 2)), np.repeat(["b", "c", "a"], 30), ["position"]),
    "classes in turn": lambda rng: (rng.normal(size=(90, 2)), np.arange(90) % 3, ["position"]),
    "sorted amounts": lambda rng: (rng.normal(size=(80, 2)), np.sort(rng.normal(size=80)), ["position"]),
    "an index that rises with the label": lambda rng: (
        table(rng).set_index(pd.Index((order_ := rng.permutation(80)) * 3)), (order_ > 40).astype(int), ["index"]
    ),
    "ids that are even for one class": lambda rng: (
        table(rng).assign(id=(ids := rng.permutation(80))), (ids % 2).astype(int), ["column id"]
    ),
}  # fmt: skip
SHUFFLED = {
    "shuffled classes": lambda rng: (rng.normal(size=(80, 2)), rng.permutation(np.repeat([0, 1], 40))),
    "shuffled amounts": lambda rng: (rng.normal(size=(80, 2)), rng.normal(size=80)),
    "rare class": lambda rng: (rng.normal(size=(500, 2)), (rng.random(500) < 0.02).astype(int)),
    "few rows": lambda rng: (rng.normal(size=(20, 2)), np.repeat([0, 1], 10)),
    "one class": lambda rng: (rng.normal(size=(80, 2)), np.zeros(80)),
    "a grid": lambda rng: (np.linspace(0, 1, 80)[:, None], np.linspace(0, 1, 80) ** 2),
    "other length": lambda rng: (rng.normal(size=(80, 2)), np.repeat([0, 1], 30)),
    "ids that say nothing": lambda rng: (
        table(rng).assign(id=rng.permutation(80)).set_index(pd.Index(rng.permutation(80))), rng.permutation(80) % 2
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ORDERED)
def test_labels_that_follow_the_rows_are_found(case):
    features, labels, expected = ORDERED[case](np.random.default_rng(7))
    assert list(order.telling(features, labels)) == expected


@pytest.mark.parametrize("case", SHUFFLED)
@pytest.mark.parametrize("seed", range(5))
def test_shuffled_rows_raise_no_alarm(case, seed):
    features, labels = SHUFFLED[case](np.random.default_rng(seed))
    assert list(order.telling(features, labels)) == []


def test_a_column_of_a_table_may_be_the_label():
    rng = np.random.default_rng(3)
    frame = table(rng).assign(kind=np.repeat(["x", "y"], 40), day=pd.date_range("2020", periods=80))
    assert list(order.own_columns(frame)) == [("kind", "position")]


def test_without_notes_there_are_no_calls(tmp_path):
    assert recording.read(Path(tmp_path) / "none.jsonl") == []

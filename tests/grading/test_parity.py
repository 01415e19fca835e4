"""One submission gets the same verdicts in every sandbox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests_sandboxes import ISOLATING, arguments, usable

from grader import Session
from grader.bank import Bank
from grader.model import Report

BANK = Bank.default()
SEED = "5eed"
SUBMISSIONS = [
    ("f1-by-hand", BANK.solutions / "f1-by-hand/reference.py"),
    ("f1-by-hand", BANK.solutions / "f1-by-hand/wrong_swapped.py"),
    ("f1-by-hand", BANK.challenges / "f1-by-hand/starter/solution.ipynb"),
    ("gradient-descent", BANK.solutions / "gradient-descent/reference.py"),
    ("learn-online", BANK.solutions / "learn-online/wrong_never_forgets.py"),
    ("impute-missing", BANK.solutions / "impute-missing/alternative_knn.py"),
]
HOSTILE = {
    "exits": "import os\ndef add(a, b): os._exit(0)\n",
    "crashes": "import ctypes\ndef add(a, b): ctypes.string_at(0)\n",
    "memory": "def add(a, b): return len(bytearray(1 << 32))\n",
    "loops": "def add(a, b):\n    while True: pass\n",
    "unloadable": "def add(a, b:\n",
}
HIDDEN = (
    "from grader.checks import equal\n"
    'def test_five(candidate):\n    """Two and three."""\n    equal(candidate.add(2, 3), 5)\n'
)


def verdicts(report: Report) -> dict[str, str]:
    """The verdict of every check, and whether it all passed."""
    assert not report.infrastructure
    found = {result.check.id: str(result.outcome.verdict) for result in report.checks}
    return {**found, "status": str(report.status)}


@pytest.fixture(scope="module")
def expected() -> Iterator[Session]:
    """What the plain process says, which has nothing that could interfere."""
    with Session(sandbox="process") as session:
        yield session


@pytest.fixture(scope="module", params=ISOLATING)
def session(request: pytest.FixtureRequest) -> Iterator[Session]:
    """Every sandbox that isolates, in turn."""
    usable(request.param)
    with Session(**arguments(request.param)) as session:
        if request.param == "stream":
            session.backend._share = False
        yield session


@pytest.mark.slow
@pytest.mark.parametrize(("slug", "path"), SUBMISSIONS, ids=lambda value: getattr(value, "name", value))
def test_a_submission_gets_the_same_verdicts_everywhere(session, expected, slug, path):
    ours = session.grade(slug, path, seed=SEED)
    assert verdicts(ours) == verdicts(expected.grade(slug, path, seed=SEED))
    assert ours.official


@pytest.mark.slow
@pytest.mark.parametrize("name", ISOLATING)
def test_so_do_those_that_misbehave(name, make_bank, tmp_path):
    usable(name)
    bank = make_bank(HIDDEN)
    with Session(bank=bank, sandbox="process") as plain, Session(bank=bank, **arguments(name)) as session:
        for what, source in HOSTILE.items():
            path = tmp_path / f"{what}.py"
            path.write_text(source)
            ours = verdicts(session.grade("add", path))
            assert ours == verdicts(plain.grade("add", path)), what
            assert ours["status"] == "failed"

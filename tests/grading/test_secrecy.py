"""Nothing of the hidden checks is where candidate code runs."""

from __future__ import annotations

import pytest
from tests_sandboxes import ISOLATING, arguments, usable

from grader import Session
from grader.model import Verdict
from grader.proof import spy

CANARY = "canary-7f3a9c51e0"

SPY = f"{spy.source()}\n\nadd = search_of_the_sandbox\n"


@pytest.mark.parametrize("name", ISOLATING)
def test_a_word_that_stands_in_every_hidden_file_is_nowhere_in_the_sandbox(name, make_bank, tmp_path):
    usable(name)
    hidden = f'''# {CANARY}
import pytest
from grader.checks import equal
from oracle import EXPECTED, LABELS

@pytest.mark.hint("{CANARY}")
@pytest.mark.limits(seconds=60)
def test_spy(candidate):
    """{CANARY}"""
    assert "{CANARY}" == EXPECTED
    equal(candidate.add("{CANARY[:9]}", "{CANARY[9:]}"), [])
'''
    files = {
        "checks/hidden/oracle.py": f'EXPECTED = "{CANARY}"\nLABELS = ["{CANARY}"] * 1000\n',
        "checks/hidden/labels.csv": f"label\n{CANARY}\n",
    }
    path = tmp_path / "spy.py"
    path.write_text(SPY)
    bank = make_bank(hidden, files=files)
    with Session(bank=bank, **arguments(name)) as session:
        report = session.grade("add", path)
    spy = next(result.outcome for result in report.checks if result.check.suite == "hidden")
    assert spy.verdict is Verdict.PASSED, spy.staff_text or spy.candidate_text

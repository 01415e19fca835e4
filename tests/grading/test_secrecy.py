"""Nothing of the hidden checks is where candidate code runs."""

from __future__ import annotations

import pytest
from tests_sandboxes import ISOLATING, arguments, usable

from grader import Session
from grader.model import Verdict

CANARY = "canary-7f3a9c51e0"

# Looks through everything it can read for a word that it is given in two halves, so that
# neither its source nor its memory holds the word itself.
SPY = """
import os
def add(first, second):
    wanted = [(first + second).encode()]
    hits = []
    for folder, folders, files in os.walk('/'):
        if folder in ('/proc', '/sys'):
            folders[:] = []
            continue
        for name in files:
            path = os.path.join(folder, name)
            if wanted[0] in path.encode(errors='replace'):
                hits.append(path)
            if os.path.isfile(path) and not os.path.islink(path):
                hits += search(path, wanted[0])
    for pid in filter(str.isdigit, os.listdir('/proc')):
        for name in ('environ', 'cmdline', 'mountinfo'):
            hits += search(f'/proc/{pid}/{name}', wanted[0])
        if int(pid) != os.getpid():
            hits += memory(pid, wanted[0])
    return hits

def search(path, word):
    try:
        with open(path, 'rb') as file:
            tail = b''
            while piece := file.read(1 << 20):
                if word in tail + piece:
                    return [path]
                tail = piece[-64:]
    except OSError:
        pass
    return []

def memory(pid, word):
    found = []
    try:
        regions = open(f'/proc/{pid}/maps').read().splitlines()
        with open(f'/proc/{pid}/mem', 'rb') as file:
            for region in regions:
                span, rights = region.split()[:2]
                low, high = (int(part, 16) for part in span.split('-'))
                if 'r' not in rights or high - low > 1 << 28:
                    continue
                try:
                    file.seek(low)
                    if word in file.read(high - low):
                        found.append(f'{pid}: {region}')
                except (OSError, ValueError, OverflowError):
                    pass
    except OSError:
        pass
    return found
"""


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

"""The table of proofs: a row each, findings below, and the same as Markdown and JSON."""

from __future__ import annotations

import json
import math

from grader.model import Metric
from grader.proof.check import Proof
from grader.proof.findings import Finding
from grader.proof.headroom import Headroom, Spread
from grader.proof.record import Mutants, Room
from grader.proof.table import HEADINGS, as_json, markdown, summary, terminal

METRIC = Metric("error", "Error", "lower", zero=1.0, passing=0.6, full=0.5, points=2)
GOOD = Proof(
    slug="a-good-one",
    question=3,
    checks=12,
    points=20.5,
    right=2,
    wrong=7,
    mutants=Mutants(total=40, killed=38, equivalent=2),
    seeds=20,
    headroom=(
        Headroom(
            METRIC,
            20,
            Spread("reference.py", METRIC, (0.2, 0.4)),
            (),
            (Spread("wrong_mean.py", METRIC, (1.0, 1.0)),),
        ),
    ),
    rooms=(Room(metric="error", right=1.0, baselines=math.inf),),
    seconds=12.4,
    done=["structure", "seeds"],
)
BAD = Proof("a-bad-one", findings=[Finding("mutants", "reference", "a mutant survives:\n-a [b]\n+c | d")])


def test_the_terminal_has_a_row_for_each_and_every_finding():
    text = terminal([GOOD, BAD])
    assert all(heading in text for heading in HEADINGS), text
    row = next(line for line in text.splitlines() if "a-good-one" in line).split()
    assert row == [
        "a-good-one",
        "12",
        "20.5",
        "2",
        "7",
        "38/38",
        "+",
        "2",
        "20",
        "error",
        "1.0,",
        "∞",
        "12",
        "none",
    ]
    assert "a-bad-one, mutants: reference\n  a mutant survives:\n  -a [b]\n  +c | d\n" in text
    assert text.endswith("1 finding in 1 of 2 challenges\n")


def test_a_poor_terminal_gets_plain_characters():
    text = terminal([GOOD], unicode=False)
    assert text.isascii()
    assert "inf" in text
    assert "\x1b" in terminal([GOOD], color=True)


def test_nothing_to_mend_is_said():
    assert summary([GOOD]) == "1 challenge, nothing to mend"


def test_markdown_has_no_times_and_escapes_bars():
    text = markdown([GOOD, BAD])
    lines = text.splitlines()
    assert (
        lines[0] == "| challenge | checks | points | right | wrong | mutants | seeds | headroom | findings |"
    )
    assert lines[2] == "| a-good-one | 12 | 20.5 | 2 | 7 | 38/38 + 2 | 20 | error 1.0, ∞ | none |"
    assert lines[3] == "| a-bad-one | - | - | - | - | - | - | - | 1 |"


def test_json_holds_everything():
    good, bad = json.loads(as_json([GOOD, BAD]))["challenges"]
    assert good["mutants"] == {"total": 40, "killed": 38, "equivalent": 2}
    [metric] = good["metrics"]
    assert metric["right"] == [{"file": "reference.py", "worst": 0.4, "best": 0.2, "deviation": 0.1}]
    assert (good["sections"], good["findings"], bad["metrics"]) == (["structure", "seeds"], [], [])
    assert bad["findings"][0]["section"] == "mutants"

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from grader.bank import Bank
from grader.errors import ChallengeError
from grader.kit.overview import Outline, outline, outlines, suggested


def test_outlines_are_what_the_validator_reads() -> None:
    bank = Bank.default()
    names = [field.name for field in fields(Outline)]
    assert [[getattr(one, name) for name in names] for one in outlines(bank)] == [
        [getattr(one, name) for name in names] for one in bank.all()
    ]


def test_outlines_load_no_validator() -> None:
    program = (
        "import sys; from grader.bank import Bank; from grader.kit.overview import outlines;"
        "print(len(outlines(Bank.default())), 'pydantic' in sys.modules, 'rich' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "25 False False\n"


@pytest.mark.parametrize(
    "line", ["minutes = '5'", "minutes = true", "difficulty = 'awful'", "title = 3", "= ="]
)
def test_a_wrong_manifest_is_reported_by_the_validator(tmp_path: Path, line: str) -> None:
    root = tmp_path / "challenges" / "one"
    root.mkdir(parents=True)
    key = line.partition(" ")[0]
    good = 'format=1\ntitle="One"\ntopic="a"\ndifficulty="easy"\nminutes=5\nfunctions=["f"]\nrequires=[]\n'
    kept = [one for one in good.splitlines() if not one.startswith(f"{key}=")]
    (root / "challenge.toml").write_text("\n".join([*kept, line]), encoding="utf-8")
    for read in (lambda: outlines(Bank.at(tmp_path)), lambda: outline(Bank.at(tmp_path), "one")):
        with pytest.raises(ChallengeError, match=r"challenge\.toml"):
            read()


def test_an_unknown_challenge_is_an_error_with_the_nearest() -> None:
    with pytest.raises(ChallengeError, match="did you mean f1-by-hand"):
        outline(Bank.default(), "f1-by-hnd")


def test_the_next_challenge_is_the_easiest_by_number() -> None:
    everything = outlines(Bank.default())
    first = suggested(everything, set())
    assert first is not None
    assert first.slug == "learn-the-rule"
    second = suggested(everything, {"learn-the-rule"})
    assert second is not None
    assert second.slug == "f1-by-hand"
    third = suggested(everything, {"f1-by-hand"}, "metrics")
    assert third is not None
    assert third.slug == "confusion-matrix"
    assert suggested(everything, {one.slug for one in everything}) is None

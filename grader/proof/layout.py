"""Which files a challenge and its solutions consist of, and what `expect.toml` must name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from grader.bank import CACHES
from grader.proof.expect import Expect
from grader.proof.subject import Subject

Lines = Iterator[tuple[str, str]]

CHALLENGE = {
    "challenge.toml": True,  # whether it must be there
    "README.md": True,
    "answer.md": True,
    "hints.md": True,
    "starter/solution.py": True,
    "starter/solution.ipynb": True,
}
CALIBRATION = "calibration.toml"
CHECKS = re.compile(r"checks/(hidden|visible)/(?!conftest\.py)[a-z][a-z0-9_]*\.py")
SOLUTIONS = re.compile(r"(alternative|wrong)_[a-z0-9_]+\.py|(expect|mutants|proof)\.toml")
WRONG = 5
# Cheats that every bank meets; a wrong solution of each kind must be there, told by its name.
CHEATS = {
    "a constant answer": ("constant",),
    "the answers of the visible checks": ("visible", "hard_coded"),
    "NaN for everything": ("nan",),
}


def files(folder: Path) -> list[str]:
    """Relative paths of a folder's files, without the caches that Python leaves."""
    paths = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if not path.is_dir())
    return [path.as_posix() for path in paths if path.suffix != ".pyc" and CACHES.isdisjoint(path.parts)]


def challenge_files(root: Path, *, metrics: bool) -> Lines:
    """What is missing of a challenge folder, and what does not belong there."""
    found = files(root)
    wanted = [*(name for name, needed in CHALLENGE.items() if needed), *([CALIBRATION] if metrics else [])]
    for name in wanted:
        if name not in found:
            made = name in (CALIBRATION, "starter/solution.ipynb")
            yield name, "is missing" + ("; `grader bank update` writes it" if made else "")
    for name in found:
        if name == CALIBRATION and not metrics:
            yield name, "is for challenges with metrics; remove it"
        elif name not in wanted and name != CALIBRATION and not CHECKS.fullmatch(name):
            yield name, "does not belong into a challenge; move or remove it"
    if not any(name.startswith("checks/visible/test_") for name in found):
        yield "checks/visible", "there is no test_*.py; candidates need two examples or more"


def solution_files(folder: Path, expect: Expect) -> Lines:
    """Whether `expect.toml` and the folder of solutions say the same."""
    named, found = expect.files, files(folder)
    for name in dict.fromkeys(named):
        if named.count(name) > 1:
            yield "expect.toml", f"names {name} {named.count(name)} times"
        if name not in found:
            yield "expect.toml", f"names {name}, which does not exist"
    for name in found:
        if name != expect.reference.file and not SOLUTIONS.fullmatch(name):
            yield name, "does not belong into a folder of solutions; call it alternative_*.py or wrong_*.py"
        elif name.endswith(".py") and name not in named:
            yield name, "is not in expect.toml; add it there, with what must become of it"


def solution_kinds(subject: Subject) -> Lines:
    """Whether there are enough solutions, and of each kind."""
    expect, place = subject.expect, "expect.toml"
    wrong = [entry.file for entry in expect.wrong]
    if not expect.alternative:
        yield place, "there is no alternative; write a right solution in another style"
    if len(wrong) < WRONG:
        yield (
            place,
            f"there are {len(wrong)} wrong solutions; write {WRONG} or more, each a real mistake or cheat",
        )
    for what, words in CHEATS.items():
        if not any(word in file for file in wrong for word in words):
            yield place, f"no wrong solution gives {what}; add wrong_{words[0]}.py"
    metrics = {metric.name for metric in subject.challenge.metrics}
    for entry in expect.wrong:
        for name in entry.baseline_of:
            if name not in metrics:
                yield place, f"{entry.file}: baseline_of names {name}, which challenge.toml does not declare"
    for name in sorted(metrics):
        if not expect.baselines(name):
            yield place, f"no wrong solution is the baseline of the metric {name}; add baseline_of to one"

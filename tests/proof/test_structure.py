"""The section `structure` passes a fresh challenge and finds each fault put into one."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from grader.bank import Bank
from grader.proof import structure
from grader.proof.expect import Expect, read_table
from grader.proof.subject import Subject

F = "mean_of_known"
TITLE = '"""A single number is its own mean."""'

FAULTS: dict[str, tuple[Callable, str]] = {
    "a file too many": (lambda f: (f.challenge / "notes.txt").write_text("x"), "notes.txt: does not belong"),
    "conftest": (lambda f: (f.challenge / "checks/conftest.py").write_text(""), "conftest.py: does not belong"),
    "a stray solution": (lambda f: (f.solutions / "old.py").write_text(""), "old.py: does not belong"),
    "no hints": (lambda f: (f.challenge / "hints.md").unlink(), "hints.md: is missing"),
    "no notebook": (lambda f: (f.challenge / "starter/solution.ipynb").unlink(), "`grader bank update` writes it"),
    "old notebook": (lambda f: f.change("README.md", ("## Example", "## An example")), "does not follow README.md"),
    "calibration without metrics": (lambda f: (f.challenge / "calibration.toml").write_text(""), "remove it"),
    "another title": (lambda f: f.change("README.md", ("# Mean of known", "# Means")), "must begin with the title"),
    "function not in brief": (lambda f: f.change("README.md", (F, "mean")), f"does not mention {F}"),
    "function not in starter": (lambda f: f.change("starter/solution.py", (f"def {F}", "def mean")), "starter/solution.py: does not define"),
    "function not in reference": (lambda f: f.change("reference.py", (f"def {F}", "def mean")), "reference.py: does not define"),
    "no example": (lambda f: f.change("README.md", ("## Example", "## More")), "no section called Example"),
    "short answer": (lambda f: f.change("answer.md", ("So first ask why", "## More\n\nSo first ask why")), "words; 120 to 250"),
    "no wrong answer": (lambda f: f.change("answer.md", ("## The usual wrong answer", "## Wrong")), "The usual wrong answer"),
    "one follow-up": (lambda f: f.change("answer.md", ("- When is", "When is")), "1 follow-up questions"),
    "other hint titles": (lambda f: f.change("hints.md", ("## Hint 2", "## Second")), "Hint 1 to Hint 3"),
    "two hints": (lambda f: f.change("hints.md", ("## Hint 3", "")), "must have 3 sections"),
    "dead link": (lambda f: f.change("README.md", ("Some numbers", "[Some](other.md) numbers")), "the link to other.md is dead"),
    "untitled check": (lambda f: f.change(f"checks/hidden/test_{F}.py", (TITLE, "")), "no-title"),
    "no comparator": (lambda f: f.change(f"checks/hidden/test_{F}.py", (f"close(candidate.{F}(values), mean(values), rtol=1e-9)", "mean(values)")), "no-comparator"),
    "weak comparison": (lambda f: f.change(f"checks/hidden/test_{F}.py", ("close(candidate", "assert np.allclose(candidate")), "loose-comparison"),
    "one visible check": (lambda f: f.change("checks/visible/test_example.py", (f"def test_{F}_of", f"def {F}_of")), "there are 1 examples"),
    "no visible checks": (lambda f: shutil.rmtree(f.challenge / "checks/visible"), "candidates need two examples"),
    "sklearn in checks": (lambda f: f.change("checks/hidden/oracle.py", ("import math", "import math\nimport sklearn")), "imports sklearn"),
    "pandas in reference": (lambda f: f.change("reference.py", ("import numpy", "import pandas\nimport numpy")), "imports pandas"),
    "untyped starter": (lambda f: f.change("starter/solution.py", (" -> float", "")), "not fully typed"),
    "undocumented starter": (lambda f: f.change("starter/solution.py", ("    \"\"\"Return", "    pass\n    \"\"\"Return")), "has no docstring"),
    "unreadable check": (lambda f: f.change("checks/hidden/oracle.py", ("import math", "import (")), "cannot be read as Python"),
    "no alternative": (lambda f: f.change("expect.toml", ('[[alternative]]\nfile = "alternative_loop.py"', "")), "there is no alternative"),
    "no NaN": (lambda f: (f.change("expect.toml", ("wrong_all_nan", "wrong_missing")), (f.solutions / "wrong_all_nan.py").rename(f.solutions / "wrong_missing.py")), "no wrong solution gives NaN"),
    "unnamed solution": (lambda f: (f.solutions / "wrong_more.py").write_text("x = 1\n"), "wrong_more.py: is not in expect.toml"),
    "missing solution": (lambda f: (f.solutions / "wrong_median.py").unlink(), "wrong_median.py, which does not exist"),
    "unknown metric": (lambda f: f.change("expect.toml", ('why = "the median', 'baseline_of = ["speed"]\nwhy = "the median')), "baseline_of names speed"),
    "metric without baseline": (lambda f: (f.with_metric("0.0"), f.change("expect.toml", ('baseline_of = ["error"]', ""))), "is the baseline of the metric error"),
    "metric without calibration": (lambda f: f.with_metric("0.0"), "calibration.toml: is missing"),
}  # fmt: skip


def lines(subject: Subject) -> list[str]:
    return [str(finding) for finding in structure.check(subject)]


def test_a_fresh_challenge_is_whole(fresh):
    assert lines(fresh.subject()) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(fresh, fault):
    breaking, message = FAULTS[fault]
    breaking(fresh)
    found = lines(fresh.subject())
    assert any(message in line for line in found), found


def test_too_few_wrong_solutions_are_found(fresh):
    text = (fresh.solutions / "expect.toml").read_text().partition("[[wrong]]")[0]
    (fresh.solutions / "expect.toml").write_text(text)
    assert any("there are 0 wrong solutions" in line for line in lines(fresh.subject()))


def test_a_question_belongs_to_one_challenge(fresh):
    for name in ("mean-of-known", "other"):
        if name == "other":
            shutil.copytree(fresh.challenge, fresh.bank.challenges / "other")
        path = fresh.bank.challenges / name / "challenge.toml"
        path.write_text(path.read_text().replace("format = 1", "format = 1\nquestion = 3", 1))
        if name == "mean-of-known":
            assert lines(fresh.subject()) == []
    text = (fresh.challenge / "challenge.toml").read_text()
    (fresh.bank.challenges / "other" / "challenge.toml").write_text(text)
    assert any("question 3 is that of other already" in line for line in lines(fresh.subject()))


def test_expect_toml_is_read_with_every_error_at_once(fresh):
    fresh.change("expect.toml", ('why = "a constant answer"', "reason = 1"), ("format = 1", "format = 2"))
    expect, found = read_table(fresh.solutions / "expect.toml", Expect)
    assert expect is None
    assert {finding.message.partition(":")[0] for finding in found} == {
        "format",
        "wrong[3].why",
        "wrong[3].reason",
    }


@pytest.mark.parametrize("slug", Bank.default().slugs())
def test_expect_toml_of_the_bank_can_be_read(slug):
    expect, found = read_table(Bank.default().solutions / slug / "expect.toml", Expect)
    assert expect is not None, found

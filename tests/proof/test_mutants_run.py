"""Mutants are graded through the grader's own pipeline; what survives is told, with its reason or without."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests_sandboxes import usable

from grader import Session
from grader.bank import Bank
from grader.errors import ChallengeError
from grader.model import Verdict
from grader.proof.mutants import Fate, Identity, MutantResult, Reasons, mutants, prove, sessions

MANIFEST = """
format = 1
title = "Clip"
topic = "metrics"
difficulty = "easy"
minutes = 5
functions = ["clip"]
requires = ["numpy"]

[limits]
seconds = 20
"""
REFERENCE = "def clip(x, low):\n    return low if x < low else x\n"
HEAD = "import pytest\nfrom grader.checks import equal\n\n\n"
CHECK = "def test_{name}(candidate):\n    '''Clip {name}.'''\n    equal(candidate.clip({x}, {low}), {answer})\n\n\n"
BELOW, ABOVE = (
    CHECK.format(name="below", x=1, low=2, answer=2),
    CHECK.format(name="above", x=3, low=2, answer=3),
)
BOUNDARY = Identity("clip", "return low if x < low else x", "return low if x <= low else x")
ALWAYS = Identity("clip", "return low if x < low else x", "return low if True else x")
ENDLESS = "def clip(x, low):\n    while x < low:\n        x += 1\n    return x\n"


class Workshop:
    """A bank of one challenge, and sessions that grade against it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reference = folder / "solutions" / "clip" / "reference.py"

    def bank(self, checks: str, reference: str = REFERENCE, manifest: str = MANIFEST) -> Bank:
        root = self.folder / "challenges" / "clip"
        for path, text in [
            (root / "challenge.toml", manifest),
            (root / "README.md", "# Clip\n"),
            (root / "checks" / "hidden" / "test_clip.py", HEAD + checks),
            (self.reference, reference),
        ]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (self.folder / "datasets").mkdir(exist_ok=True)
        return Bank.at(self.folder)

    def prove(self, checks: str, reasons: Reasons | None = None, **files: str) -> MutantResult:
        bank = self.bank(checks, **files)
        with Session(bank=bank, sandbox="process") as session:
            return prove(session, bank.get("clip"), self.reference, reasons or Reasons(), threads=2)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


@pytest.fixture
def forking(workshop: Workshop) -> Iterator[Callable[[str], Session]]:
    usable("bubblewrap")
    opened = []

    def start(checks: str, reference: str = REFERENCE) -> Session:
        manager = sessions(workshop.bank(checks, reference), threads=1)
        opened.append(manager)
        return manager.__enter__()

    yield start
    for manager in opened:
        manager.__exit__(None, None, None)


def test_strong_checks_kill_every_mutant_that_is_wrong(workshop):
    result = workshop.prove(BELOW + ABOVE, Reasons(equivalent=frozenset({BOUNDARY})))
    assert result.errors == ()
    assert result.survivors == ()
    assert (result.total, result.killed, result.equivalent, result.share) == (4, 3, 1, 1.0)
    assert result.proven


def test_weak_checks_leave_a_survivor_that_is_shown_with_its_diff(workshop):
    result = workshop.prove(BELOW)
    assert {mutant.identity for mutant in result.survivors} == {BOUNDARY, ALWAYS}
    shown = next(mutant for mutant in result.survivors if mutant.identity == ALWAYS)
    assert "-    return low if x < low else x\n+    return low if True else x" in shown.diff
    assert result.share == 0.5
    assert not result.proven


def test_a_survivor_with_a_reason_counts_as_not_killed_but_needs_no_other_word(workshop):
    result = workshop.prove(BELOW, Reasons(frozenset({BOUNDARY}), frozenset({ALWAYS})))
    assert (result.survivors, [each.identity for each in result.accepted]) == ((), [ALWAYS])
    assert result.share == pytest.approx(2 / 3)


def test_a_record_of_a_mutant_that_is_killed_is_an_error(workshop):
    result = workshop.prove(BELOW + ABOVE, Reasons(equivalent=frozenset({BOUNDARY, ALWAYS})))
    assert result.errors == (
        "recorded as surviving, but hidden/test_clip.py::test_above kills it: "
        "clip: return low if x < low else x -> return low if True else x",
    )
    assert not result.proven


def test_a_record_that_fits_no_mutant_is_an_error(workshop):
    gone = Identity("clip", "return low", "return 0")
    result = workshop.prove(BELOW + ABOVE, Reasons(equivalent=frozenset({BOUNDARY, gone})))
    assert result.errors == ("stale, there is no such mutant: clip: return low -> return 0",)


def test_a_reference_that_does_not_pass_proves_nothing(workshop):
    with pytest.raises(ChallengeError, match=r"reference\.py: does not pass.*test_below"):
        workshop.prove(BELOW, reference="def clip(x, low):\n    return x - 1\n")


def test_a_fault_that_some_seeds_hide_is_found_by_another(workshop):
    luck = "def test_luck(candidate, rng):\n    '''Luck.'''\n    x = int(rng.integers(0, 2))\n    equal(candidate.clip(x, 1), 1)\n"
    result = workshop.prove(luck, reference="def clip(x, low):\n    return max(low, x)\n")
    assert result.killed == result.total == 1


def test_a_check_without_points_kills_nothing(workshop):
    result = workshop.prove(BELOW + "@pytest.mark.points(0)\n" + ABOVE)
    assert ALWAYS in {mutant.identity for mutant in result.survivors}


def test_one_failed_check_kills_nothing_where_a_part_of_the_points_is_enough(workshop):
    manifest = MANIFEST.replace("minutes = 5", "minutes = 5\npass_mark = 0.5")
    result = workshop.prove(BELOW + ABOVE, manifest=manifest)
    assert ALWAYS in {mutant.identity for mutant in result.survivors}


def test_an_endless_mutant_ends_long_before_the_limit_of_the_challenge(workshop):
    bank = workshop.bank(BELOW, ENDLESS, MANIFEST.replace("seconds = 20", "seconds = 300"))
    with Session(bank=bank, sandbox="process") as session:
        started = time.monotonic()
        result = prove(session, bank.get("clip"), workshop.reference, Reasons(), threads=2)
    graded = {each.mutant.identity.changed: each for each in result.graded}
    assert graded["x -= 1"].fate is Fate.KILLED
    assert time.monotonic() - started < 120


def test_a_mutant_is_not_killed_by_a_machine_that_is_too_busy_for_the_reference(workshop):
    flag = workshop.folder / "is busy"
    reference = f"import os\n\n\ndef clip(x, low):\n    while os.path.exists('{flag}'):\n        pass\n    return max(low, x)\n"

    class Busy(Session):
        def grade(self, *args, **options):
            report = super().grade(*args, **options)
            flag.touch()  # from the second run on
            return report

    bank = workshop.bank(BELOW, reference)
    with Busy(bank=bank, sandbox="process") as session:
        result = prove(session, bank.get("clip"), workshop.reference, Reasons(), threads=1)
    assert [each.fate for each in result.graded] == [Fate.SURVIVED, Fate.ERROR]
    assert (result.killed, len(result.errors)) == (0, 1)
    assert "so did the reference: the machine is too busy" in result.errors[0]


def test_progress_is_told_mutant_by_mutant(workshop):
    bank = workshop.bank(BELOW + ABOVE)
    told: list[str] = []
    with Session(bank=bank, sandbox="process") as session:
        prove(session, bank.get("clip"), workshop.reference, Reasons(), threads=1, progress=told.append)
    assert told == [f"{number} of 4 mutants" for number in (1, 2, 3, 4)]


def test_what_interrupts_it_ends_it_before_the_rest_is_graded(workshop):
    bank = workshop.bank(BELOW + ABOVE)
    told: list[str] = []

    def interrupt(text: str) -> None:
        told.append(text)
        raise KeyboardInterrupt

    with Session(bank=bank, sandbox="process") as session, pytest.raises(KeyboardInterrupt):
        prove(session, bank.get("clip"), workshop.reference, Reasons(), threads=1, progress=interrupt)
    assert len(told) < 4


def test_after_the_first_failed_check_none_runs(workshop):
    bank = workshop.bank(BELOW + ABOVE)
    path = workshop.folder / "wrong.py"
    path.write_text("def clip(x, low):\n    return 0\n")
    with Session(bank=bank, sandbox="process") as session:
        whole = session.grade("clip", path)
        short = session.grade("clip", path, stop_at_failure=True)
        turned = session.grade("clip", path, stop_at_failure=True, select=lambda checks: checks[::-1])
    verdicts = [[result.outcome.verdict for result in report.checks] for report in (whole, short, turned)]
    failed, skipped = Verdict.FAILED, Verdict.NOT_RUN
    assert verdicts == [[failed, failed], [failed, skipped], [skipped, failed]]
    assert not short.passed


def test_a_check_may_not_take_longer_than_the_limits_that_are_given(workshop):
    checks = "@pytest.mark.limits(seconds=15)\n" + BELOW
    bank = workshop.bank(checks)
    path = workshop.folder / "slow.py"
    path.write_text("import time\ndef clip(x, low):\n    time.sleep(10)\n")
    limits = bank.get("clip").limits.__class__(seconds=0.2)
    with Session(bank=bank, sandbox="process") as session:
        report = session.grade("clip", path, limits=limits)
    assert report.checks[0].outcome.verdict is Verdict.TIMEOUT
    assert report.checks[0].outcome.candidate_text == "It took longer than 0.2 seconds."


@pytest.mark.bubblewrap
def test_forked_sandboxes_give_the_verdicts_of_fresh_ones(workshop, forking):
    usable("bubblewrap")
    forked = forking(BELOW + ABOVE)
    with Session(bank=forked.bank, sandbox="bubblewrap") as fresh:
        for number, mutant in enumerate(mutants(REFERENCE)):
            path = workshop.folder / f"{number}.py"
            path.write_text(mutant.source)
            one, other = forked.grade("clip", path), fresh.grade("clip", path)
            assert one.status == other.status
            assert [each.outcome.verdict for each in one.checks] == [
                each.outcome.verdict for each in other.checks
            ]


@pytest.mark.bubblewrap
def test_nothing_of_a_mutant_is_left_for_the_next(workshop, forking):
    session = forking(BELOW)
    leaves = workshop.folder / "leaves.py"
    leaves.write_text(
        "import builtins, os\n"
        "found = hasattr(builtins, 'left') or os.path.exists('/tmp/left')\n"
        "builtins.left = True\n"
        "open('/tmp/left', 'w').close()\n"
        "def clip(x, low):\n"
        "    if os.fork() == 0:\n"
        "        import time; time.sleep(60)\n"
        "    return -1 if found else low\n"
    )
    assert [session.grade("clip", leaves).passed for _ in range(3)] == [True] * 3


@pytest.mark.bubblewrap
@pytest.mark.parametrize("body", ["while True: pass", "import os; os._exit(1)"])
def test_after_a_mutant_that_ended_badly_the_next_is_graded(workshop, forking, body):
    session = forking(BELOW)
    bad = workshop.folder / "bad.py"
    bad.write_text(f"def clip(x, low):\n    {body}\n")
    limits = session.bank.get("clip").limits.__class__(seconds=0.5)
    assert not session.grade("clip", bad, limits=limits).passed
    assert session.grade("clip", workshop.reference, limits=limits).passed

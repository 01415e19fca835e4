"""Grading the mutants of a reference, and what came of it."""

from __future__ import annotations

import itertools
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from grader.errors import ChallengeError
from grader.grading import Session
from grader.model import Challenge, Check, Limits, Report, Status, Verdict
from grader.proof.mutants.generate import Mutant, mutants
from grader.proof.mutants.order import Order
from grader.proof.mutants.recorded import Reasons, shown

ENOUGH = 0.95  # share of the mutants that must be killed
SEED = "5eed"
_MORE_SEEDS = ("a11ce", "b0b")
_LEAST_SECONDS = 1.0
_TIMES_SLOWEST = 5.0
_PATIENCE = 5.0  # times the challenge's limits: both processors of a small machine are busy with mutants


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    ERROR = "error"  # it could not be graded, twice


@dataclass(frozen=True)
class Graded:
    """A mutant, what became of it, and by which check (or of what, for an error)."""

    mutant: Mutant
    fate: Fate
    by: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class MutantResult:
    """What the mutants of one reference say about the checks.

    `survivors` have no recorded reason, `accepted` have one although they are wrong. `errors` are lines:
    mutants that could not be graded, records that fit no mutant, and records of mutants that are killed.
    """

    total: int
    killed: int
    equivalent: int
    survivors: tuple[Mutant, ...]
    accepted: tuple[Mutant, ...]
    errors: tuple[str, ...]
    seconds: float
    graded: tuple[Graded, ...] = ()

    @property
    def share(self) -> float:
        """The share killed among those that are not equivalent; 1 if there are none."""
        wrong = self.total - self.equivalent
        return self.killed / wrong if wrong else 1.0

    @property
    def proven(self) -> bool:
        """Whether enough are killed, each survivor has a reason, and nothing is wrong with the records."""
        return self.share >= ENOUGH and not self.survivors and not self.errors


def prove(
    session: Session,
    challenge: Challenge,
    reference: Path,
    reasons: Reasons,
    *,
    seed: str = SEED,
    threads: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> MutantResult:
    """Grade every mutant of `reference` with `session`, in `threads` threads (default: one per processor).

    A mutant that one seed rejects is killed: the data of some seeds show its fault, and more than that a
    check of random data cannot promise. One that passes is tried with two more seeds before it is said to
    have survived. Mutants may take five times as long as the reference's slowest check (at least a second),
    so an endless loop is cheap; one that takes longer is killed if the reference, tried again at once, does
    not. One that the sandbox fails, or a busy machine, is graded once more; then it is an error.

    Raises ChallengeError if the reference itself does not pass, and SandboxError.
    """
    started = time.monotonic()
    found = mutants(reference.read_text(encoding="utf-8"), reference.name)
    runner = _Runner(session, challenge, reference, seed)
    count = itertools.count(1)
    with (
        tempfile.TemporaryDirectory(prefix="ml-grader-mutants-") as folder,
        ThreadPoolExecutor(threads or os.cpu_count() or 1, thread_name_prefix="mutants") as executor,
    ):

        def one(numbered: tuple[int, Mutant]) -> Graded:
            path = Path(folder) / f"mutant_{numbered[0]}.py"
            path.write_text(numbered[1].source, encoding="utf-8")
            graded = runner.grade(numbered[1], path)
            if progress is not None:
                progress(f"{next(count)} of {len(found)} mutants")
            return graded

        graded = tuple(executor.map(one, enumerate(found)))
    return _result(graded, reasons, time.monotonic() - started)


def _result(graded: Sequence[Graded], reasons: Reasons, seconds: float) -> MutantResult:
    found = [each.mutant for each in graded]
    errors = [f"stale, there is no such mutant: {shown(identity)}" for identity in reasons.stale(found)]
    for each in graded:
        name = shown(each.mutant.identity)
        if each.fate is Fate.KILLED and each.mutant.identity in reasons.all:
            errors.append(f"recorded as surviving, but {each.by} kills it: {name}")
        elif each.fate is Fate.ERROR:
            errors.append(f"could not be graded ({each.by}): {name}")
    left = [each.mutant for each in graded if each.fate is Fate.SURVIVED]
    return MutantResult(
        total=len(found),
        killed=sum(each.fate is Fate.KILLED for each in graded),
        equivalent=sum(mutant.identity in reasons.equivalent for mutant in left),
        survivors=tuple(mutant for mutant in left if mutant.identity not in reasons.all),
        accepted=tuple(mutant for mutant in left if mutant.identity in reasons.accepted),
        errors=tuple(errors),
        seconds=seconds,
        graded=tuple(graded),
    )


class _Runner:
    """Grades one mutant after another of the same reference, from several threads."""

    def __init__(self, session: Session, challenge: Challenge, reference: Path, seed: str) -> None:
        self.session = session
        self.challenge = challenge
        self.reference = reference
        self.seed = seed
        own = challenge.limits
        # That the reference keeps the challenge's own limits is proven elsewhere, with less beside it.
        patient = replace(own, seconds=_PATIENCE * own.seconds, run_seconds=_PATIENCE * own.run_seconds)
        report = session.grade(challenge.slug, reference, seed=seed, select=_hidden, limits=patient)
        if not report.passed:
            raise ChallengeError(f"{reference}: does not pass, so its mutants say nothing{_why(report)}")
        taken = {result.check.id: result.outcome.seconds for result in report.checks}
        self.order = Order(taken)
        seconds = max(_LEAST_SECONDS, _TIMES_SLOWEST * max(taken.values()))
        self.limits: Limits = replace(patient, seconds=min(seconds, patient.seconds))
        self.zero = {result.check.id for result in report.checks if not result.check.points}

    def grade(self, mutant: Mutant, path: Path) -> Graded:
        """What becomes of a mutant whose source is at `path`."""
        started = time.monotonic()
        fate, by = self._fate(path)
        return Graded(mutant, fate, by, time.monotonic() - started)

    def _fate(self, path: Path) -> tuple[Fate, str]:
        fate, by = Fate.SURVIVED, ""
        for seed in (self.seed, *_MORE_SEEDS):
            fate, by = self._attempt(path, seed)
            if fate is Fate.ERROR:
                fate, by = self._attempt(path, seed)
            if fate is not Fate.SURVIVED:
                break
        if fate is Fate.KILLED:
            self.order.killed(by)
        return fate, by

    def _attempt(self, path: Path, seed: str) -> tuple[Fate, str]:
        report = self._report(path, seed)
        if report.status is Status.INFRASTRUCTURE:
            return Fate.ERROR, report.infrastructure
        if report.passed:
            return Fate.SURVIVED, ""
        by = _killer(report)
        late = any(each.outcome.verdict is Verdict.TIMEOUT for each in report.checks if each.check.id == by)
        if late and not self._reference_keeps_time(by, seed):
            return Fate.ERROR, f"{by} took too long, and so did the reference: the machine is too busy"
        return Fate.KILLED, by

    def _reference_keeps_time(self, check: str, seed: str) -> bool:
        report = self.session.grade(
            self.challenge.slug,
            self.reference,
            seed=seed,
            limits=self.limits,
            select=lambda checks: [each for each in checks if each.id == check],
        )
        return all(each.outcome.verdict is Verdict.PASSED for each in report.checks if each.check.id == check)

    def _report(self, path: Path, seed: str) -> Report:
        # Below a pass mark of 1 one failed check decides nothing.
        stop = self.challenge.pass_mark >= 1.0
        report = self._graded(path, seed, stop)
        if stop and not report.passed and _killer(report) in self.zero:
            report = self._graded(path, seed, False)  # nor does a check without points
        return report

    def _graded(self, path: Path, seed: str, stop: bool) -> Report:
        return self.session.grade(
            self.challenge.slug,
            path,
            seed=seed,
            limits=self.limits,
            select=self.order,
            stop_at_failure=stop,
        )


def _hidden(checks: Sequence[Check]) -> Sequence[Check]:
    """Visible checks decide nothing."""
    return [check for check in checks if check.suite == "hidden"]


def _killer(report: Report) -> str:
    """What rejected a submission: its first check that did not pass, else a metric."""
    for result in report.checks:
        if result.outcome.verdict not in (Verdict.PASSED, Verdict.NOT_RUN):
            return result.check.id
    if report.problems:
        return f"it does not load: {report.problems[0].text}"
    return next((f"metric {each.metric.name}" for each in report.metrics if not each.passed), "")


def _why(report: Report) -> str:
    reason = report.infrastructure or _killer(report)
    return f" ({reason})" if reason else ""

"""`grader bank check`: all sections over some challenges, side by side."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from grader.bank import Bank
from grader.errors import GraderError, SandboxError
from grader.model import Report
from grader.proof import determinism, leaks, parity, record, seeds, structure, verdicts
from grader.proof.expect import FILE as EXPECT
from grader.proof.expect import Expect, read_table
from grader.proof.findings import SECTIONS, Finding
from grader.proof.headroom import Headroom
from grader.proof.planting import backwards, plant
from grader.proof.public import public_rows
from grader.proof.record import Mutants, Room
from grader.proof.recording import Call
from grader.proof.runs import FIXED, Gate, GatedSession, Runs, seldom
from grader.proof.subject import Subject
from grader.sandbox.choose import choose

WARM = 2  # sandboxes kept ready for each challenge under way
# In the order in which they tell most for the time that they take.
GRADING = ("verdicts", "leaks", "determinism", "parity", "seeds", "mutants")
BOTH = ("bubblewrap", "docker")  # the quicker one first: it does what needs only one

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What to prove, and where. `sandboxes`: names; all sections run in the first, parity in all.

    `changed`: take mutants, seeds and parity from `proof.toml` where nothing that they rest on has changed.
    `record`: write that file for each challenge that has no findings.
    """

    sandboxes: tuple[str, ...]
    sections: frozenset[str] = frozenset(SECTIONS)
    seeds: int = 20
    jobs: int = 2
    changed: bool = False
    record: bool = False


@dataclass(slots=True)
class Proof:
    """What is known of one challenge. Filled section by section; None where a section did not run."""

    slug: str
    question: int | None = None
    checks: int | None = None
    points: float | None = None
    right: int | None = None
    wrong: int | None = None
    mutants: Mutants | None = None
    seeds: int | None = None
    headroom: tuple[Headroom, ...] = ()
    rooms: tuple[Room, ...] = ()
    recorded: bool = False  # mutants, seeds and parity are those of proof.toml
    seconds: float = 0.0
    findings: list[Finding] = field(default_factory=list)
    done: list[str] = field(default_factory=list)  # sections that came to their end

    @property
    def proven(self) -> bool:
        return not self.findings


def sandboxes(name: str) -> tuple[str, ...]:
    """The names that `--sandbox` stands for. Raises SandboxError where one cannot be used."""
    return tuple(choose(one).name for one in (BOTH if name == "all" else (name,)))


def check(bank: Bank, slugs: Sequence[str], options: Options, progress: Progress = print) -> list[Proof]:
    """Prove challenges, in the order given. What goes wrong in a section is a finding, never a pass."""
    gate = Gate(options.jobs)
    shared = _Shared(bank, len(slugs), progress)
    lanes = max(1, min(len(slugs), options.jobs))
    with ThreadPoolExecutor(lanes, thread_name_prefix="challenge") as executor:
        futures = [executor.submit(_Prover(bank, slug, options, gate, shared).prove) for slug in slugs]
        try:
            return [future.result() for future in futures]
        except BaseException:
            gate.close()
            executor.shutdown(cancel_futures=True)
            raise


class _Shared:
    """What is made once for all challenges."""

    def __init__(self, bank: Bank, total: int, progress: Progress) -> None:
        self.total = total
        self.done = 0
        self._progress = progress
        self._bank = bank
        self._public: dict[str, str] | None = None
        self._lock = threading.Lock()

    def tell(self, step: str, *, done: bool = False) -> None:
        """Say what is being done; `done`: that a challenge is."""
        with self._lock:
            self.done += done
            self._progress(f"{self.done} of {self.total} done; {step}")

    def public(self) -> Mapping[str, str]:
        """Rows that can be looked up."""
        with self._lock:
            if self._public is None:
                self._public = public_rows(self._bank.datasets)
            return self._public


class _Prover:
    """Proves one challenge."""

    def __init__(self, bank: Bank, slug: str, options: Options, gate: Gate, shared: _Shared) -> None:
        self.bank = bank
        self.options = options
        self.gate = gate
        self.shared = shared
        self.proof = Proof(slug)

    def prove(self) -> Proof:
        """Run the sections that were asked for."""
        started = time.monotonic()
        subjects: list[Subject] = []
        self._guard("structure", lambda: self._read(subjects))
        for subject in subjects:
            self._prove(subject)
        self.proof.seconds = time.monotonic() - started
        count = len(self.proof.findings)
        text = f"{count or 'no'} finding{'' if count == 1 else 's'}, {self.proof.seconds:.0f} s"
        self.shared.tell(f"{self.proof.slug}: {text}", done=True)
        return self.proof

    def _tell(self, step: str) -> None:
        self.shared.tell(f"{self.proof.slug}: {step}")

    def _run(self, section: str, body: Callable[[], list[Finding]]) -> None:
        """Run a section, and note that it came to its end."""
        self._tell(section)
        if self._guard(section, body):
            self.proof.done.append(section)

    def _guard(self, section: str, body: Callable[[], list[Finding]]) -> bool:
        """Whether it came to its end; whatever it raises is a finding."""
        try:
            self.proof.findings += body()
            return True
        except SandboxError as error:
            self.proof.findings.append(Finding(section, "sandbox", str(error), infrastructure=True))
        except GraderError as error:
            self.proof.findings.append(Finding(section, "bank", str(error)))
        except Exception as error:  # one broken challenge must not end the proof of the others
            text = f"the section ended with {type(error).__name__}: {error}"
            self.proof.findings.append(Finding(section, "grader", text, infrastructure=True))
        return False

    def _read(self, into: list[Subject]) -> list[Finding]:
        """Nothing else can be said of a challenge whose manifest or `expect.toml` cannot be read."""
        expect, found = read_table(self.bank.solutions / self.proof.slug / EXPECT, Expect)
        challenge = self.bank.get(self.proof.slug)
        self.proof.question = challenge.question
        if expect is not None:
            into.append(Subject(self.bank, challenge, expect))
            self.proof.right, self.proof.wrong = len(expect.right), len(expect.wrong)
        return found

    def _prove(self, subject: Subject) -> None:
        if "structure" in self.options.sections:
            self._run("structure", lambda: structure.check(subject))
        missing = [file for file in subject.expect.files if not (subject.solutions / file).is_file()]
        wanted = [name for name in GRADING if name in self.options.sections]
        kept = record.current(subject) if self.options.changed else None
        if kept is not None:
            self._take(kept)
            wanted = [name for name in wanted if name not in record.KEPT]
        if missing and wanted:
            text = f"names {', '.join(missing)}, which cannot be graded: nothing was"
            self.proof.findings.append(Finding(wanted[0], EXPECT, text))
        elif wanted:
            self._guard(wanted[0], lambda: self._grade(subject, wanted))
        if self.options.record and kept is None and self.proof.proven:
            self._guard("structure", lambda: self._record(subject))

    def _take(self, kept: record.Record) -> None:
        """What the record says, in place of three sections."""
        proof = self.proof
        proof.mutants, proof.seeds, proof.rooms = kept.mutants, kept.seeds, tuple(kept.rooms)
        proof.recorded = True
        self._tell("mutants, seeds and parity as recorded")

    def _record(self, subject: Subject) -> list[Finding]:
        proof = self.proof
        if reason := record.missing(proof.done, proof.seeds):
            return [Finding("structure", record.FILE, f"the proof is not recorded: {reason}")]
        assert proof.seeds is not None
        assert proof.mutants is not None
        record.write(subject, proof.seeds, proof.mutants, proof.rooms)
        return []

    def _grade(self, subject: Subject, wanted: Sequence[str]) -> list[Finding]:
        """The sections that grade share their sandboxes and runs."""
        with ExitStack() as stack:
            runs = {name: self._runs(stack, self.bank, name) for name in self.options.sandboxes}
            first = next(iter(runs.values()))
            # Alone and before all others: if the checks cannot be collected, that is the one finding.
            report = first.report(subject.reference)
            self.proof.checks = sum(result.check.suite == "hidden" for result in report.checks)
            self.proof.points = report.points_possible
            bodies = {
                "verdicts": lambda: verdicts.check(subject, first),
                "parity": lambda: parity.check(subject, runs),
                "seeds": lambda: self._seeds(subject, first),
                "mutants": lambda: self._mutants(subject, first),
            }
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="grader-proof-")))
            planted = _PlantedRuns(self, subject, folder)
            bodies["leaks"] = planted.leaks
            bodies["determinism"] = lambda: planted.determinism(first)
            for name in wanted:
                if name != "parity" or len(runs) > 1:
                    self._run(name, bodies[name])
        return []

    def _runs(self, stack: ExitStack, bank: Bank, sandbox: str) -> Runs:
        session = stack.enter_context(GatedSession(self.gate, bank=bank, sandbox=sandbox, warm=WARM))
        runs = Runs(session, self.proof.slug, self.options.jobs)
        stack.callback(runs.close)
        return runs

    def _seeds(self, subject: Subject, runs: Runs) -> list[Finding]:
        found, self.proof.headroom = seeds.check(subject, runs, self.options.seeds)
        self.proof.seeds = self.options.seeds
        self.proof.rooms = tuple(
            Room(metric=one.metric.name, right=one.deviations_above, baselines=one.deviations_below)
            for one in self.proof.headroom
        )
        return found

    def _mutants(self, subject: Subject, runs: Runs) -> list[Finding]:
        # libcst takes long to import, and the other sections do without it.
        from grader.proof import killing

        found, result = killing.check(subject, runs.session, self.options.jobs, seldom(self._tell))
        self.proof.mutants = Mutants(total=result.total, killed=result.killed, equivalent=result.equivalent)
        return found


class _PlantedRuns:
    """The reference's runs on the planted copy, one in each sandbox, made when they are first asked for."""

    def __init__(self, prover: _Prover, subject: Subject, folder: Path) -> None:
        self.prover = prover
        self.subject = subject
        self.folder = folder
        self._reports: dict[str, Report] = {}
        self._calls: list[Call] = []

    def leaks(self) -> list[Finding]:
        """The section of this name."""
        reports = {name: self._report(name) for name in self.prover.options.sandboxes}
        public = self.prover.shared.public() if self._calls else {}
        return leaks.check(self.subject, reports, self._calls, public)

    def determinism(self, runs: Runs) -> list[Finding]:
        """The section of this name."""
        return determinism.check(self.subject, runs, self._report(self.prover.options.sandboxes[0]))

    def _report(self, sandbox: str) -> Report:
        if sandbox not in self._reports:
            self._reports[sandbox] = self._grade(sandbox)
        return self._reports[sandbox]

    def _grade(self, sandbox: str) -> Report:
        planted = plant(self.subject, Path(tempfile.mkdtemp(dir=self.folder)))
        with GatedSession(self.prover.gate, bank=planted.bank, sandbox=sandbox) as session:
            report = session.grade(self.subject.slug, planted.submission, seed=FIXED, select=backwards)
        if report.infrastructure:
            raise SandboxError(f"{sandbox}, the planted copy: {report.infrastructure}")
        self._calls = self._calls or planted.calls()
        return report

"""The loop of `grader watch`: events in, pages out. It owns the terminal and the state of one sitting."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grader import texts
from grader.bank import Bank
from grader.errors import GraderError
from grader.kit import selection
from grader.kit.locate import Target
from grader.kit.overview import Outline, outline, outlines, suggested
from grader.kit.workspace import SOLUTIONS, Workspace, submission
from grader.model import Report, Status
from grader.report import panel
from grader.report.redact import view
from grader.store import Store
from grader.submission import read
from grader.watch import pages
from grader.watch.checker import Checker
from grader.watch.events import Checked, Event, Inbox, Job, Keys, Pressed, Redraw, Saved, Step
from grader.watch.saves import Saves
from grader.watch.screen import KEYS, Screen

_PATIENCE = 0.4  # seconds before it is said that something is being done
_ASK = "Put the starter back? A copy of your file is kept. y yes, any other key no"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a sitting needs. Without a `store` nothing is remembered; `begin` makes or finds a workspace."""

    bank: Bank
    store: Store | None
    begin: Callable[[Outline, Path], Workspace]
    now: Callable[[], datetime]  # aware


class Watch:
    """One sitting. `run` returns when the user ends it."""

    def __init__(
        self, target: Target, around: Surroundings, checker: Checker, inbox: Inbox, screen: Screen
    ) -> None:
        self.target = target
        self.around = around
        self.checker = checker
        self.inbox = inbox
        self.screen = screen
        self.job: Job | None = None  # the newest
        self.count = 0
        self.verdict: Checked | None = None
        self.moment = ""  # when the verdict came
        self.page: Callable[[], str] | None = None  # what is shown instead of the verdict
        self.note = ""  # instead of the keys, in the last line
        self.step = ""  # what the newest job is at
        self.asking = False
        self.saves = self._watched()

    def run(self, keys: Keys | None) -> None:
        """Check now and at each save, until `q` is pressed or the keyboard has gone."""
        try:
            self._check()
            self._paint()
            while self._turn(keys):
                pass
        finally:
            self.saves.close()
            self.screen.leave()

    def _turn(self, keys: Keys | None) -> bool:
        patience = _PATIENCE if self.checker.busy and not self.note else None
        events = self.inbox.wait(keys, patience)
        if not events and self.checker.busy:
            self._tell(self.step)
        return all(self._react(event) for event in events)

    def _react(self, event: Event) -> bool:
        match event:
            case Pressed(""):
                return False
            case Pressed(key):
                try:
                    return self._pressed(key)
                except GraderError as error:
                    problem = str(error)
                    self._show(lambda: pages.message(self.screen, "That did not work", problem))
            case Saved():
                self._saved()
            case Checked():
                self._checked(event)
            case Step(job, text) if job == self.job and not self.asking:
                self.step = f"{'Grading' if job.everything else 'Checking'}: {text}"
                if job.everything or self.note:
                    self._tell(self.step)
            case Redraw():
                self._paint()
            case _:
                pass
        return True

    # Saves and verdicts.

    def _saved(self) -> None:
        if self.job is not None and self.job.everything and self.checker.busy:
            return  # `c` checks it; a grading is not given up, and its verdict not covered
        before = self.job.submission.digest if self.job is not None else ""
        self._check(unless=before)

    def _check(self, *, everything: bool = False, unless: str = "") -> None:
        """Have the answer checked as it is now, unless its digest is `unless`."""
        try:
            answer = read(self._answer())
        except (GraderError, OSError) as error:  # OSError: it went while it was looked at
            problem = str(error)
            self.job, self.verdict = None, None
            self._show(lambda: pages.message(self.screen, "Waiting for your file", problem))
            return
        if answer.digest == unless:
            return
        self.count += 1
        self.job = Job(self.count, self.target.slug, answer, everything)
        self.note, self.step = "", "Checking ..."
        self.checker.ask(self.job)

    def _answer(self) -> Path:
        """The file or folder that is handed in now: a helper module may have come since."""
        workspace = self.target.workspace
        return submission(workspace) if workspace is not None else self.target.submission

    def _checked(self, done: Checked) -> None:
        if done.report is not None and self.around.store is not None:
            if done.job.everything:
                self.around.store.add_attempt(done.report)
            if done.job == self.job:
                selection.remember_failures(self.around.store, done.report, done.ran)
        if done.job != self.job:
            return  # a newer answer is being checked
        self.verdict, self.page, self.note, self.asking = done, None, "", False
        self.moment = self.around.now().astimezone().strftime("%H:%M:%S")
        self._paint()

    # Keys.

    def _pressed(self, key: str) -> bool:
        if self.asking:
            self.asking, self.note = False, ""
            if key.lower() == "y":
                self._reset()
            else:
                self.screen.status(KEYS)
            return True
        match key.lower():
            case "q":
                return False
            case "n":
                self._next()
            case "h":
                self._hint()
            case "g":
                self._grade()
            case "c":
                self._check()
            case "l":
                self._list()
            case "r":
                self.asking = True
                self._tell(_ASK)
            case "?":
                self._show(lambda: pages.help_page(self.screen))
            case "\x1b" | "\r" | "\n":
                self._show(None)
        return True

    def _grade(self) -> None:
        if self.job is not None and self.job.everything and self.checker.busy:
            return
        self._check(everything=True)
        if self.job is not None:
            self._tell("Grading everything ...")

    def _hint(self) -> None:
        slug, store = self.target.slug, self.around.store
        hints = texts.hints(outline(self.around.bank, slug))
        seen = store.state(slug).hints if store is not None else 0
        if store is not None and seen < len(hints):
            seen = store.show_hint(slug, self.around.now())
        number = max(1, min(seen, len(hints)))
        last = f"That was the last. `grader answer {slug} --give-up` shows the answer; it is recorded."
        note = last if number == len(hints) else "h again shows one more."
        title = f"Hint {number} of {len(hints)}"
        self._show(lambda: pages.hint(self.screen, title, hints[number - 1], note))

    def _list(self) -> None:
        challenges = outlines(self.around.bank)
        known = self.around.store.states() if self.around.store is not None else {}
        self._show(lambda: pages.listing(self.screen, challenges, known, self.target.slug))

    def _next(self) -> None:
        known = self.around.store.states() if self.around.store is not None else {}
        done = {slug for slug, state in known.items() if state.label in ("solved", "given up")}
        found = suggested(outlines(self.around.bank), done | {self.target.slug})
        if found is None:
            self._show(
                lambda: pages.message(self.screen, "Nothing is left", "You have been through them all.")
            )
            return
        here = self.target.workspace
        beside = (here.folder.parent if here is not None else Path.cwd()) / found.slug
        try:
            workspace = self.around.begin(found, beside)
            target = Target(found.slug, submission(workspace), workspace)
        except GraderError as error:
            problem = str(error)
            self._show(lambda: pages.message(self.screen, f"{found.slug} cannot be started", problem))
            return
        self.saves.close()
        self.target, self.verdict, self.page = target, None, None
        self.saves = self._watched()
        self._check()
        self._paint()

    def _reset(self) -> None:
        """Put the starter back, with the user's file beside it under another name."""
        path = self.target.submission
        try:
            if self.target.workspace is not None and path.is_dir():
                path /= SOLUTIONS[0]
            starter = outline(self.around.bank, self.target.slug).root / "starter" / f"solution{path.suffix}"
            content = starter.read_bytes()
            if path.exists():
                shutil.copy2(path, _free(path))
            path.write_bytes(content)
        except (OSError, GraderError) as error:
            problem = str(error)
            self._show(lambda: pages.message(self.screen, "The starter could not be put back", problem))

    # Showing.

    def _watched(self) -> Saves:
        place = self.target.workspace.folder if self.target.workspace else self.target.submission
        folder = place if place.is_dir() else place.parent
        return Saves(folder.absolute(), lambda: self.inbox.put(Saved()))

    def _tell(self, note: str) -> None:
        self.note = note
        self.screen.status(note)

    def _show(self, page: Callable[[], str] | None) -> None:
        self.page, self.note = page, ""
        self._paint()

    def _paint(self) -> None:
        text = self.page() if self.page is not None else self._verdict_page()
        self.screen.show(text, self.note or KEYS)

    def _verdict_page(self) -> str:
        if self.verdict is None:
            name = self.target.submission.name
            where = self.target.workspace.folder if self.target.workspace else self.target.submission
            return pages.message(self.screen, f"{self.target.slug}, {name}", f"Watching {where}")
        if self.verdict.report is None:
            return pages.message(self.screen, "This could not be checked", self.verdict.problem, quoted=True)
        width, height = self.screen.size
        report = self.verdict.report
        took = f"{report.seconds:.2f} s" if report.seconds < 10 else f"{report.seconds:.0f} s"
        return panel.render(
            # Who watches runs the grader as well, and may know what went wrong with it.
            view(report, "staff" if report.status is Status.INFRASTRUCTURE else "candidate"),
            height=height,
            width=width,
            color=self.screen.color,
            unicode=self.screen.unicode,
            right=f"{self.target.submission.name}  {self.moment}  {took}",
            advice=self._advice(report),
        )

    def _advice(self, report: Report) -> str:
        assert self.verdict is not None
        if report.status is Status.INFRASTRUCTURE:
            return "Press c to check again. If that fails too, `grader doctor` shows what is wrong."
        if self.verdict.job.everything:
            if report.passed:
                return "n goes on to the next challenge; `grader answer` shows the model answer."
            return "`grader grade` prints the whole report."
        if selection.all_passed(report):
            return "Press g to grade everything."
        return ""


def _free(path: Path) -> Path:
    """A name beside the file that is not taken; not one that would be handed in with it."""
    number = 1
    while (found := path.with_name(f"{path.name}.{number}.bak")).exists():
        number += 1
    return found

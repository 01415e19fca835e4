"""The commands of `%grader`."""

from __future__ import annotations

import atexit
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader import texts
from grader.bank import Bank
from grader.cli.defaults import default_map
from grader.cli.options import open_bank
from grader.cli.running import Room, open_session
from grader.cli.state import now, open_store, store_if_usable
from grader.errors import GraderError
from grader.kit import selection
from grader.kit.locate import NotLocated, locate_slug, told_apart
from grader.kit.overview import outline
from grader.kit.workspace import find
from grader.magic.definitions import definitions
from grader.magic.results import Result, Words
from grader.model import Report, Submission
from grader.submission import read
from grader.submission.build import build

if TYPE_CHECKING:
    from grader.grading import Session

_USAGE = """%grader check [SLUG] [FILE]   run the visible checks
%grader grade [SLUG] [FILE]   run all checks; kept as an attempt
%grader hint [SLUG]           one more hint
%grader show [SLUG]           what is asked
Without FILE it is about what this session has run. SLUG is needed outside a workspace only."""


class Commands:
    """Called with the line behind `%grader`. Its grading session lives as long as the shell."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._session: Session | None = None
        self._room: tuple[Bank, Room] | None = None
        self._bank: Path | None = None

    def __call__(self, line: str) -> object:
        """Do what the line says. What is returned shows itself."""
        from IPython.core.error import UsageError

        try:
            command, *words = shlex.split(line) or ["help"]
        except ValueError as error:
            raise UsageError(f"%grader: {error}") from None
        actions = {"check": self._check, "grade": self._grade, "hint": self._hint, "show": self._show}
        if command not in actions:
            if command == "help":
                print(_USAGE)
                return None
            raise UsageError(f"there is no %grader {command}\n{_USAGE}")
        try:
            return actions[command](words)
        except (GraderError, OSError) as error:
            raise UsageError(str(error)) from None

    def _check(self, words: list[str]) -> Result:
        choice = selection.Choice(selection.Selection(visible_only=True))
        whole, about = self._graded(words, choice)
        report = selection.part(whole, choice.ran)
        with store_if_usable() as store:
            if store is not None:
                selection.remember_failures(store, report, choice.ran)
        passed = selection.all_passed(report)
        step = "`%grader grade` runs the hidden checks too." if passed else "`%grader hint` shows a hint."
        return Result(report, about, step)

    def _grade(self, words: list[str]) -> Result:
        choice = selection.Choice(selection.Selection())
        report, about = self._graded(words, choice)
        with store_if_usable() as store:
            if store is not None:
                store.add_attempt(report)
                selection.remember_failures(store, report, choice.ran)
        return Result(report, about)

    def _hint(self, words: list[str]) -> Words:
        bank, _ = self._where()
        slug = self._slug(words[0] if words else None, bank)
        hints = texts.hints(outline(bank, slug))
        with open_store() as store:
            seen = store.state(slug).hints
            if seen < len(hints):
                seen = store.show_hint(slug, now())
        number = min(seen, len(hints))
        last = "\n\n*That was the last.*" if number == len(hints) else ""
        return Words(f"**Hint {number} of {len(hints)}**\n\n{hints[number - 1]}{last}")

    def _show(self, words: list[str]) -> Words:
        bank, _ = self._where()
        challenge = outline(bank, self._slug(words[0] if words else None, bank))
        return Words(f"> {texts.interview_question(challenge)}\n\n{texts.brief(challenge)}")

    # What is meant.

    def _graded(self, words: list[str], choice: selection.Choice) -> tuple[Report, str]:
        bank, room = self._where()
        slug, path = self._told(words, bank)
        submission, about = self._of_session(bank, slug) if path is None else self._of_file(path)
        return self._open(bank, room).grade(slug, submission, select=choice), about

    def _told(self, words: list[str], bank: Bank) -> tuple[str, Path | None]:
        slug, path = None, None
        for word in words:
            one, other = told_apart(word, bank.slugs())
            slug, path = one or slug, other or path
        if slug is None and path is not None and (around := find(path.absolute().parent)) is not None:
            slug = around.slug
        return self._slug(slug, bank), path

    def _slug(self, word: str | None, bank: Bank) -> str:
        try:
            slug = locate_slug(word, Path.cwd())
        except NotLocated:
            raise NotLocated(
                "this folder is no workspace, so it is not clear which challenge is meant; "
                "name it, as in %grader check f1-by-hand"
            ) from None
        if slug not in bank.slugs():
            bank.get(slug)  # raises, and names the nearest
        return slug

    def _of_session(self, bank: Bank, slug: str) -> tuple[Submission, str]:
        """What this session has run of what the challenge asks for."""
        wanted = outline(bank, slug).functions
        history = self._shell.history_manager.input_hist_raw
        names = self._shell.user_ns
        cells = definitions(list(enumerate(history))[1:], wanted, lambda name: name in names)
        if not cells:
            raise GraderError(
                f"this session has not defined {' or '.join(wanted)}; run the cells that do, "
                "or name a file, as in %grader check solution.py"
            )
        missing = [name for name in wanted if name not in names]
        counts = ", ".join(f"[{cell.number}]" for cell in cells if not _only_switches(cell.source))
        about = f"{slug}, as this session has run it in {counts}"
        if missing:
            about += f"; not run yet: {', '.join(missing)}"
        return build("this session", "solution.ipynb", (), cells), about

    @staticmethod
    def _of_file(path: Path) -> tuple[Submission, str]:
        return read(path), f"{path}, as it was saved last"

    # Where it runs.

    def _where(self) -> tuple[Bank, Room]:
        """The bank and the sandbox that are set for this folder."""
        from grader.cli.check import command

        # As click does: a default that has to be asked for, such as one of a file to be trusted, is called.
        wanted = ("bank", "sandbox", "runtime", "isolation")
        made = default_map(command, "check")["check"]
        found = {
            name: made[name]() if callable(made[name]) else made[name] for name in wanted if name in made
        }
        bank = open_bank(Path(found["bank"]) if "bank" in found else None)
        room = Room(found.get("sandbox", "auto"), found.get("runtime"), found.get("isolation", "standard"))
        return bank, room

    def _open(self, bank: Bank, room: Room) -> Session:
        """The session of the last command, if it would be the same: its checks and a sandbox are warm."""
        if self._session is None or self._room is None or self._room != (bank, room):
            self.close()
            with store_if_usable() as store:
                self._session = open_session(bank, room, find(Path.cwd()), store, warm=1)
            self._room = bank, room
            atexit.register(self.close)
        return self._session

    def close(self) -> None:
        """End the session's processes."""
        if self._session is not None:
            atexit.unregister(self.close)
            self._session.close()
            self._session = None


def _only_switches(source: str) -> bool:
    """Whether a cell holds nothing but `from __future__ import ...`, which is always kept."""
    return all(line.startswith("from __future__ ") for line in source.split("\n") if line)

"""Section `structure`: everything that can be told from the files, without running anything."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from grader.bank import MANIFEST, Bank
from grader.checks.lint import lint
from grader.errors import ChallengeError
from grader.proof import layout, prose, sources
from grader.proof.findings import Finding, findings
from grader.proof.notebook import starter_notebook
from grader.proof.subject import Subject

SECTION = "structure"
VISIBLE = 2
Lines = Iterator[tuple[str, str]]


def check(subject: Subject) -> list[Finding]:
    """The findings of a challenge whose manifest and `expect.toml` can be read."""
    challenge = subject.challenge
    parts = (
        layout.challenge_files(challenge.root, metrics=bool(challenge.metrics)),
        layout.solution_files(subject.solutions, subject.expect),
        layout.solution_kinds(subject),
        prose.check(challenge),
        _question(subject.bank, subject.slug, challenge.question),
        _starter(subject),
        _solutions(subject),
        _checks(subject),
    )
    return findings(SECTION, (line for part in parts for line in _until_broken(part)))


def _until_broken(lines: Lines) -> Lines:
    """A file that cannot be read ends its part, not the others."""
    try:
        yield from lines
    except ChallengeError as error:
        yield "files", str(error)


def _question(bank: Bank, slug: str, question: int | None) -> Lines:
    """Each of the guide's questions has one challenge. Reads raw manifests: others may be broken."""
    for other in bank.slugs():
        if other == slug or question is None:
            continue
        try:
            taken = tomllib.loads((bank.challenges / other / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue  # its own check says so
        if taken.get("question") == question:
            yield MANIFEST, f"question {question} is that of {other} already"


def _starter(subject: Subject) -> Lines:
    module, notebook = subject.starters
    if not module.is_file():
        return
    for _, message in sources.lacking(module, subject.challenge.functions):
        yield "starter/solution.py", message
    for place, message in sources.foreign(module, subject.challenge.requires):
        yield f"starter/{place}", message
    yield from sources.undocumented(module)
    if notebook.is_file():
        brief = (subject.challenge.root / "README.md").read_text(encoding="utf-8")
        wanted = starter_notebook(brief, module.read_text(encoding="utf-8"))
        if notebook.read_text(encoding="utf-8") != wanted:
            yield (
                "starter/solution.ipynb",
                "does not follow README.md and solution.py; run `grader bank update`",
            )


def _solutions(subject: Subject) -> Lines:
    for path in subject.right:
        if path.is_file():
            yield from sources.lacking(path, subject.challenge.functions)
            yield from sources.foreign(path, subject.challenge.requires)


def _checks(subject: Subject) -> Lines:
    folder = subject.challenge.root / "checks"
    for path in sorted(folder.glob("*/*.py")):
        place = path.relative_to(subject.challenge.root).as_posix()
        for finding in lint(path):
            yield f"{place}:{finding.line}", f"{finding.rule}: {finding.message}"
        yield from sources.check_imports(path, subject.challenge.requires)
    visible = sources.checks_in(folder / "visible")
    if visible < VISIBLE:
        yield "checks/visible", f"there are {visible} examples; candidates need {VISIBLE} or more"

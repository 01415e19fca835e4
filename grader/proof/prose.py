"""The texts of a challenge: brief, model answer and hints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader import texts
from grader.errors import ChallengeError
from grader.model import Challenge

Lines = Iterator[tuple[str, str]]

WORDS = range(120, 251)  # of the model answer
FOLLOW_UPS = range(2, 4)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^ {0,3}(```+|~~~+).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)


def check(challenge: Challenge) -> Lines:
    """What is wrong with the texts. Raises ChallengeError for one that cannot be read."""
    yield from _brief(challenge)
    for part in (_answer, _hints):
        try:
            yield from part(challenge)
        except ChallengeError as error:  # it begins with the file's path
            yield part.__name__[1:] + ".md", str(error).rpartition(": ")[2]
    yield from _links(challenge)


def _brief(challenge: Challenge) -> Lines:
    text = texts.brief(challenge)
    if text.splitlines()[0] != f"# {challenge.title}":
        yield "README.md", f"must begin with the title of challenge.toml: # {challenge.title}"
    for name in challenge.functions:
        if not re.search(rf"\b{re.escape(name)}\b", text):
            yield "README.md", f"does not mention {name}, which challenge.toml lists in functions"
    if not re.search(r"^#+ .*\bexamples?\b", text, re.MULTILINE | re.IGNORECASE):
        yield "README.md", "has no section called Example; work one through with numbers"


def _answer(challenge: Challenge) -> Lines:
    body = texts.answer(challenge)
    words = len(re.split(r"^## ", body, flags=re.MULTILINE)[0].split())
    if words not in WORDS:
        yield "answer.md", f"the model answer has {words} words; {WORDS.start} to {WORDS.stop - 1} are wanted"
    parts = dict(texts.sections(body))
    wrong, follow_up = (parts[name] for name in texts.ANSWER_SECTIONS)
    if not wrong:
        yield "answer.md", f"the section {texts.ANSWER_SECTIONS[0]} is empty"
    bullets = len(re.findall(r"^(?:[-*]|\d+\.) \S", follow_up, re.MULTILINE))
    if bullets not in FOLLOW_UPS:
        yield "answer.md", f"has {bullets} follow-up questions in its list; 2 or 3 are wanted"


def _hints(challenge: Challenge) -> Lines:
    texts.hints(challenge)
    text = (challenge.root / "hints.md").read_text(encoding="utf-8")
    titles = [title for title, _ in texts.sections(text)]
    if titles != [f"Hint {number}" for number in range(1, texts.HINTS + 1)]:
        yield "hints.md", f"the headings must be Hint 1 to Hint {texts.HINTS}, not {', '.join(titles)}"


def _links(challenge: Challenge) -> Lines:
    """Links to files that are not there. Those to other hosts cannot be followed without a network."""
    for name in ("README.md", "answer.md", "hints.md"):
        path = challenge.root / name
        text = _FENCED.sub("", path.read_text(encoding="utf-8")) if path.is_file() else ""
        for link in _LINK.findall(text):
            target = link.partition("#")[0]
            if "://" in link or link.startswith("mailto:") or not target:
                continue
            if not (path.parent / target).exists():
                yield name, f"the link to {link} is dead"

"""The texts of a challenge: brief, interview question, model answer and hints.

`answer.md` opens with the interviewer's question as its `# ` heading. The model answer follows,
then `## The usual wrong answer` and `## Follow-up questions`. `hints.md` has three `## ` sections,
from a nudge to nearly there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

from grader.errors import ChallengeError

HINTS = 3
ANSWER_SECTIONS = ("The usual wrong answer", "Follow-up questions")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")


class Titled(Protocol):
    """What the texts need to know of a challenge; `root` is its folder."""

    @property
    def root(self) -> Path: ...

    @property
    def title(self) -> str: ...


def brief(challenge: Titled) -> str:
    """The task as the candidate reads it, in Markdown. Raises ChallengeError."""
    return _read(challenge, "README.md")


def interview_question(challenge: Titled) -> str:
    """The interviewer's question, in one line; the title, in a bank without model answers."""
    if not (challenge.root / "answer.md").exists():
        return challenge.title
    return _split_answer(challenge)[0]


def answer(challenge: Titled) -> str:
    """The model answer with the usual wrong one and the follow-up questions, in Markdown, without the
    question itself. Raises ChallengeError."""
    body = _split_answer(challenge)[1]
    titles = [title for title, _ in sections(body)]
    for wanted in ANSWER_SECTIONS:
        if wanted not in titles:
            raise ChallengeError(f"{challenge.root / 'answer.md'}: the section `## {wanted}` is missing")
    return body


def hints(challenge: Titled) -> tuple[str, ...]:
    """The three hints in order, in Markdown, without their headings. Raises ChallengeError."""
    found = sections(_read(challenge, "hints.md"))
    if len(found) != HINTS or not all(body for _, body in found):
        raise ChallengeError(
            f"{challenge.root / 'hints.md'}: must have {HINTS} sections, each a `## ` heading and text, "
            f"not {len(found)}"
        )
    return tuple(body for _, body in found)


def sections(text: str) -> list[tuple[str, str]]:
    """The `## ` sections of a Markdown text, as pairs of heading and body; code blocks are not searched."""
    found: list[tuple[str, list[str]]] = []
    fence = ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
        elif not fence and line.startswith("## "):
            found.append((line[3:].strip(), []))
            continue
        if found:
            found[-1][1].append(line)
    return [(title, "\n".join(lines).strip()) for title, lines in found]


def _split_answer(challenge: Titled) -> tuple[str, str]:
    first, _, rest = _read(challenge, "answer.md").partition("\n")
    if not first.startswith("# ") or not first[2:].strip():
        raise ChallengeError(f"{challenge.root / 'answer.md'}: line 1 must be `# ` and the question")
    return first[2:].strip(), rest.strip()


def _read(challenge: Titled, name: str) -> str:
    path = challenge.root / name
    try:
        return path.read_text(encoding="utf-8").strip() + "\n"
    except FileNotFoundError:
        raise ChallengeError(f"{path}: there is no such file; every challenge has one") from None
    except UnicodeDecodeError as error:
        raise ChallengeError(f"{path}: is not UTF-8: byte {error.start} cannot be read") from error

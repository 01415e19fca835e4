"""`grader bank new`: a challenge folder that passes `grader bank check`, for its author to change."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from grader.bank import SLUG, Bank, read_challenge
from grader.errors import ChallengeError
from grader.proof import template
from grader.proof.update import notebook


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the author knows already of a new challenge."""

    title: str
    topic: str = "metrics"
    question: int | None = None
    functions: tuple[str, ...] = ()
    requires: tuple[str, ...] = ("numpy",)


def create(bank: Bank, slug: str, wishes: Wishes) -> tuple[Path, Path]:
    """Write the folders of a challenge and of its solutions, and return them.

    Nothing is ever overwritten, and nothing is left behind where a wish cannot be granted. Raises
    ChallengeError.
    """
    if not SLUG.fullmatch(slug):
        raise ChallengeError(f"{slug!r} is no name: use lower-case letters, digits and single hyphens")
    targets = bank.challenges / slug, bank.solutions / slug
    for target in targets:
        if target.exists():
            raise ChallengeError(f"{target} exists already; take another name, or remove it")
    for folder in (bank.challenges, bank.solutions):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=bank.challenges, prefix=".new-") as scratch:
        made = Path(scratch) / slug, Path(scratch) / "solutions"
        for root, texts in zip(made, (_challenge(slug, wishes), _solutions(slug, wishes)), strict=True):
            for name, text in texts.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text, encoding="utf-8")
        try:
            challenge = read_challenge(made[0])
        except ChallengeError as error:
            raise ChallengeError(str(error).replace(str(made[0]), str(targets[0]))) from None
        list(notebook(challenge))
        for root, target in zip(made, targets, strict=True):
            shutil.move(root, target)
    return targets


def _functions(slug: str, wishes: Wishes) -> tuple[str, ...]:
    return wishes.functions or (slug.replace("-", "_"),)


def _fill(text: str, **values: str) -> str:
    return Template(text).substitute(values)


def _each(text: str, functions: Sequence[str], **values: str) -> str:
    return "".join(_fill(text, function=function, **values) for function in functions)


def _challenge(slug: str, wishes: Wishes) -> Mapping[str, str]:
    functions = _functions(slug, wishes)
    several = "" if len(functions) == 1 else "The functions do the same here, each under its own name.\n"
    requires = list(dict.fromkeys(["numpy", *wishes.requires]))
    manifest = _fill(
        template.MANIFEST,
        title=_toml(wishes.title),
        question="" if wishes.question is None else f"question = {wishes.question}\n",
        topic=wishes.topic,
        functions=_toml(list(functions)),
        requires=_toml(requires),
    )
    brief = _fill(
        template.BRIEF,
        heading=wishes.title,
        functions_there=several,
        parts=_each(template.PART, functions),
        examples=_each(template.EXAMPLE, functions),
    )
    starter = _fill(template.STARTER, heading=wishes.title) + _each(template.STUB, functions)
    hidden = {f"checks/hidden/test_{name}.py": _fill(template.HIDDEN, function=name) for name in functions}
    return {
        "challenge.toml": manifest,
        "README.md": brief,
        "answer.md": template.ANSWER,
        "hints.md": template.HINTS,
        "starter/solution.py": starter,
        "checks/visible/test_example.py": template.VISIBLE + _each(template.VISIBLE_PART, functions),
        "checks/hidden/oracle.py": template.ORACLE,
        **hidden,
    }


def _solutions(slug: str, wishes: Wishes) -> Mapping[str, str]:
    functions = _functions(slug, wishes)
    texts = {"expect.toml": _fill(template.EXPECT, function=functions[0])}
    for file, (what, body) in template.SOLUTIONS.items():
        head = _fill(template.SOLUTION_HEAD, what=what)
        texts[file] = head + _each(template.SOLUTION_PART, functions, body=body)
    return texts


def _toml(value: str | list[str]) -> str:
    """A TOML string or array: JSON's, as far as these go."""
    return json.dumps(value, ensure_ascii=False)

"""The bank: folders of challenges, read into values that have been checked.

Everything that is wrong with a challenge is reported in one error, each line with file and key.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.errors import ChallengeError
from grader.model import Challenge, Feedback, Limits, Metric
from grader.resources import folder

if TYPE_CHECKING:
    from grader.manifest import MetricTable

MANIFEST = "challenge.toml"
CACHES = frozenset({"__pycache__", ".pytest_cache", ".ipynb_checkpoints"})
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Bank:
    """Challenges with their solutions and data sets."""

    challenges: Path
    solutions: Path
    datasets: Path

    @classmethod
    def default(cls) -> Bank:
        """The bank that comes with the grader."""
        return cls(folder("challenges"), folder("solutions"), folder("datasets"))

    @classmethod
    def at(cls, path: str | Path) -> Bank:
        """A bank of one's own: a folder that holds `challenges/`, or a folder of challenge folders
        (solutions and data sets are then looked for beside it). Raises ChallengeError."""
        root = Path(path).resolve()
        if not root.is_dir():
            raise ChallengeError(f"{path}: no such folder; a bank is a folder that holds challenges/")
        if (root / MANIFEST).is_file():
            raise ChallengeError(f"{path} is one challenge; give the folder that holds it: {root.parent}")
        if (root / "challenges").is_dir():
            return cls(root / "challenges", root / "solutions", root / "datasets")
        if any(root.glob(f"*/{MANIFEST}")):
            return cls(root, root.parent / "solutions", root.parent / "datasets")
        raise ChallengeError(f"{path} is not a bank: it holds neither challenges/ nor */{MANIFEST}")

    def slugs(self) -> list[str]:
        """The names of all challenges, in alphabetical order; nothing is parsed."""
        return sorted(path.parent.name for path in self.challenges.glob(f"*/{MANIFEST}"))

    def get(self, slug: str) -> Challenge:
        """The challenge called `slug`. Raises ChallengeError if there is none, or if it is wrong."""
        slugs = self.slugs()
        if slug in slugs:
            return read_challenge(self.challenges / slug)
        near = difflib.get_close_matches(slug, slugs, n=3, cutoff=0.5)
        advice = f"did you mean {' or '.join(near)}?" if near else "`grader list` shows what there is"
        raise ChallengeError(f"there is no challenge called {slug!r} in {self.challenges}; {advice}")

    def outline(self, slug: str) -> tuple[tuple[str, ...], Limits] | None:
        """`requires` and limits of a challenge as they stand in its file, unchecked; None if unreadable.

        It takes a millisecond, where `get` imports a validator: a sandbox can start meanwhile.
        """
        if slug not in self.slugs():
            return None
        try:
            raw = tomllib.loads((self.challenges / slug / MANIFEST).read_text(encoding="utf-8"))
            return tuple(raw["requires"]), Limits(**raw.get("limits", {}))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def all(self) -> list[Challenge]:
        """Every challenge, by question number, those without one last. Raises one ChallengeError
        with the errors of all."""
        challenges, errors = [], []
        for slug in self.slugs():
            try:
                challenges.append(read_challenge(self.challenges / slug))
            except ChallengeError as error:
                errors.append(str(error))
        if errors:
            raise ChallengeError("\n".join(errors))
        return sorted(challenges, key=lambda one: (one.question is None, one.question or 0, one.slug))


def read_challenge(root: Path) -> Challenge:
    """Read and check one challenge folder. Raises ChallengeError with everything that is wrong."""
    # pydantic takes longer to import than most commands take to run.
    from grader.manifest import ChallengeManifest, read

    manifest, raw, errors = read(root / MANIFEST, ChallengeManifest)
    errors += [f"{root / MANIFEST}: {line}" for line in _contradictions(raw)]
    errors += _missing_files(root)
    if not SLUG.fullmatch(root.name):
        errors.append(f"{root}: the folder's name must be lower-case letters, digits and single hyphens")
    if errors or manifest is None:
        raise ChallengeError("\n".join(errors))
    return Challenge(
        slug=root.name,
        title=manifest.title,
        topic=manifest.topic,
        difficulty=manifest.difficulty,
        minutes=manifest.minutes,
        functions=tuple(manifest.functions),
        requires=tuple(manifest.requires),
        root=root,
        digest=digest(root),
        question=manifest.question,
        limits=Limits(**manifest.limits.model_dump(exclude_none=True)),
        metrics=tuple(map(_metric, manifest.metrics)),
        pass_mark=manifest.pass_mark,
        feedback=Feedback(manifest.feedback),
    )


def _metric(table: MetricTable) -> Metric:
    return Metric(**table.model_dump())


def _contradictions(raw: dict[str, Any]) -> Iterator[str]:
    """What no single key shows. Works on unchecked values, so that these errors are reported
    together with those of the keys."""
    for key in ("functions", "requires"):
        names = raw.get(key)
        yield from _repeated(key, names if isinstance(names, list) else [])
    metrics = raw.get("metrics")
    tables = [table for table in metrics if isinstance(table, dict)] if isinstance(metrics, list) else []
    yield from _repeated("metrics", [table.get("name") for table in tables])
    limits = raw.get("limits")
    if isinstance(limits, dict):
        check, run = (limits.get(key, getattr(Limits(), key)) for key in ("seconds", "run_seconds"))
        if isinstance(check, int | float) and isinstance(run, int | float) and run < check:
            yield f"limits.run_seconds: a run has {run:g} s but one of its checks may take {check:g} s"


def _repeated(key: str, names: list[Any]) -> Iterator[str]:
    words = [name for name in names if isinstance(name, str)]
    for name in dict.fromkeys(words):
        if words.count(name) > 1:
            yield f"{key}: {name!r} is there {words.count(name)} times"


def _missing_files(root: Path) -> list[str]:
    """What grading cannot do without. The other texts are asked for when they are read."""
    errors = []
    if not (root / "README.md").is_file():
        errors.append(f"{root / 'README.md'}: the brief is missing")
    if not any((root / "checks" / "hidden").glob("test_*.py")):
        errors.append(f"{root / 'checks' / 'hidden'}: there is no test_*.py, so nothing would be checked")
    return errors


def digest(root: Path) -> str:
    """`sha256:...` over the files that decide a verdict: the manifest and everything in `checks/`.

    Each file adds its relative path and its content, both preceded by their length in eight
    bytes, in the order of the paths. Caches that Python leaves behind do not count.
    """
    paths = [root / MANIFEST, *(path for path in (root / "checks").rglob("*") if path.is_file())]
    names = [path.relative_to(root) for path in paths]
    total = hashlib.sha256()
    for name in sorted(name.as_posix() for name in names if not _is_cache(name)):
        for part in (name.encode(), (root / name).read_bytes()):
            total.update(len(part).to_bytes(8, "big") + part)
    return f"sha256:{total.hexdigest()}"


def _is_cache(path: Path) -> bool:
    return path.suffix == ".pyc" or not CACHES.isdisjoint(path.parts)

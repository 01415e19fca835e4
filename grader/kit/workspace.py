"""The folder in which somebody solves a challenge.

    <slug>/
      solution.py            or solution.ipynb: the starter, to be filled in
      README.md              the interviewer's question and the brief
      test_example.py        the visible checks, with their helper files
      conftest.py            lets plain `pytest` run them
      data/*.csv             the tables that they use
      grader.toml            says which challenge this is; settings may stand there too

Nothing that exists is ever written over.
"""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from grader import resources, texts
from grader.errors import ChallengeError, GraderError

CONFIG = "grader.toml"
SOLUTIONS = ("solution.py", "solution.ipynb")
CONFTEST = '''"""Lets plain `pytest` run the visible checks here: in this process, without a sandbox."""

from grader.kit.plain import *  # noqa: F403  (the fixtures candidate, dataset, metric and rng)
'''


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with a `grader.toml` that names the challenge `slug`."""

    folder: Path
    slug: str


def find(start: Path) -> Workspace | None:
    """The workspace that the folder `start` is in or below, if any. Raises GraderError for a `grader.toml`
    that cannot be read."""
    start = start.absolute()
    for folder in (start, *start.parents):
        slug = _slug_in(folder / CONFIG)
        if slug is not None:
            return Workspace(folder, slug)
    return None


def solution(workspace: Workspace) -> Path:
    """The file with the answer: of `solution.py` and `solution.ipynb` the one that was saved last.

    Raises GraderError if there is neither.
    """
    found = [path for path in (workspace.folder / name for name in SOLUTIONS) if path.is_file()]
    if not found:
        raise GraderError(
            f"{workspace.folder} holds neither {' nor '.join(SOLUTIONS)}; "
            f"`grader start {workspace.slug} {workspace.folder}` puts the starter back"
        )
    return max(found, key=lambda path: path.stat().st_mtime_ns)


def submission(workspace: Workspace) -> Path:
    """What is handed in: the solution, or the whole folder where it has helper modules beside it."""
    answer = solution(workspace)
    others = {path.name for path in workspace.folder.glob("*.py")} - {"conftest.py", *SOLUTIONS}
    helpers = [name for name in others if not name.startswith("test_")]
    both = all((workspace.folder / name).is_file() for name in SOLUTIONS)
    # A folder that holds both is read as solution.py.
    return workspace.folder if helpers and not (both and answer.suffix == ".ipynb") else answer


class Described(texts.Titled, Protocol):
    """A challenge, or the outline of one."""

    @property
    def slug(self) -> str: ...


def create(
    challenge: Described,
    folder: Path,
    *,
    notebook: bool = False,
    datasets: Path | None = None,
    settings: str = "",
) -> Workspace:
    """Make a workspace in `folder`, keeping every file that is already there.

    `datasets` is the bank's folder of tables, `settings` more TOML for its `grader.toml`. Raises GraderError
    where the challenge lacks a file, and where the folder cannot be its workspace or cannot be written to.
    """
    content = files(challenge, notebook=notebook, datasets=datasets, settings=settings)
    lay_out(folder, challenge.slug, content)
    return Workspace(folder.absolute(), challenge.slug)


def files(
    challenge: Described, *, notebook: bool = False, datasets: Path | None = None, settings: str = ""
) -> dict[str, bytes]:
    """Everything that a workspace starts with, by relative POSIX path. Raises ChallengeError."""
    root, slug = challenge.root, challenge.slug
    name = SOLUTIONS[1] if notebook else SOLUTIONS[0]
    question, brief = texts.interview_question(challenge), texts.brief(challenge)
    comment = "# The challenge that is solved in this folder. Settings of the grader may follow.\n"
    found = {
        name: _read(root / "starter" / name),
        "README.md": f"> {question}\n\n{brief}".encode(),
        "conftest.py": CONFTEST.encode(),
        CONFIG: f"{comment}challenge = {json.dumps(slug)}\n{settings}".encode(),
    }
    visible = root / "checks" / "visible"
    words: set[str] = set()
    for path in sorted(visible.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            content = path.read_bytes()
            found[path.relative_to(visible).as_posix()] = content
            words |= _words_beside_datasets(content) if path.suffix == ".py" else set()
    for manifest in _manifests(datasets, words):
        table = manifest.parent / str(tomllib.loads(manifest.read_text(encoding="utf-8"))["file"])
        found[f"data/{table.name}"] = table.read_bytes()
    return found


def lay_out(folder: Path, slug: str, content: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write what is not there yet; the names of the files that were there, and are as they were.

    Raises GraderError, before anything is written, where the folder is about something else.
    """
    if folder.exists() and not folder.is_dir():
        raise GraderError(f"{folder} is a file; name a folder, or leave it out")
    if (folder / CONFIG).exists() and (other := _slug_in(folder / CONFIG)) != slug:
        about = f"the workspace of {other}" if other else "a folder with settings and no challenge"
        raise GraderError(f"{folder} is {about}; name another folder: `grader start {slug} DIR`")
    kept = []
    try:
        for name, data in content.items():
            path = folder.joinpath(*PurePosixPath(name).parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with path.open("xb") as stream:
                    stream.write(data)
            except FileExistsError:
                kept.append(name)
    except OSError as error:
        raise GraderError(
            f"{error.filename or folder} cannot be written: {error.strerror or error}"
        ) from error
    return tuple(kept)


def _slug_in(path: Path) -> str | None:
    """The challenge that a `grader.toml` names, if it is there and names one."""
    try:
        slug = tomllib.loads(path.read_text(encoding="utf-8")).get("challenge")
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None
    except (OSError, ValueError) as error:
        raise GraderError(f"{path}: cannot be read as TOML: {error}") from error
    return slug if isinstance(slug, str) else None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ChallengeError(f"{path}: the starter cannot be read: {error.strerror or error}") from error


def _words_beside_datasets(source: bytes) -> set[str]:
    """Every text in a file of checks that takes the fixture `dataset`: among them are the names of tables,
    which may be parameters."""
    nodes = list(ast.walk(ast.parse(source)))
    if not any(isinstance(node, ast.arg) and node.arg == "dataset" for node in nodes):
        return set()
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _manifests(datasets: Path | None, names: set[str]) -> Iterator[Path]:
    """The `dataset.toml` of each data set among the names, from the bank's folder or the grader's own."""
    known: dict[str, Path] = {}
    for place in (folder for folder in (datasets, resources.folder("datasets")) if folder is not None):
        for manifest in place.glob("*/dataset.toml"):
            known.setdefault(manifest.parent.name, manifest)
    yield from (known[name] for name in sorted(names & known.keys()))

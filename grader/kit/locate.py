"""Which challenge and which file a command is about, when little or nothing was typed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import GraderError
from grader.kit.workspace import Workspace, find, submission

if TYPE_CHECKING:
    from grader.store import Store


class NotLocated(GraderError):
    """It does not follow from what was typed which challenge or file is meant."""


@dataclass(frozen=True, slots=True)
class Target:
    """A challenge and the answer to it; `workspace` is None for a file that lies in none."""

    slug: str
    submission: Path
    workspace: Workspace | None


def locate(slug: str | None, path: Path | None, cwd: Path, store: Store | None) -> Target:
    """The answer that is meant, by the first of these rules that applies.

    - Challenge and path: the path, which need not lie in a workspace.
    - A path alone: it lies in a workspace, which says the challenge; a folder stands for the answer in it.
    - A challenge alone: the workspace around `cwd` if it is that challenge's, else the folder of that name in
      `cwd`, else the workspace that `store` remembers.
    - Nothing: the workspace around `cwd`.

    Raises NotLocated, saying what to type.
    """
    if slug is not None and path is not None:
        workspace = _around(cwd / path)
        return Target(slug, path, workspace if workspace and workspace.slug == slug else None)
    if path is not None:
        return _of_path(path, cwd)
    workspace = locate_workspace(slug, cwd, store)
    return Target(workspace.slug, submission(workspace), workspace)


def locate_workspace(slug: str | None, cwd: Path, store: Store | None) -> Workspace:
    """The workspace that is meant, by the last two rules of `locate`. Raises NotLocated."""
    around = find(cwd)
    if slug is None:
        if around is None:
            raise NotLocated(
                "this folder is no workspace, so it is not clear which challenge is meant; "
                "change to one, name the challenge, or make a workspace with `grader start SLUG`"
            )
        return around
    remembered = store.state(slug).folder if store is not None else None
    for folder in (around.folder if around else None, cwd / slug, remembered):
        workspace = _in(folder) if folder is not None else None
        if workspace is not None and workspace.slug == slug:
            return workspace
    raise NotLocated(f"there is no workspace of {slug} yet; make one with `grader start {slug}`")


def locate_slug(slug: str | None, cwd: Path) -> str:
    """The challenge that was named, or that of the workspace around `cwd`. Raises NotLocated."""
    return slug if slug is not None else locate_workspace(None, cwd, None).slug


def told_apart(word: str | None, slugs: Collection[str]) -> tuple[str | None, Path | None]:
    """A word that may be a challenge or a path, as (slug, path); the name of a challenge comes first.

    What looks like neither is taken for a challenge, whose absence is reported with the nearest name.
    """
    if word is None or word in slugs:
        return word, None
    looks_like_path = any(mark in word for mark in "/\\.") or Path(word).exists()
    return (None, Path(word)) if looks_like_path else (word, None)


def _of_path(path: Path, cwd: Path) -> Target:
    whole = cwd / path
    if not whole.exists():
        raise NotLocated(f"there is no file or folder {path}")
    workspace = _around(whole)
    if workspace is None:
        raise NotLocated(
            f"{path} lies in no workspace, so it is not clear which challenge it answers; "
            f"name the challenge too: `grader grade SLUG {path}`"
        )
    return Target(workspace.slug, submission(workspace) if whole.is_dir() else path, workspace)


def _around(path: Path) -> Workspace | None:
    return find(path if path.is_dir() else path.parent)


def _in(folder: Path) -> Workspace | None:
    """The workspace in exactly this folder."""
    found = find(folder) if folder.is_dir() else None
    return found if found is not None and found.folder == folder.absolute() else None

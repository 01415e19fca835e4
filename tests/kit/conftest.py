"""Workspaces of the bank that comes with the grader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.bank import Bank
from grader.kit.overview import outline
from grader.kit.workspace import Workspace, create


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Workspace]:
    """A workspace of a real challenge: `make("f1-by-hand", notebook=True)`."""

    def workspace(slug: str, folder: Path | None = None, *, notebook: bool = False) -> Workspace:
        bank = Bank.default()
        place = folder or tmp_path / slug
        return create(outline(bank, slug), place, notebook=notebook, datasets=bank.datasets)

    return workspace

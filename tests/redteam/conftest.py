"""The corpus and a right answer to what it attacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.redteam import SLUG, Attack, read_attacks
from grader.resources import folder


@pytest.fixture(scope="session")
def attacks() -> tuple[Attack, ...]:
    return read_attacks(folder("attacks"))


@pytest.fixture(scope="session")
def solutions() -> Path:
    return folder("solutions") / SLUG


@pytest.fixture
def plant(tmp_path: Path):
    """Makes an attack of source text."""

    def make(source: str, verdict: str = "any") -> Attack:
        place = tmp_path / "wire" / "planted.py"
        place.parent.mkdir(exist_ok=True)
        place.write_text(f'"""Planted.\n\nthreat: 1\nsource: this test\nverdict: {verdict}\n"""\n{source}')
        return read_attacks(tmp_path)[0]

    return make

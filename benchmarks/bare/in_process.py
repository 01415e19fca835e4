"""A pytest plugin that runs a challenge's hidden checks as bare pytest would: beside the candidate's code.

It gives the same fixtures without a sandbox: `candidate` is the imported answer itself, the module
`reference` on the path.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

import grader.checks
from grader import datasets


def _raises(_: object, kind: type[BaseException]) -> AbstractContextManager[object]:
    return pytest.raises(kind)


# Checks import these two by name. Without a sandbox there are neither handles nor copied errors.
vars(grader.checks).update(attribute=getattr, raises=_raises)


def _fresh_answer() -> ModuleType:
    sys.modules.pop("reference", None)
    return importlib.import_module("reference")


@pytest.fixture
def candidate() -> ModuleType:
    return _fresh_answer()


@pytest.fixture(scope="module")
def shared_candidate() -> ModuleType:
    return _fresh_answer()


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture(scope="module")
def shared_rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture
def metric() -> Callable[[str, float], None]:
    recorded: dict[str, float] = {}
    return recorded.__setitem__


@pytest.fixture(scope="session")
def dataset() -> Callable[[str], pd.DataFrame]:
    return datasets.load

"""numpy, pandas and scipy without importing them before they are needed."""

from __future__ import annotations

import importlib
import sys

from .errors import ProtocolError

TYPE_CHECKING = False  # importing typing would cost more than the rest of this package
if TYPE_CHECKING:
    from typing import Any


def loaded(name: str) -> Any:
    """The module, or None: a value of its types cannot exist before it is imported."""
    return sys.modules.get(name)


def needed(name: str) -> Any:
    """The module, for a value that has arrived."""
    module = sys.modules.get(name)
    if module is not None:
        return module
    try:
        return importlib.import_module(name)
    except ImportError:
        raise ProtocolError(f"a value that needs {name}, which is not installed here") from None

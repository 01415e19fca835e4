"""Unfitted scikit-learn estimators: a class path and the parameters that were set.

Building one looks a class up by name, so only the sandbox may do it.
"""

from __future__ import annotations

import importlib
import re

from .errors import ProtocolError, Unsendable
from .fields import fields, string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .coding import Decoder, Encoder, Tag

CLASS = re.compile(r"sklearn(?:\.[A-Za-z_][A-Za-z0-9_]{0,60}){1,8}", re.ASCII)
MOST_PARAMETERS = 200


def is_estimator(value: object) -> bool:
    """Whether a value is an instance of a scikit-learn class that has parameters."""
    kind = type(value)
    return kind.__module__.startswith("sklearn.") and callable(getattr(kind, "get_params", None))


def encode_estimator(encoder: Encoder, estimator: Any) -> Tag:
    """The tag of an unfitted estimator. Parameters left at their defaults are not sent.

    Estimators within it come back here if the encoder's `other` sends them here.
    """
    import inspect

    kind = type(estimator)
    path = f"{kind.__module__}.{kind.__qualname__}"
    if not CLASS.fullmatch(path):
        raise Unsendable(f"an object of class {path[:120]} is not an estimator of scikit-learn")
    fitted = [name for name in vars(estimator) if name.endswith("_") and not name.startswith("_")]
    if fitted:
        raise Unsendable(f"a fitted {kind.__name__} cannot be sent; send sklearn.base.clone of it")
    parameters = inspect.signature(kind).parameters
    changed = {
        name: encoder.encode(value)
        for name, value in estimator.get_params(deep=False).items()
        if name not in parameters or parameters[name].default is not value
    }
    return {"t": "estimator", "class": path, "params": changed}


def build_estimator(tag: Tag, decoder: Decoder) -> object:
    """The estimator of a tag. For the sandbox only."""
    path, params = fields(tag, "class", "params")
    if type(params) is not dict or len(params) > MOST_PARAMETERS:
        raise ProtocolError("an estimator without parameters")
    kind = _find(string(path))
    values = {string(name, 80): decoder.decode(tree) for name, tree in params.items()}
    try:
        return kind(**values)
    except (TypeError, ValueError):
        raise ProtocolError(f"{path} does not take these parameters") from None


def _find(path: str) -> type:
    if not CLASS.fullmatch(path):
        raise ProtocolError("an estimator that is not scikit-learn's")
    module_name, _, name = path.rpartition(".")
    try:
        kind = getattr(importlib.import_module(module_name), name, None)
    except ImportError:
        raise ProtocolError(f"{module_name} is not installed here") from None
    if not isinstance(kind, type) or kind.__module__ != module_name or not hasattr(kind, "get_params"):
        raise ProtocolError(f"{path} is not an estimator")
    return kind

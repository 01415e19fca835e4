"""scipy's csr, csc and coo matrices and arrays.

Compiled code follows the indices without looking, so every one of them is checked before
an object is made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import arrays
from .errors import ProtocolError
from .fields import array_of, boolean, fields, integer
from .modules import loaded, needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .coding import Decoder, Encoder, Tag

FORMATS = ("csr", "csc", "coo")
DATA = ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8", "c8", "c16")


def encode(encoder: Encoder, value: Any) -> Tag | None:
    scipy = loaded("scipy.sparse")
    if scipy is None or not type(value).__module__.startswith("scipy.sparse"):
        return None
    for name in FORMATS:
        is_array = type(value) is getattr(scipy, f"{name}_array")
        if is_array or type(value) is getattr(scipy, f"{name}_matrix"):
            break
    else:
        return None
    if len(value.shape) != 2:
        return None
    nonzero = len(value.data) if name == "coo" else int(value.indptr[-1])
    if name == "coo":
        first, second = value.coords
    else:
        first, second = value.indptr, value.indices[:nonzero]
    parts = [arrays.encode_array(encoder, part) for part in (value.data[:nonzero], first, second)]
    return {"t": "sparse", "f": name, "array": is_array, "s": [int(n) for n in value.shape], "v": parts}


def decode(decoder: Decoder, tag: Tag) -> object:
    name, is_array, sizes, parts = fields(tag, "f", "array", "s", "v")
    if type(name) is not str or name not in FORMATS:
        raise ProtocolError(f"a sparse matrix that is none of {', '.join(FORMATS)}")
    shape = tuple(integer(size, 0, decoder.bounds.dimension) for size in array_of(sizes, 2))
    trees = array_of(parts, 3)
    if len(shape) != 2 or len(trees) != 3:
        raise ProtocolError("a sparse matrix without two dimensions or three arrays")
    data, first, second = (arrays.decode_array(decoder, part, ndim=1) for part in trees)
    if arrays.type_name(data.dtype, 0) not in DATA:
        raise ProtocolError("a sparse matrix of a type that it cannot have")
    if any(arrays.type_name(part.dtype, 0) not in ("i4", "i8") for part in (first, second)):
        raise ProtocolError("a sparse matrix without integer indices")
    if first.dtype != second.dtype:
        raise ProtocolError("a sparse matrix with indices of two types")
    scipy = needed("scipy.sparse")
    make = getattr(scipy, f"{name}_array" if boolean(is_array) else f"{name}_matrix")
    virtual = decoder.bounds.virtual
    if name == "coo":
        if len(first) != len(data) or max(shape) > virtual:
            raise ProtocolError("a sparse matrix with other indices than data, or too large")
        _within(first, shape[0])
        _within(second, shape[1])
        contents: object = (data, (first, second))
    else:
        along, across = shape if name == "csr" else shape[::-1]
        if len(first) != along + 1 or across > virtual:
            raise ProtocolError("a sparse matrix with pointers of another length, or too large")
        _steps(first, len(data))
        _within(second, across)
        contents = (data, second, first)
    if len(second) != len(data):
        raise ProtocolError("a sparse matrix with other indices than data")
    try:
        return make(contents, shape=shape, copy=False)
    except (ValueError, TypeError, OverflowError):
        raise ProtocolError("a sparse matrix that scipy refuses") from None


def _within(indices: Any, size: int) -> None:
    if not arrays.within(indices, 0, size):
        raise ProtocolError("a sparse matrix with an index out of range")


def _steps(pointers: Any, size: int) -> None:
    """Row pointers go from 0 to the number of entries and never down."""
    if int(pointers[0]) != 0 or int(pointers[-1]) != size or (pointers[1:] < pointers[:-1]).any():
        raise ProtocolError("a sparse matrix with pointers out of order")


DECODERS: Mapping[str, Callable[[Decoder, Tag], object]] = {"sparse": decode}

"""pandas Series, DataFrame, Index and arrays. `attrs` and flags do not cross.

A table whose columns all have one numpy type crosses as one array, any other column by
column; in both cases what arrives are views of the payload.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import arrays, columns, labels
from .errors import ProtocolError
from .fields import array_of, boolean, fields
from .modules import loaded, needed
from .moments import UNITS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .coding import Decoder, Encoder, Tag

FRAGMENTS = 100  # pandas warns when something is added to a table of more blocks than this


def encode(encoder: Encoder, value: Any) -> Tag | None:
    pandas = loaded("pandas")
    if pandas is None:
        return None
    kind = type(value)
    if kind is pandas.Series:
        return {
            "t": "series",
            "v": columns.encode_column(encoder, value.array),
            "index": labels.encode_index(encoder, value.index),
            "name": encoder.key(value.name),
        }
    if kind is pandas.DataFrame:
        return encode_frame(encoder, value)
    if labels.is_index(pandas, kind):
        return labels.encode_index(encoder, value)
    if issubclass(kind, pandas.api.extensions.ExtensionArray) and kind.__module__.split(".")[0] == "pandas":
        return {"t": "values", "v": columns.encode_column(encoder, value)}
    return None


def encode_frame(encoder: Encoder, frame: Any) -> Tag:
    tag: Tag = {
        "t": "frame",
        "index": labels.encode_index(encoder, frame.index),
        "columns": labels.encode_index(encoder, frame.columns),
    }
    numpy = loaded("numpy")
    kinds = set(frame.dtypes)
    dtype = kinds.pop() if len(kinds) == 1 else None
    if isinstance(dtype, numpy.dtype) and dtype.kind != "O":
        values = frame.to_numpy()
        across = not values.flags.c_contiguous
        tag["across"] = across
        tag["v"] = arrays.encode_array(encoder, values.T if across else values)
    else:
        count = frame.shape[1]
        tag["v"] = [columns.encode_column(encoder, frame.iloc[:, at].array) for at in range(count)]
    return tag


def decode_series(decoder: Decoder, tag: Tag) -> object:
    tree, index_tree, name = fields(tag, "v", "index", "name")
    values = columns.decode_column(decoder, tree)
    index = labels.decode_index(decoder, index_tree, rows=len(values))
    return _series(values, index, decoder.key(name))


def _series(values: Any, index: Any, name: object = None) -> Any:
    """A Series of exactly these values: with its type given, pandas does not guess one."""
    try:
        return needed("pandas").Series(values, index=index, dtype=values.dtype, name=name, copy=False)
    except columns.REFUSALS:
        raise ProtocolError("a series that pandas refuses") from None


def decode_frame(decoder: Decoder, tag: Tag) -> object:
    if "across" in tag:
        return _decode_block(decoder, tag)
    index_tree, column_tree, trees = fields(tag, "index", "columns", "v")
    parts = [columns.decode_column(decoder, tree) for tree in array_of(trees)]
    rows = len(parts[0]) if parts else None
    if any(len(part) != rows for part in parts):
        raise ProtocolError("a table with columns of different lengths")
    index = labels.decode_index(decoder, index_tree, rows)
    names = labels.decode_index(decoder, column_tree, len(parts))
    series = {at: _series(part, index) for at, part in enumerate(parts)}
    pandas = needed("pandas")
    try:
        frame = pandas.DataFrame(series, index=index, copy=False)
        frame.columns = names
    except columns.REFUSALS:
        raise ProtocolError("a table that pandas refuses") from None
    return frame.copy() if len(parts) > FRAGMENTS else frame


def _decode_block(decoder: Decoder, tag: Tag) -> object:
    index_tree, column_tree, across, tree = fields(tag, "index", "columns", "across", "v")
    values = arrays.decode_array(decoder, tree, ndim=2)
    kind = values.dtype.kind
    if kind == "U" or (kind in "Mm" and arrays.unit(values.dtype) not in UNITS):
        raise ProtocolError("a table of a type that it cannot have")
    if boolean(across):
        values = values.T
    rows, count = values.shape
    # Without a value there is no data behind either length
    index = labels.decode_index(decoder, index_tree, rows if count else None)
    names = labels.decode_index(decoder, column_tree, count if rows else None)
    if (len(index), len(names)) != (rows, count):
        raise ProtocolError("a table with labels of another length")
    try:
        return needed("pandas").DataFrame(values, index=index, columns=names, copy=False)
    except columns.REFUSALS:
        raise ProtocolError("a table that pandas refuses") from None


def decode_values(decoder: Decoder, tag: Tag) -> object:
    values = columns.decode_column(decoder, fields(tag, "v")[0])
    if isinstance(values, needed("numpy").ndarray):
        try:
            return needed("pandas").array(values, dtype=values.dtype, copy=False)
        except columns.REFUSALS:
            raise ProtocolError("values that pandas refuses") from None
    return values


DECODERS: Mapping[str, Callable[[Decoder, Tag], object]] = {
    **labels.DECODERS,
    "series": decode_series,
    "frame": decode_frame,
    "values": decode_values,
}

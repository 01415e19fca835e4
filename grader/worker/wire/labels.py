"""pandas indexes: ranges, plain ones of any column type, and those of several levels.

The frequency that a DatetimeIndex may carry does not cross.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import arrays, columns, plain
from .errors import ProtocolError, Unsendable
from .fields import array_of, fields
from .modules import loaded, needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .coding import Decoder, Encoder, Tag

PLAIN = ("Index", "DatetimeIndex", "TimedeltaIndex", "CategoricalIndex")
MOST_LEVELS = 32


def is_index(pandas: Any, kind: type) -> bool:
    """Whether a type is one of pandas' own indexes that can cross."""
    return any(kind is getattr(pandas, name) for name in (*PLAIN, "RangeIndex", "MultiIndex"))


def encode_index(encoder: Encoder, index: Any) -> Tag:
    numpy, pandas = loaded("numpy"), loaded("pandas")
    kind = type(index)
    if not is_index(pandas, kind):
        raise Unsendable(f"an index of type {kind.__name__[:80]} cannot be sent; use .reset_index first")
    with encoder.deeper():
        if kind is pandas.RangeIndex:
            ends = [int(index.start), int(index.stop), int(index.step)]
            return {"t": "rangeindex", "v": ends, "name": encoder.key(index.name)}
        if kind is pandas.MultiIndex:
            return {
                "t": "multiindex",
                "levels": [encode_index(encoder, level.rename(None)) for level in index.levels],
                "codes": [arrays.encode_array(encoder, numpy.asarray(code)) for code in index.codes],
                "names": [encoder.key(name) for name in index.names],
            }
        values = columns.encode_column(encoder, index.array)
        return {"t": "index", "v": values, "name": encoder.key(index.name)}


def decode_index(decoder: Decoder, tree: object, rows: int | None = None) -> Any:
    """An index where a tag holds one; with `rows`, of that many, else not long without data."""
    if type(tree) is not dict or type(tree.get("t")) is not str:
        raise ProtocolError("expected an index")
    with decoder.deeper():
        try:
            index = _decode(decoder, tree, rows)
        except columns.REFUSALS:
            raise ProtocolError("an index that pandas refuses") from None
    if rows is not None and len(index) != rows:
        raise ProtocolError("an index of another length than its data")
    return index


def _decode(decoder: Decoder, tag: Tag, rows: int | None) -> Any:
    pandas = needed("pandas")
    if tag["t"] == "rangeindex":
        ends, name = fields(tag, "v", "name")
        longest = decoder.bounds.virtual if rows is None else rows
        return pandas.RangeIndex(range(*plain.range_ends(ends, longest)), name=decoder.key(name))
    if tag["t"] == "index":
        tree, name = fields(tag, "v", "name")
        values = columns.decode_column(decoder, tree)
        return pandas.Index(values, dtype=values.dtype, name=decoder.key(name), copy=False)
    if tag["t"] == "multiindex":
        return _decode_levels(decoder, tag)
    raise ProtocolError(f"the tag {str(tag['t'])[:40]!a} is no index")


def _decode_levels(decoder: Decoder, tag: Tag) -> Any:
    level_trees, code_trees, name_trees = (
        array_of(part, MOST_LEVELS) for part in fields(tag, "levels", "codes", "names")
    )
    if not len(level_trees) == len(code_trees) == len(name_trees) > 0:
        raise ProtocolError("an index with other levels than codes or names")
    pandas = needed("pandas")
    levels = [decode_index(decoder, tree) for tree in level_trees]
    codes = [arrays.decode_array(decoder, tree, ndim=1) for tree in code_trees]
    if any(isinstance(level, pandas.MultiIndex) or level.name is not None for level in levels):
        raise ProtocolError("an index with a level that is none")
    for level, code in zip(levels, codes, strict=True):
        if code.dtype.kind != "i" or len(code) != len(codes[0]):
            raise ProtocolError("an index with codes of different lengths")
        if not arrays.within(code, -1, len(level)):
            raise ProtocolError("an index with a code out of range")
        if not level.is_unique:
            raise ProtocolError("an index with a duplicate level")
    names = [decoder.key(name) for name in name_trees]
    return pandas.MultiIndex(levels, codes, names=names, copy=False)


def decode_top(decoder: Decoder, tag: Tag) -> object:
    return decode_index(decoder, tag)


DECODERS: Mapping[str, Callable[[Decoder, Tag], object]] = {
    "index": decode_top,
    "rangeindex": decode_top,
    "multiindex": decode_top,
}

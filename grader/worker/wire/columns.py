"""One column of a table, or the values of an index, by its pandas type.

- numbers, bool, dates without a zone: an array
- text: codes and levels, missing values by codes of their own
- category: codes and an index of levels
- Int8 to Float64, boolean: an array and a mask
- dates with a zone: an array in UTC and the zone
- object: as text if all of it is text, else a list of scalars
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import arrays, plain
from .errors import ProtocolError, Unsendable
from .fields import boolean, fields
from .modules import loaded, needed
from .moments import UNITS, decode_zone, encode_zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .coding import Decoder, Encoder, Tag

# What pandas raises for values that it will not hold
REFUSALS = (ValueError, TypeError, KeyError, NotImplementedError, OverflowError, AttributeError)
TEXT = ("str", "string", "object")
NONE, NAN, NA = -1, -2, -3  # codes of missing values in text; negative ones index from the end
NULLABLE = {
    **{f"Int{8 * size}": f"i{size}" for size in (1, 2, 4, 8)},
    **{f"UInt{8 * size}": f"u{size}" for size in (1, 2, 4, 8)},
    **{f"Float{8 * size}": f"f{size}" for size in (4, 8)},
    "boolean": "b1",
}
CONTAINERS = (list, tuple, dict, set, frozenset, range)


def encode_column(encoder: Encoder, values: Any) -> Tag:
    """The tag of the `array` of a Series or Index."""
    numpy, pandas = loaded("numpy"), loaded("pandas")
    if type(values) is pandas.arrays.NumpyExtensionArray:  # arrays of text are of a subclass
        values = values.to_numpy()
    dtype = values.dtype
    if isinstance(dtype, numpy.dtype):
        found = numpy.asarray(values)
        return _encode_object(encoder, found) if dtype.kind == "O" else arrays.encode_array(encoder, found)
    if isinstance(dtype, pandas.StringDtype):
        kind = "string" if dtype.na_value is pandas.NA else "str"
        codes, levels = pandas.factorize(values)
        return _text(encoder, kind, codes, numpy.asarray(levels, dtype=object))
    if isinstance(dtype, pandas.CategoricalDtype):
        return {
            "t": "category",
            "codes": arrays.encode_array(encoder, numpy.asarray(values.codes)),
            "levels": encoder.encode(dtype.categories),
            "ordered": bool(dtype.ordered),
        }
    if isinstance(dtype, pandas.DatetimeTZDtype):
        moments = numpy.asarray(values, dtype=f"M8[{dtype.unit}]")
        return {"t": "zoned", "v": arrays.encode_array(encoder, moments), "tz": encode_zone(dtype.tz)}
    if dtype.name in NULLABLE and isinstance(values, _masked_types(pandas)):
        plain_values = values.to_numpy(dtype=NULLABLE[dtype.name], na_value=0)
        return {
            "t": "masked",
            "d": dtype.name,
            "v": arrays.encode_array(encoder, plain_values),
            "mask": arrays.encode_array(encoder, numpy.asarray(values.isna())),
        }
    raise Unsendable(f"a column of dtype {str(dtype)[:80]} cannot be sent; convert it with .astype first")


def _masked_types(pandas: Any) -> Any:
    kinds = pandas.arrays
    return (kinds.IntegerArray, kinds.FloatingArray, kinds.BooleanArray)


def decode_column(decoder: Decoder, tree: object) -> Any:
    """An ndarray of one dimension, or a pandas array."""
    name = tree.get("t") if type(tree) is dict else None
    if type(tree) is not dict or type(name) is not str:
        raise ProtocolError("expected a column")
    if name == "array":
        found = arrays.decode_array(decoder, tree, ndim=1)
        if found.dtype.kind == "U" or (found.dtype.kind in "Mm" and arrays.unit(found.dtype) not in UNITS):
            raise ProtocolError("a column of a type that a table does not have")
        return found
    function = COLUMNS.get(name)
    if function is None:
        raise ProtocolError(f"the tag {name[:40]!a} is no column")
    try:
        return function(decoder, tree)
    except REFUSALS:
        raise ProtocolError("a column that pandas refuses") from None


# Text


def _text(encoder: Encoder, kind: str, codes: Any, levels: Any) -> Tag:
    texts = [str.__str__(level) for level in levels]
    return {
        "t": "text",
        "d": kind,
        "codes": arrays.encode_array(encoder, codes.astype("i4")),
        "levels": plain.encode_list(encoder, texts),
    }


def _encode_object(encoder: Encoder, values: Any) -> Tag:
    pandas = loaded("pandas")
    if pandas.api.types.infer_dtype(values, skipna=True) in ("string", "empty"):
        codes, levels = pandas.factorize(values)
        missing = [(place, _missing_code(values[place])) for place in (codes < 0).nonzero()[0].tolist()]
        if all(code is not None for _, code in missing):
            for place, code in missing:
                codes[place] = code
            return _text(encoder, "object", codes, levels)
    items = values.tolist()
    for kind in set(map(type, items)):
        if _holds(kind):
            raise Unsendable(
                f"a column of dtype object that holds a {kind.__name__[:80]} cannot be sent; "
                "a column holds numbers, text or dates"
            )
    return {"t": "objects", "v": plain.encode_keys(encoder, items)}


def _missing_code(value: object) -> int | None:
    if value is None:
        return NONE
    if type(value) is float:
        return NAN
    return NA if value is loaded("pandas").NA else None


def decode_text(decoder: Decoder, tag: Tag) -> Any:
    kind, tree, level_tree = fields(tag, "d", "codes", "levels")
    if type(kind) is not str or kind not in TEXT:
        raise ProtocolError(f"text of a type that is none of {', '.join(TEXT)}")
    codes = arrays.decode_array(decoder, tree, ndim=1)
    levels = plain.decode_list(decoder, level_tree)
    if codes.dtype != "i4" or not set(map(type, levels)) <= {str} or len(set(levels)) != len(levels):
        raise ProtocolError("text without 32-bit codes and different levels")
    lowest = NA if kind == "object" else NONE
    if not arrays.within(codes, lowest, len(levels)):
        raise ProtocolError("text with a code out of range")
    numpy, pandas = needed("numpy"), needed("pandas")
    if len(codes) and levels:
        lengths = numpy.array([*(len(str(level)) for level in levels), 0, 0, 0])
        decoder.spend(int(lengths[codes].sum()))  # some ways to keep text copy every row
    table = numpy.empty(len(levels) + 3, dtype=object)
    table[: len(levels)] = levels
    table[NONE], table[NAN], table[NA] = None, numpy.nan, pandas.NA
    values = table[codes]
    if kind == "object":
        return values
    missing = pandas.NA if kind == "string" else numpy.nan
    return pandas.array(values, dtype=pandas.StringDtype(na_value=missing))


def decode_objects(decoder: Decoder, tag: Tag) -> Any:
    items = plain.decode_plain(decoder, fields(tag, "v")[0])
    if any(_holds(kind) for kind in set(map(type, items))):
        raise ProtocolError("a column that holds containers")
    values = needed("numpy").empty(len(items), dtype=object)
    values[:] = items
    return values


def _holds(kind: type) -> bool:
    """Whether a type is of containers. numpy's own scalars have __array__ too."""
    return issubclass(kind, CONTAINERS) or (
        hasattr(kind, "__array__") and not issubclass(kind, needed("numpy").generic)
    )


# Categories, masks, zones


def decode_category(decoder: Decoder, tag: Tag) -> Any:
    tree, level_tree, ordered = fields(tag, "codes", "levels", "ordered")
    codes = arrays.decode_array(decoder, tree, ndim=1)
    levels: Any = decoder.decode(level_tree)
    pandas = needed("pandas")
    if not isinstance(levels, pandas.Index) or isinstance(levels, pandas.MultiIndex):
        raise ProtocolError("categories without an index of levels")
    if codes.dtype.kind != "i":
        raise ProtocolError("categories without integer codes")
    if not arrays.within(codes, -1, len(levels)):
        raise ProtocolError("categories with a code out of range")
    dtype = pandas.CategoricalDtype(levels, ordered=boolean(ordered))
    return pandas.Categorical.from_codes(codes, dtype=dtype)


def decode_masked(decoder: Decoder, tag: Tag) -> Any:
    name, tree, mask_tree = fields(tag, "d", "v", "mask")
    if type(name) is not str or name not in NULLABLE:
        raise ProtocolError("nullable values of no such type")
    values = arrays.decode_array(decoder, tree, ndim=1)
    mask = arrays.decode_array(decoder, mask_tree, ndim=1)
    if values.dtype != NULLABLE[name] or mask.dtype != "b1" or len(values) != len(mask):
        raise ProtocolError("nullable values and a mask that do not match")
    kinds = needed("pandas").arrays
    prefix = name.rstrip("0123456789")
    make = {"boolean": kinds.BooleanArray, "Float": kinds.FloatingArray}.get(prefix, kinds.IntegerArray)
    return make(values, mask)


def decode_zoned(decoder: Decoder, tag: Tag) -> Any:
    tree, zone = fields(tag, "v", "tz")
    values = arrays.decode_array(decoder, tree, ndim=1)
    found = decode_zone(zone)
    if values.dtype.kind != "M" or arrays.unit(values.dtype) not in UNITS or found is None:
        raise ProtocolError("dates with a zone that are none")
    pandas = needed("pandas")
    dtype = pandas.DatetimeTZDtype(unit=arrays.unit(values.dtype), tz=found)
    return pandas.array(values.view("i8"), dtype=dtype, copy=False)


COLUMNS: Mapping[str, Callable[[Decoder, Tag], Any]] = {
    "text": decode_text,
    "objects": decode_objects,
    "category": decode_category,
    "masked": decode_masked,
    "zoned": decode_zoned,
}

"""The built-in types: numbers, text, bytes, lists, dictionaries, sets, iterators.

A subclass crosses as its plain base value, read with the methods of the base class, so
that nothing a subclass overrides has a say in what arrives.
"""

from __future__ import annotations

from array import array
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from . import arrays
from .errors import ProtocolError, Unsendable
from .fields import INT64, array_of, fields, integer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from .coding import Decoder, Encoder, Tag

UNUSABLE = (TypeError, ValueError, OverflowError)  # from hash or ==; pandas.NA has no truth value
PACK_FROM = 32  # items; a shorter list is as quick in the header
NOT_FINITE = ("nan", "inf", "-inf")
VIEWS: tuple[type, ...] = (
    type({}.keys()),
    type({}.values()),
    type({}.items()),
    type(OrderedDict[int, int]().keys()),
    type(OrderedDict[int, int]().values()),
    type(OrderedDict[int, int]().items()),
)


def encode(encoder: Encoder, value: Any) -> object | None:
    """The tree of a value of exactly one of the built-in types; None for any other."""
    function = ENCODERS.get(type(value))
    return None if function is None else function(encoder, value)


def encode_subclass(encoder: Encoder, value: Any) -> object | None:
    """The tree of the plain value within an instance of a subclass."""
    kind = type(value)
    for base, plain in PLAIN_VALUES.items():
        if issubclass(kind, base):
            return encoder.encode(plain(value))
    return None


def encode_iterator(encoder: Encoder, value: Any) -> object | None:
    """Consume an iterator of the language or of itertools; one's own class is an object."""
    kind = type(value)
    if kind in VIEWS:
        return encode_list(encoder, list(value))
    if kind.__module__ not in ("builtins", "itertools") or not hasattr(kind, "__next__"):
        return None
    most = encoder.bounds.generator_items
    items = list(islice(value, most + 1))
    if len(items) > most:
        raise Unsendable(f"an iterator of more than {most} items cannot be sent; return a list")
    return {"t": "iter", "v": encode_list(encoder, items)}


def decode_iterator(decoder: Decoder, tag: Tag) -> list[object] | Iterator[object]:
    if decoder.plain_only:
        raise ProtocolError("an iterator as a key")
    items = decode_list(decoder, fields(tag, "v")[0])
    return iter(items) if decoder.iterators else items


# Numbers and text


def encode_float(encoder: Encoder, value: float) -> Tag:
    return {"t": "float", "v": repr(value)}


def decode_float(decoder: Decoder, tag: Tag) -> float:
    (name,) = fields(tag, "v")
    if type(name) is not str or name not in NOT_FINITE:
        raise ProtocolError("a float that is neither a number nor nan nor inf")
    return float(name)  # a NaN of its own: two of them are two keys


def encode_int(encoder: Encoder, value: int) -> Tag:
    most = encoder.bounds.integer_bits
    if value.bit_length() > most:
        raise Unsendable(f"an integer of more than {most} bits cannot be sent; return a smaller one")
    return {"t": "int", "v": format(value, "x")}


def decode_int(decoder: Decoder, tag: Tag) -> int:
    (digits,) = fields(tag, "v")
    if type(digits) is not str or len(digits) > decoder.bounds.integer_bits // 4 + 2:
        raise ProtocolError("an integer that is too long")
    if not set(digits.removeprefix("-")) <= set("0123456789abcdef"):
        raise ProtocolError("an integer with a digit that is not hexadecimal")
    value = int(digits, 16) if digits not in ("", "-") else 0
    if -INT64 <= value < INT64 or value.bit_length() > decoder.bounds.integer_bits:
        raise ProtocolError("an integer that is too short or too long for its tag")
    return value


def encode_complex(encoder: Encoder, value: complex) -> Tag:
    return {"t": "complex", "v": [encoder.encode(value.real), encoder.encode(value.imag)]}


def decode_complex(decoder: Decoder, tag: Tag) -> complex:
    parts = [decoder.decode(part) for part in array_of(fields(tag, "v")[0], 2)]
    floats = [part for part in parts if isinstance(part, float)]
    if [type(part) for part in parts] != [float, float]:
        raise ProtocolError("a complex number without two floats")
    return complex(floats[0], floats[1])


def encode_str(encoder: Encoder, value: str) -> Tag:
    data = _utf8(value)
    if len(data) > encoder.bounds.text:
        raise Unsendable(f"text of more than {encoder.bounds.text} bytes cannot be sent; return less")
    return {"t": "str", "b": encoder.add(data)}


def decode_str(decoder: Decoder, tag: Tag) -> str:
    return _text(decoder, decoder.buffer(fields(tag, "b")[0]))


def _utf8(value: str) -> bytes:
    try:
        return value.encode("utf-8")
    except UnicodeEncodeError:
        raise Unsendable("text with unpaired surrogates cannot be sent; return valid Unicode") from None


def _text(decoder: Decoder, buffer: memoryview, longest: int | None = None) -> str:
    if buffer.nbytes > (decoder.bounds.text if longest is None else longest):
        raise ProtocolError("a text that is too long")
    try:
        return str(buffer, "utf-8")
    except UnicodeDecodeError:
        raise ProtocolError("a text that is not UTF-8") from None


def encode_bytes(encoder: Encoder, value: bytes | bytearray) -> Tag:
    return {"t": type(value).__name__, "b": encoder.add(value)}


def decode_bytes(decoder: Decoder, tag: Tag) -> bytes:
    return bytes(decoder.buffer(fields(tag, "b")[0]))


def decode_bytearray(decoder: Decoder, tag: Tag) -> bytearray:
    return bytearray(decoder.buffer(fields(tag, "b")[0]))


def encode_range(encoder: Encoder, value: range) -> Tag:
    ends = [value.start, value.stop, value.step]
    if not all(-INT64 <= end < INT64 for end in ends) or len_of(*ends) > encoder.bounds.virtual:
        raise Unsendable("a range that is too long cannot be sent; return an array instead")
    return {"t": "range", "v": ends}


def decode_range(decoder: Decoder, tag: Tag) -> range:
    return range(*range_ends(fields(tag, "v")[0], decoder.bounds.virtual))


def range_ends(value: object, longest: int) -> tuple[int, int, int]:
    """Start, stop and step of a range of at most `longest` items."""
    ends = array_of(value, 3)
    if len(ends) != 3:
        raise ProtocolError("a range without start, stop and step")
    start, stop, step = (integer(end) for end in ends)
    if step == 0 or len_of(start, stop, step) > longest:
        raise ProtocolError(f"a range of no step or more than {longest} items")
    return start, stop, step


def len_of(start: int, stop: int, step: int) -> int:
    """Length of a range; len() itself overflows from 2**63."""
    return max(0, -((start - stop) // step))


# Lists and what is built on them


def encode_list(encoder: Encoder, value: list[Any]) -> object:
    """A list as a JSON list, or packed into a buffer if it is long and of one type."""
    encoder.count(len(value))
    if len(value) >= PACK_FROM:
        kinds = set(map(type, value))
        if len(kinds) == 1:
            packed = _pack(encoder, kinds.pop(), value)
            if packed is not None:
                return packed
    return [encoder.encode(item) for item in value]


def _pack(encoder: Encoder, kind: type, value: list[Any]) -> Tag | None:
    if kind is float:
        return {"t": "floats", "b": encoder.add(array("d", value))}
    if kind is int:
        try:
            return {"t": "ints", "b": encoder.add(array("q", value))}
        except OverflowError:
            return None
    if kind is bool:
        return {"t": "bools", "b": encoder.add(bytes(value))}
    if kind is str:
        joined = "\0".join(value)
        if joined.count("\0") != len(value) - 1:
            return None
        return {"t": "strs", "n": len(value), "b": encoder.add(_utf8(joined))}
    return arrays.pack_scalars(encoder, kind, value)


def decode_list(decoder: Decoder, tree: object) -> list[object]:
    """A list in either form, where a tag holds one."""
    if type(tree) is list:
        return decoder.decode_all(tree)
    if type(tree) is dict and type(tree.get("t")) is str and tree["t"] in LISTS:
        return LISTS[tree["t"]](decoder, tree)
    raise ProtocolError("expected a list")


def _numbers(decoder: Decoder, tag: Tag, code: Literal["d", "q"]) -> list[Any]:
    buffer = decoder.buffer(fields(tag, "b")[0])
    if buffer.nbytes % 8:
        raise ProtocolError("a list with a broken number")
    decoder.count(buffer.nbytes // 8)
    return buffer.cast("B").cast(code).tolist() if buffer.nbytes else []


def decode_floats(decoder: Decoder, tag: Tag) -> list[object]:
    return _numbers(decoder, tag, "d")


def decode_ints(decoder: Decoder, tag: Tag) -> list[object]:
    return _numbers(decoder, tag, "q")


def decode_bools(decoder: Decoder, tag: Tag) -> list[object]:
    data = bytes(decoder.buffer(fields(tag, "b")[0]))
    decoder.count(len(data))
    if data.count(0) + data.count(1) != len(data):
        raise ProtocolError("a truth value that is neither 0 nor 1")
    return list(map(bool, data))


def decode_strs(decoder: Decoder, tag: Tag) -> list[object]:
    length, number = fields(tag, "n", "b")
    items = integer(length, 1, decoder.bounds.items)
    buffer = decoder.buffer(number)
    decoder.count(items)
    text = _text(decoder, buffer, decoder.bounds.payload)
    if text.count("\0") != items - 1:
        raise ProtocolError("a list of texts of another length")
    return list(text.split("\0"))


def decode_scalars(decoder: Decoder, tag: Tag) -> list[object]:
    return arrays.unpack_scalars(decoder, tag)


def encode_tuple(encoder: Encoder, value: tuple[Any, ...]) -> Tag:
    return {"t": "tuple", "v": encode_list(encoder, list(value))}


def decode_tuple(decoder: Decoder, tag: Tag) -> tuple[object, ...]:
    return tuple(decode_list(decoder, fields(tag, "v")[0]))


def encode_dict(encoder: Encoder, value: dict[Any, Any]) -> Tag:
    return _encode_pairs(encoder, list(dict.items(value)))


def _encode_pairs(encoder: Encoder, pairs: list[tuple[Any, Any]]) -> Tag:
    keys = encode_keys(encoder, [key for key, _ in pairs])
    return {"t": "dict", "k": keys, "v": encode_list(encoder, [value for _, value in pairs])}


def decode_dict(decoder: Decoder, tag: Tag) -> dict[object, object]:
    keys, values = fields(tag, "k", "v")
    found, items = decode_keys(decoder, keys), decode_list(decoder, values)
    if len(found) != len(items):
        raise ProtocolError("a dictionary with other keys than values")
    try:
        result = dict(zip(found, items, strict=True))
    except UNUSABLE:
        raise ProtocolError("keys that cannot be compared") from None
    if len(result) != len(found):
        raise ProtocolError("a dictionary with a duplicate key")
    return result


def encode_set(encoder: Encoder, value: set[Any] | frozenset[Any]) -> Tag:
    return {"t": type(value).__name__, "v": encode_keys(encoder, list(value))}


def decode_set(decoder: Decoder, tag: Tag) -> set[object]:
    items = decode_keys(decoder, fields(tag, "v")[0])
    try:
        found = set(items)
    except UNUSABLE:
        raise ProtocolError("items that cannot be compared") from None
    if len(found) != len(items):
        raise ProtocolError("a set with a duplicate item")
    return found


def decode_frozenset(decoder: Decoder, tag: Tag) -> frozenset[object]:
    return frozenset(decode_set(decoder, tag))


def encode_keys(encoder: Encoder, keys: list[Any]) -> object:
    before, encoder.plain_only = encoder.plain_only, True
    try:
        return encode_list(encoder, keys)
    finally:
        encoder.plain_only = before


def decode_plain(decoder: Decoder, tree: object) -> list[object]:
    """A list of plain data only: nothing special in it, no iterator."""
    before, decoder.plain_only = decoder.plain_only, True
    try:
        return decode_list(decoder, tree)
    finally:
        decoder.plain_only = before


def decode_keys(decoder: Decoder, tree: object) -> list[object]:
    """Plain, hashable keys whose hashes were not chosen to collide.

    The hash of text is salted; tuples and long integers can be made to share one, which
    makes a dictionary of n of them take n * n comparisons.
    """
    keys = decode_plain(decoder, tree)
    if set(map(type, keys)) <= {str}:
        return keys
    try:
        hashes = Counter(map(hash, keys))
    except UNUSABLE:
        raise ProtocolError("a key that cannot be hashed") from None
    if max(hashes.values()) > decoder.bounds.equal_hashes:
        # NaN hashes by identity since 3.10, so honest keys never come near this
        raise ProtocolError("too many keys of the same hash")
    return keys


def _items_of(value: dict[Any, Any]) -> dict[Any, Any]:
    """The items in the order that the object shows; OrderedDict keeps one of its own."""
    if isinstance(value, OrderedDict) and issubclass(type(value), OrderedDict):
        return dict(OrderedDict.items(value))
    return dict(dict.items(value))


ENCODERS: Mapping[type, Callable[[Encoder, Any], object]] = {
    float: encode_float,
    int: encode_int,
    str: encode_str,
    complex: encode_complex,
    bytes: encode_bytes,
    bytearray: encode_bytes,
    range: encode_range,
    list: encode_list,
    tuple: encode_tuple,
    dict: encode_dict,
    set: encode_set,
    frozenset: encode_set,
}
PLAIN_VALUES: Mapping[type, Callable[[Any], object]] = {
    int: int.__int__,
    float: float.__float__,
    str: str.__str__,
    complex: complex.__complex__,
    bytes: lambda value: bytes.__getitem__(value, slice(None)),
    bytearray: lambda value: bytearray.__getitem__(value, slice(None)),
    list: lambda value: list.__getitem__(value, slice(None)),
    tuple: lambda value: tuple.__getitem__(value, slice(None)),
    dict: _items_of,
    set: lambda value: set(set.__iter__(value)),
    frozenset: lambda value: frozenset(frozenset.__iter__(value)),
}
LISTS: Mapping[str, Callable[[Decoder, Tag], list[object]]] = {
    "floats": decode_floats,
    "ints": decode_ints,
    "bools": decode_bools,
    "strs": decode_strs,
    "scalars": decode_scalars,
}
DECODERS: Mapping[str, Callable[[Decoder, Tag], object]] = {
    **LISTS,
    "float": decode_float,
    "int": decode_int,
    "str": decode_str,
    "complex": decode_complex,
    "bytes": decode_bytes,
    "bytearray": decode_bytearray,
    "range": decode_range,
    "iter": decode_iterator,
    "tuple": decode_tuple,
    "dict": decode_dict,
    "set": decode_set,
    "frozenset": decode_frozenset,
}

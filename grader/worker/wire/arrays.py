"""numpy arrays and scalars, exact and little-endian, in C order.

An array that arrives is a writable view of the payload. Types are a fixed vocabulary of
names, never parsed by numpy: b1, i1-i8, u1-u8, f2-f8, c8, c16, U1-U256, and M8 and m8
with one of the units s, ms, us, ns, D.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from .errors import ProtocolError, Unsendable
from .fields import array_of, fields, integer, string
from .modules import loaded, needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .coding import Decoder, Encoder, Tag

SIZES = {
    **{f"{kind}{size}": size for kind in "iu" for size in (1, 2, 4, 8)},
    **{f"f{size}": size for size in (2, 4, 8)},
    **{"b1": 1, "c8": 8, "c16": 16},
    **{f"{kind}8[{unit}]": 8 for kind in "Mm" for unit in ("s", "ms", "us", "ns", "D")},
}
PACKED = ("b1", "i4", "i8", "u4", "u8", "f4", "f8", "c8", "c16")  # a scalar takes 32 bytes: not i1, u1, ...
LAST_CODE_POINT = 0x10FFFF
SURROGATES = (0xD800, 0xDFFF)


def encode(encoder: Encoder, value: Any) -> object | None:
    numpy = loaded("numpy")
    if numpy is None:
        return None
    kind = type(value)
    if kind is numpy.ndarray:
        return encode_array(encoder, value)
    if kind is numpy.str_:
        return {"t": "numpy.str", "v": encoder.encode(str.__str__(value))}
    if issubclass(kind, numpy.generic) and not issubclass(kind, numpy.bytes_ | numpy.void):
        name = type_name(value.dtype, encoder.bounds.array_text)
        if name is None:
            raise Unsendable(
                f"a numpy scalar of dtype {value.dtype} cannot be sent; return a float or an int"
            )
        return {"t": "numpy", "d": name, "v": value.astype(_dtype(numpy, name)).tobytes().hex()}
    return None


def type_name(dtype: Any, longest_text: int) -> str | None:
    """The name of a numpy type in the vocabulary, or None."""
    name = f"{dtype.kind}{dtype.itemsize}"
    if dtype.kind == "U":
        return f"U{max(1, dtype.itemsize // 4)}" if dtype.itemsize <= 4 * longest_text else None
    if dtype.kind in "Mm":
        unit, step = needed("numpy").datetime_data(dtype)
        name = f"{name}[{unit}]" if step == 1 else ""
    return name if name in SIZES else None


def unit(dtype: Any) -> str:
    """The unit of a date or duration type."""
    return str(needed("numpy").datetime_data(dtype)[0])


def _size(name: object, longest_text: int) -> int:
    """Bytes per element of a type by its name."""
    if type(name) is not str or len(name) > 8:
        raise ProtocolError("an array without a type")
    if name in SIZES:
        return SIZES[name]
    digits = name[1:]
    if name[:1] != "U" or not (digits.isascii() and digits.isdigit()) or str(int(digits)) != digits:
        raise ProtocolError(f"an array of type {name!a}")
    return 4 * integer(int(digits), 1, longest_text)


def _dtype(numpy: Any, name: str) -> Any:
    return numpy.dtype(name if name == "b1" else "<" + name)


def encode_array(encoder: Encoder, value: Any) -> Tag:
    """The tag of an array. `value` is an ndarray itself, not of a subclass."""
    numpy, bounds = loaded("numpy"), encoder.bounds
    name = type_name(value.dtype, bounds.array_text)
    if name is None:
        raise Unsendable(_refusal(value.dtype))
    nonzero = math.prod(max(1, size) for size in value.shape)
    if value.ndim > bounds.ndim or nonzero > bounds.payload:
        raise Unsendable(f"an array of shape {value.shape} cannot be sent; return a smaller one")
    exact = numpy.asarray(value, dtype=_dtype(numpy, name), order="C")
    raw = exact.reshape(-1).view("u1")
    if name[0] == "U" and not _valid(numpy, raw, name):
        raise Unsendable("an array of text that is not valid Unicode cannot be sent")
    return {"t": "array", "d": name, "s": list(exact.shape), "b": encoder.add(raw)}


def _refusal(dtype: Any) -> str:
    if dtype.kind == "O":
        return "an array of dtype object cannot be sent; return numbers with .astype(float), or a list"
    if dtype.kind == "U":
        return "an array of text of more than 256 characters cannot be sent; return a list"
    return f"an array of dtype {str(dtype)[:80]} cannot be sent; convert it with .astype first"


def decode_array(decoder: Decoder, tree: object, ndim: int | None = None) -> Any:
    """An array, of `ndim` dimensions if given, where a tag holds one."""
    if type(tree) is not dict or tree.get("t") != "array":
        raise ProtocolError("expected an array")
    name, sizes, number = fields(tree, "d", "s", "b")
    bounds = decoder.bounds
    itemsize = _size(name, bounds.array_text)
    shape = tuple(integer(size, 0, bounds.dimension) for size in array_of(sizes, bounds.ndim))
    if ndim is not None and len(shape) != ndim:
        raise ProtocolError(f"expected an array of {ndim} dimensions")
    buffer = decoder.buffer(number)
    if math.prod(shape) * itemsize != buffer.nbytes:
        raise ProtocolError("an array whose shape does not match its data")
    if math.prod(max(1, size) for size in shape) > max(bounds.dimension, buffer.nbytes):
        raise ProtocolError("an empty array with a huge shape")
    numpy = needed("numpy")
    array = numpy.ndarray(shape, _dtype(numpy, str(name)), buffer=buffer)
    if not _valid(numpy, numpy.frombuffer(buffer, "u1") if buffer.nbytes else None, str(name)):
        raise ProtocolError("an array with truth values or text that cannot be")
    return array


def _valid(numpy: Any, raw: Any, name: str) -> bool:
    """Whether every bool is 0 or 1 and every text valid: numpy itself trusts the bytes."""
    if raw is None or raw.size == 0 or name[0] not in "bU":
        return True
    if name == "b1":
        return bool(raw.max() <= 1)
    codes = raw.view("<u4")
    if codes.max() < SURROGATES[0]:
        return True
    surrogates = (codes >= SURROGATES[0]) & (codes <= SURROGATES[1])
    return bool(codes.max() <= LAST_CODE_POINT and not surrogates.any())


def within(values: Any, low: int, size: int) -> bool:
    """Whether all integers of an array are at least `low` and less than `size`."""
    return len(values) == 0 or bool(values.min() >= low and values.max() < size)


def decode_top(decoder: Decoder, tag: Tag) -> object:
    return decode_array(decoder, tag)


def decode_scalar(decoder: Decoder, tag: Tag) -> object:
    name, digits = fields(tag, "d", "v")
    size = _size(name, decoder.bounds.array_text)
    try:
        data = bytes.fromhex(string(digits, 2 * size))
    except ValueError:
        raise ProtocolError("a number that is not hexadecimal") from None
    numpy = needed("numpy")
    if len(data) != size or not _valid(numpy, numpy.frombuffer(data, "u1"), str(name)):
        raise ProtocolError("a number that does not fit its type")
    return numpy.frombuffer(data, _dtype(numpy, str(name)))[0]


def decode_numpy_str(decoder: Decoder, tag: Tag) -> object:
    value = decoder.decode(fields(tag, "v")[0])
    if type(value) is not str:
        raise ProtocolError("a numpy string without text")
    return needed("numpy").str_(value)


def pack_scalars(encoder: Encoder, kind: type, value: list[Any]) -> Tag | None:
    """A list of numpy scalars of one type as an array."""
    numpy = loaded("numpy")
    if numpy is None or not issubclass(kind, numpy.number | numpy.bool_):
        return None
    packed = numpy.array(value)
    if packed.ndim != 1 or type_name(packed.dtype, 0) not in PACKED or packed.dtype.type is not kind:
        return None
    return {"t": "scalars", "v": encode_array(encoder, packed)}


def unpack_scalars(decoder: Decoder, tag: Tag) -> list[object]:
    packed = decode_array(decoder, fields(tag, "v")[0], ndim=1)
    if type_name(packed.dtype, 0) not in PACKED:
        raise ProtocolError("a list of scalars of this type is not packed")
    decoder.count(packed.size)
    return list(packed)


DECODERS: Mapping[str, Callable[[Decoder, Tag], object]] = {
    "array": decode_top,
    "numpy": decode_scalar,
    "numpy.str": decode_numpy_str,
}

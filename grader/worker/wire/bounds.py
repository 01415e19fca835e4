"""How large a frame and what is in it may be. Both ends hold the same bounds."""

from __future__ import annotations

MIB = 1024 * 1024


class Bounds:
    """Limits of one frame: sizes in bytes, everything else a count. Frozen.

    Not a dataclass: that module brings in inspect, which takes longer to import than the
    whole of this package.

    `virtual` is the length that may be claimed without data behind it: a range, a
    RangeIndex on its own, the columns of a sparse matrix. Whoever makes a list or a dense
    row of such a thing pays for all of it.
    """

    header: int = 4 * MIB
    payload: int = 256 * MIB
    buffers: int = 100_000
    depth: int = 32
    containers: int = 250_000  # lists and objects in the JSON header
    items: int = 5_000_000  # Python objects that packed lists and text levels turn into
    ndim: int = 8
    dimension: int = 100_000_000
    virtual: int = 4_194_304
    integer_bits: int = 4096
    text: int = 64 * MIB  # one string, in bytes of UTF-8
    short_text: int = 1024  # characters up to which a string travels in the header
    array_text: int = 256  # characters of a numpy string type
    generator_items: int = 100_000
    equal_hashes: int = 100  # keys of one dict or set that may share a hash

    def __init__(self, **limits: int) -> None:
        unknown = limits.keys() - Bounds.__annotations__
        if unknown:
            raise TypeError(f"there is no bound named {', '.join(sorted(unknown))}")
        self.__dict__.update(limits)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("bounds are frozen")

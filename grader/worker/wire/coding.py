"""The encoder and the decoder: one pair for both ends and both directions.

A value becomes a tree of JSON and a list of buffers. What JSON has natively stays so:
null, true, false, 64-bit integers, finite floats, short strings, lists. Everything else
is an object with a tag "t". The modules beside this one each hold both directions of
some types, in pairs of functions that a reader can compare.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType

from . import arrays, moments, plain, sparse, tables
from .bounds import Bounds
from .errors import ProtocolError, Unsendable
from .fields import INT64, integer, is_text
from .frames import padding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Buffer, Iterator  # type: ignore[attr-defined,unused-ignore]

Tag = dict[str, object]
SECTIONS = (plain, moments, arrays, tables, sparse)
NOTHING: Mapping[str, Callable[[Tag], object]] = MappingProxyType({})
DECODERS: Mapping[str, Callable[[Decoder, Tag], object]] = MappingProxyType(
    {name: function for section in SECTIONS for name, function in section.DECODERS.items()}
)


class Encoder:
    """Turns the values of one message into JSON trees and `buffers`.

    `other` gets every value that is not plain data and returns a tag for it, or None.
    """

    def __init__(
        self,
        other: Callable[[object], object | None] | None = None,
        bounds: Bounds = Bounds(),  # noqa: B008 (frozen)
    ) -> None:
        self.buffers: list[Buffer] = []
        self.bounds = bounds
        self._other = other
        self._depth = 0
        self._items = 0
        self._size = 0
        self.plain_only = False

    def encode(self, value: object) -> object:
        """The JSON tree of a value. Raises Unsendable, and whatever a generator raises."""
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is int and -INT64 <= value < INT64:  # type: ignore[operator]
            return value
        if kind is float and math.isfinite(value):  # type: ignore[arg-type]
            return value
        if kind is str and len(value) <= self.bounds.short_text and is_text(value):  # type: ignore[arg-type]
            return value
        if self._depth >= self.bounds.depth:
            raise self._too_deep()
        self._depth += 1  # deeper() written out: this is where the time goes
        try:
            return self._compound(value)
        finally:
            self._depth -= 1

    def key(self, value: object) -> object:
        """The tree of a dictionary key, a label or a name: plain data only."""
        before, self.plain_only = self.plain_only, True
        try:
            return self.encode(value)
        finally:
            self.plain_only = before

    def add(self, buffer: Buffer) -> int:
        """Append a buffer; its number."""
        size = memoryview(buffer).nbytes
        self._size += size + padding(size)
        if self._size > self.bounds.payload or len(self.buffers) >= self.bounds.buffers:
            raise Unsendable(
                f"a value of more than {self.bounds.payload} bytes or {self.bounds.buffers} parts "
                "cannot be sent; return less"
            )
        self.buffers.append(buffer)
        return len(self.buffers) - 1

    def count(self, items: int) -> None:
        """Note that the other end will make this many objects."""
        self._items += items
        if self._items > self.bounds.items:
            raise Unsendable(
                f"a value of more than {self.bounds.items} items cannot be sent; return an array instead"
            )

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level of nesting more, for parts that do not come through `encode`."""
        if self._depth >= self.bounds.depth:
            raise self._too_deep()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def _too_deep(self) -> Unsendable:
        return Unsendable(
            f"a value nested more than {self.bounds.depth} deep, or that holds itself, cannot be sent"
        )

    def _compound(self, value: object) -> object:
        for section in SECTIONS:
            tree = section.encode(self, value)
            if tree is not None:
                return tree
        tree = plain.encode_subclass(self, value)
        if tree is not None:
            return tree
        if not self.plain_only:
            tree = plain.encode_iterator(self, value)
            if tree is None and self._other is not None:
                tree = self._other(value)
            if tree is not None:
                return tree
        where = " as a key or label" if self.plain_only else ""
        raise Unsendable(
            f"a value of type {ascii(type(value).__name__)[1:-1][:80]} cannot be sent{where}; "
            "return numbers, text, lists, dictionaries, arrays or tables"
        )


class Decoder:
    """Turns the trees of one message back into values. Takes hostile input.

    `special` maps further tags to functions of the tag. With `iterators` a generator
    arrives as an iterator, otherwise as a list. Every buffer may be used once.
    """

    def __init__(
        self,
        buffers: Sequence[memoryview],
        special: Mapping[str, Callable[[Tag], object]] = NOTHING,
        bounds: Bounds = Bounds(),  # noqa: B008 (frozen)
        iterators: bool = False,
    ) -> None:
        self.bounds = bounds
        self.iterators = iterators
        self._buffers = buffers
        self._special = special
        self._used: set[int] = set()
        self._depth = 0
        self._items = 0
        self._spent = 0
        self.plain_only = False

    def decode(self, tree: object) -> object:
        """The value of a tree. Raises ProtocolError for anything malformed."""
        kind = type(tree)
        if tree is None or kind is bool:
            return tree
        if kind is int:
            return integer(tree)
        if kind is float:
            if not math.isfinite(tree):  # type: ignore[arg-type]
                raise ProtocolError("a number that JSON does not have")
            return tree
        if kind is str:
            if not is_text(tree):  # type: ignore[arg-type]
                raise ProtocolError("text with unpaired surrogates")
            return tree
        if kind is not list and kind is not dict:
            raise ProtocolError("a tree that JSON does not have")
        if self._depth >= self.bounds.depth:
            raise self._too_deep()
        self._depth += 1  # deeper() written out, as in the encoder
        try:
            return self.decode_all(tree) if kind is list else self._tagged(tree)  # type: ignore[arg-type]
        finally:
            self._depth -= 1

    def decode_all(self, trees: list[object]) -> list[object]:
        self.count(len(trees))
        return [self.decode(tree) for tree in trees]

    def key(self, tree: object) -> object:
        """A dictionary key, label or name: plain and hashable."""
        before, self.plain_only = self.plain_only, True
        try:
            value = self.decode(tree)
        finally:
            self.plain_only = before
        try:
            hash(value)
        except plain.UNUSABLE:
            raise ProtocolError("a key or name that cannot be hashed") from None
        return value

    def buffer(self, number: object) -> memoryview:
        """A buffer by its number; no other part of the message may have it again."""
        found = integer(number, 0, len(self._buffers) - 1)
        if found in self._used:
            raise ProtocolError("a buffer that is used twice")
        self._used.add(found)
        return self._buffers[found]

    def count(self, items: int) -> None:
        """Note that this many objects are about to be made."""
        self._items += items
        if self._items > self.bounds.items:
            raise ProtocolError(f"a message with more than {self.bounds.items} items")

    def spend(self, size: int) -> None:
        """Note that this many bytes may be made from fewer that arrived."""
        self._spent += size
        if self._spent > self.bounds.payload:
            raise ProtocolError("a message that unfolds to too much")

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level of nesting more, for parts that do not come through `decode`."""
        if self._depth >= self.bounds.depth:
            raise self._too_deep()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def _too_deep(self) -> ProtocolError:
        return ProtocolError(f"a value nested more than {self.bounds.depth} deep")

    def _tagged(self, tag: Tag) -> object:
        name = tag.get("t")
        if type(name) is not str:
            raise ProtocolError("an object without a tag")
        function = DECODERS.get(name)
        if function is not None:
            return function(self, tag)
        special = self._special.get(name)
        if special is None or self.plain_only:
            raise ProtocolError(f"the tag {name[:40]!a} has no place here")
        return special(tag)

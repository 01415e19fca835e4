"""Changes of a tree that keep it JSON: what coverage-guided changes of bytes seldom manage."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from grader.worker.wire.coding import DECODERS
from tests.fuzz.seeds import FRAMED, LONGEST_BUFFER, MOST_BUFFERS, pack, unpack

TAGS = tuple(sorted(DECODERS))
KEYS = tuple(
    "t v b d s k n f array unit tz fold index columns name names codes levels mask ordered handle id".split()
)
RUBBISH: tuple[object, ...] = (
    *(None, True, -1, 0, 1, 2, 7, 255, 2**31, 2**63 - 1, -(2**63), 10**8, 1.5, 1e308),
    *(
        "",
        "a",
        "f8",
        "i8",
        "b1",
        "M8[ns]",
        "m8[us]",
        "U1",
        "U256",
        "nan",
        "csr",
        "UTC",
        "Asia/Tokyo",
        "int64",
    ),
    *("2020-01-01", "9999-12-31T23:59:59", "0x" + "f" * 8, "\ud800", [], [0], [[]], {}),
)


def mutate(data: bytes, seed: int) -> bytes | None:
    """Another input like `data`, or None if it is not one with a tree."""
    if data[:1] != bytes([FRAMED]):
        return None
    text, buffers = unpack(data)
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        return None
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        if buffers and chance.random() < 0.3:
            _change_buffer(chance, buffers)
        elif spots := list(_places(tree, 20)):
            _change_tree(chance, spots)
    if len(buffers) < MOST_BUFFERS and chance.random() < 0.05:
        buffers.append(chance.randbytes(chance.choice([0, 1, 4, 8, 16])))
    return pack(tree, buffers)


def _change_buffer(chance: random.Random, buffers: list[bytes]) -> None:
    at = chance.randrange(len(buffers))
    changed = bytearray(buffers[at])
    if changed and chance.random() < 0.7:
        changed[chance.randrange(len(changed))] = chance.choice([0, 1, 2, 127, 128, 255])
    else:
        changed = changed[: chance.randint(0, len(changed))] + bytes(chance.choice([0, 1, 4, 8]))
    buffers[at] = bytes(changed[:LONGEST_BUFFER])


def _change_tree(chance: random.Random, spots: list[tuple[object, object]]) -> None:
    holder, key = chance.choice(spots)
    other, place = chance.choice(spots)
    roll = chance.random()
    if roll < 0.35:
        new = _copy(chance.choice(RUBBISH))
    elif roll < 0.55:
        new = {"t": chance.choice(TAGS)}
    else:
        new = _copy(other[place])  # type: ignore[index]
    holder[key] = new  # type: ignore[index]
    if isinstance(holder, dict):
        if chance.random() < 0.1:
            del holder[chance.choice(list(holder))]
        if chance.random() < 0.1:
            holder[chance.choice(KEYS)] = _copy(chance.choice(RUBBISH))
    elif isinstance(holder, list) and chance.random() < 0.1:
        holder.append(_copy(holder[0]))


def _copy(tree: object) -> object:
    return json.loads(json.dumps(tree))


def _places(tree: object, depth: int) -> Iterator[tuple[object, object]]:
    """Every container of a tree with every key or position in it."""
    if depth == 0:
        return
    for key in list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield tree, key
        yield from _places(tree[key], depth - 1)  # type: ignore[index]

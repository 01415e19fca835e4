"""Inputs of the fuzzer: its seeds decode, and a mutation is still an input."""

from __future__ import annotations

import json
import socket

import pytest

from grader.worker.wire import Decoder, receive
from tests.fuzz import mutations, seeds


def decoded(data: bytes) -> object:
    near, far = socket.socketpair()
    with near, far:
        near.sendall(seeds.as_frame(data))
        message, buffers = receive(far)
        return Decoder(buffers).decode(message["value"])


@pytest.mark.parametrize("data", seeds.seeds()[:-3], ids=range(2 * len(seeds.VALUES)))
def test_a_seed_is_a_frame_that_decodes(data):
    decoded(data)


def test_both_kinds_of_a_seed_are_the_same_frame():
    framed, raw = seeds.seeds()[:2]
    assert seeds.as_frame(framed) == seeds.as_frame(raw)


def test_a_mutation_is_another_input_with_a_tree_and_comes_again_with_its_seed():
    start = seeds.pack([{"t": "tuple", "v": [1, 2]}, {"t": "bytes", "b": 0}], [b"abc"])
    changed = [mutations.mutate(start, seed) for seed in range(200)]
    assert changed == [mutations.mutate(start, seed) for seed in range(200)]
    assert len(set(changed)) > 100
    for data in changed:
        assert data is not None
        json.loads(seeds.unpack(data)[0])


@pytest.mark.parametrize(
    "data", [b"", bytes([seeds.RAW]) + b"GWF1", bytes([seeds.FRAMED]), bytes([seeds.FRAMED, 200]) + b"{["]
)
def test_what_holds_no_tree_is_left_to_the_other_mutations(data):
    assert mutations.mutate(data, 1) is None
    seeds.as_frame(data)

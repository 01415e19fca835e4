"""Sandboxes started ahead are given out once each, also to several threads at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.errors import SandboxError
from grader.sandbox.base import Specification
from grader.sandbox.pool import Pool
from grader.sandbox.process import ProcessBackend

NOTHING = Specification(())


def test_threads_that_take_at_once_get_one_each():
    threads = 8
    pool = Pool(ProcessBackend())
    barrier = threading.Barrier(threads)

    def take(_: int) -> object:
        barrier.wait()
        return pool.take(NOTHING, lambda text: None)

    with ThreadPoolExecutor(threads) as executor:
        taken = list(executor.map(take, range(threads)))
    for sandbox in taken:
        pool.dispose(sandbox)
    pool.close()
    assert len(set(map(id, taken))) == threads


def test_a_closed_pool_gives_nothing():
    pool = Pool(ProcessBackend(), warm=1)
    pool.close()
    with pytest.raises(SandboxError, match="closed"):
        pool.take(NOTHING, lambda text: None)
    pool.refill(NOTHING, lambda text: None)

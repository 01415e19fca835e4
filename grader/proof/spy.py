"""A submission that looks through everything it can read in its sandbox for a word.

Its source is sent as a submission, by itself or behind another, so it stands without imports from here and
without a `__future__` line. It is given the word in two halves, so that neither it nor its memory holds it.
"""

import os
from pathlib import Path
from typing import BinaryIO

PIECE = 1 << 20
LARGEST = 1 << 28  # of a region of memory


def search_of_the_sandbox(first: str, second: str, root: str = "/", proc: str = "/proc") -> list[str]:
    """Where the word occurs: paths below `root`, and regions of other processes' memory."""
    word = (first + second).encode()
    hits = []
    for folder, folders, files in os.walk(root):
        if folder in ("/proc", "/sys"):
            folders[:] = []
            continue
        for name in files:
            path = os.path.join(folder, name)
            if word in path.encode(errors="replace"):
                hits.append(path)
            if os.path.isfile(path) and not os.path.islink(path):
                hits += _spy_on_file(path, word)
    for pid in filter(str.isdigit, os.listdir(proc)):
        for name in ("environ", "cmdline", "mountinfo"):
            hits += _spy_on_file(f"{proc}/{pid}/{name}", word)
        if int(pid) != os.getpid():
            hits += _spy_on_memory(f"{proc}/{pid}", word)
    return hits


def _spy_on_file(path: str, word: bytes) -> list[str]:
    try:
        with open(path, "rb") as file:
            tail = b""
            while piece := file.read(PIECE):
                if word in tail + piece:
                    return [path]
                tail = piece[-64:]
    except OSError:
        pass
    return []


def _spy_on_memory(process: str, word: bytes) -> list[str]:
    found = []
    try:
        with open(f"{process}/maps") as maps, open(f"{process}/mem", "rb") as memory:
            for region in maps.read().splitlines():
                span, rights = region.split()[:2]
                low, high = (int(part, 16) for part in span.split("-"))
                if "r" in rights and high - low <= LARGEST and _spy_on_region(memory, low, high, word):
                    found.append(f"{process}: {region}")
    except OSError:
        pass
    return found


def _spy_on_region(memory: BinaryIO, low: int, high: int, word: bytes) -> bool:
    tail = b""
    try:
        memory.seek(low)
        while low < high and (piece := memory.read(min(PIECE, high - low))):
            if word in tail + piece:
                return True
            low, tail = low + len(piece), piece[-64:]
    except (OSError, ValueError, OverflowError):
        pass
    return False


def source() -> str:
    """This file, as a submission."""
    return Path(__file__).read_text(encoding="utf-8")

"""Secret seeds: one for every run, from which each check draws data of its own."""

from __future__ import annotations

import hashlib
import re
import secrets

from grader.errors import GraderError

_SEED = re.compile(r"[0-9a-f]{1,32}")


def new_seed() -> str:
    """128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def parse_seed(text: str) -> str:
    """A seed as typed: up to 32 hexadecimal digits, filled with zeros from the left."""
    seed = text.strip().lower()
    if not _SEED.fullmatch(seed):
        raise GraderError(
            f"{text!r} is not a seed: give up to 32 hexadecimal digits, as a staff report shows them"
        )
    return seed.zfill(32)


def derive(seed: str, name: str) -> int:
    """The 256-bit seed of the stream called `name`; neither order nor selection of checks changes it."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{name}".encode()).digest(), "big")

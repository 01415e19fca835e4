"""The decoder under a coverage-guided fuzzer: frames in, and nothing out but values and ProtocolError.

    .venv/bin/python -m tests.fuzz.decoder -runs=10000000 [FOLDER]

Options are libFuzzer's; FOLDER keeps what it finds and is read again. A frame may take SECONDS and the
process MEMORY_MB. An input that breaks a rule is written to the current folder as `crash-...`,
`timeout-...` or `oom-...` and ends the run with an exit code other than 0: give the file as the only
argument to see it again, and put it into tests/worker/ once it is understood.
"""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import warnings
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["grader.worker.wire"]):
    from grader.worker.wire import Bounds, Decoder, ProtocolError, receive

from tests.fuzz import mutations, seeds

SECONDS = 2
MEMORY_MB = 1500
LONGEST = 8192
# Inputs are small, so that bounds must be small as well to be met. What they bound is the same.
BOUNDS = Bounds(
    header=1 << 16, payload=1 << 22, containers=5000, items=20_000, virtual=10_000, dimension=1_000_000
)


def one_input(data: bytes) -> bool:
    """Whether the frame was decoded. Raises what neither a bad nor a good frame may cause."""
    near, far = socket.socketpair()
    with near, far:
        near.sendall(seeds.as_frame(data))
        near.shutdown(socket.SHUT_WR)
        try:
            message, buffers = receive(far, None, BOUNDS)
            Decoder(buffers, {"handle": dict}, BOUNDS).decode(message.get("value"))
        except (ProtocolError, EOFError):  # the second: nothing was sent at all
            return False
    return True


def _mutate(data: bytes, most: int, seed: int) -> bytes:
    changed = mutations.mutate(data, seed) if seed % 2 else None
    return atheris.Mutate(data, most) if changed is None or len(changed) > most else changed


def main(arguments: list[str]) -> int:
    """Fuzz as libFuzzer's `arguments` say; its exit code."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        child = os.fork()  # libFuzzer ends its process by itself, and would leave the folder
        if child == 0:
            _fuzz(arguments, Path(folder))
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _fuzz(arguments: list[str], folder: Path) -> None:
    """Does not return."""
    warnings.simplefilter("ignore")  # pandas warns of values that nobody will use
    corpus = folder / "seeds"
    corpus.mkdir()
    for number, seed in enumerate(seeds.seeds()):
        (corpus / f"seed-{number:03}").write_bytes(seed)
    words = folder / "words.dict"
    words.write_text("".join(f'"\\"{word}\\""\n' for word in (*mutations.TAGS, *mutations.KEYS)))
    bounds = [f"-timeout={SECONDS}", f"-rss_limit_mb={MEMORY_MB}", f"-max_len={LONGEST}", f"-dict={words}"]
    files = [argument for argument in arguments if not argument.startswith("-")]
    again = any(Path(name).is_file() for name in files)
    options = [sys.argv[0], *bounds, *arguments, *([] if again else [str(corpus)])]
    atheris.Setup(options, one_input, custom_mutator=_mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

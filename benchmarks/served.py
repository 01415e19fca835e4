"""The other end of a helper: `python -m benchmarks.served session|wire SANDBOX`."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from typing import Any

from benchmarks.timing import Reading
from benchmarks.warm import Sessions
from benchmarks.wire import Wire
from grader.errors import SandboxError
from grader.sandbox.choose import choose


def main(kind: str, sandbox: str) -> None:
    """Serve requests until the input ends."""
    try:
        backend = choose(sandbox)
        subject: Sessions | Wire = Sessions(sandbox) if kind == "session" else Wire(backend)
    except SandboxError as error:
        _say({"unavailable": str(error)})
        return
    _say({"unavailable": ""})
    with subject:
        for line in sys.stdin:
            arguments: dict[str, Any] = json.loads(line)
            method: Callable[..., Reading] = getattr(subject, arguments.pop("request"))
            reading = method(**arguments)
            _say({"values": reading.values, "peak_mib": reading.peak_mib or _own_peak()})


def _own_peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _say(message: dict[str, object]) -> None:
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

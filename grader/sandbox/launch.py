"""How a worker is started, whatever the sandbox: its command line, environment and configuration."""

from __future__ import annotations

import json
from collections.abc import Mapping

from grader.sandbox.base import Specification

# The only variables that a worker sees. One thread per sandbox: its limit is one processor.
ENVIRONMENT: Mapping[str, str] = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/tmp",
    "TMPDIR": "/tmp",
    "PYTHONHASHSEED": "0",  # sets of strings iterate the same way in every run
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "LOKY_MAX_CPU_COUNT": "1",
}

# What the interpreter and the preloaded packages take, before the candidate's own memory.
MEMORY_OVERHEAD_MB = 192

# What most submissions import from a distribution. The rest costs who wants it little.
_PRELOAD: Mapping[str, tuple[str, ...]] = {
    # numpy.ma: np.unique imports it when it is first called, which costs more than most checks.
    "numpy": ("numpy", "numpy.linalg", "numpy.random", "numpy.ma", "numpy.polynomial", "numpy.fft"),
    "pandas": ("numpy.ma", "pandas"),
    "scipy": ("scipy.sparse", "scipy.stats", "scipy.special", "scipy.linalg"),
    "scikit-learn": (
        "numpy.ma",
        "sklearn.base",
        "sklearn.pipeline",
        "sklearn.compose",
        "sklearn.preprocessing",
        "sklearn.impute",
        "sklearn.linear_model",
        "sklearn.model_selection",
        "sklearn.metrics",
    ),
}

_START = (
    "import sys; sys.path.insert(0, {worker!r}); sys.path.append({site!r}); "
    "from worker.main import main; main(sys.argv[1])"
)


def preload(requires: tuple[str, ...]) -> list[str]:
    """The modules that a worker imports before it knows the submission."""
    modules = [module for name in requires for module in _PRELOAD.get(name, ())]
    return list(dict.fromkeys(modules))


def worker_config(
    specification: Specification,
    *,
    transport: Mapping[str, object],
    own_pids: bool,
    kill_is_final: bool,
    call_filter: bytes = b"",
    rlimits: Mapping[str, int] | None = None,
    folders: tuple[str, ...] = ("/tmp", "/dev/shm"),
) -> dict[str, object]:
    """What the worker is told at its start.

    `own_pids`: the worker is alone in its PID namespace, so killing all it can see is safe.
    `kill_is_final`: the kernel starts no process for one that was sent SIGKILL; Linux does not.
    `call_filter`: the system call filter that the worker is to load, where nobody loads it before.
    `rlimits`: names as in `resource` without the prefix. `folders`: what it may write to; the
    submission's files lie in the first, which must be the working directory.
    """
    limits = specification.limits
    return {
        "transport": dict(transport),
        "own_pids": own_pids,
        "kill_is_final": kill_is_final,
        "filter": call_filter.hex(),
        "preload": preload(specification.requires),
        "rlimits": {
            "CORE": 0,
            "FSIZE": limits.disk_mb << 20,
            "NOFILE": 256,
            "DATA": limits.memory_mb << 20,
            **(rlimits or {}),
        },
        "folders": list(folders),
        "keep_log": specification.keep_log,
    }


def command(python: str, worker: str, site: str, config: Mapping[str, object]) -> list[str]:
    """The command line of a worker.

    `worker` is the folder that holds the package `worker`, `site` the one that holds the
    distributions. No site module, no user site, no script folder on the path.
    """
    start = _START.format(worker=worker, site=site)
    return [python, "-P", "-s", "-S", "-B", "-c", start, json.dumps(config)]

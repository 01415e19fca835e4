"""What the sandbox denies, found out by trying; run inside it by `grader doctor`.

What is expected of each sandbox is on the trusted side, in grader/sandbox/probes.py.
"""

from __future__ import annotations

import sys

from .probing import Probe


def all_probes() -> list[Probe]:
    """Every probe, in the order in which they are run."""
    # These import modules that only Linux has.
    from . import probes_files, probes_kernel, probes_limits

    return [*probes_kernel.all_probes(), *probes_files.all_probes(), *probes_limits.all_probes()]


def run(isolated: bool) -> list[dict[str, object]]:
    """Try everything: {"name", "group", "title", "denied", "detail"} each.

    `denied` is None where the question does not arise. Without `isolated` nothing is tried
    that could disturb the machine; those are None too. Only Linux has probes.
    """
    if sys.platform != "linux":
        return []
    return [_describe(probe, isolated) for probe in all_probes()]


def _describe(probe: Probe, isolated: bool) -> dict[str, object]:
    if probe.risky and not isolated:
        denied, detail = None, "not tried without isolation"
    else:
        try:
            denied, detail = probe.try_it()
        except (OSError, ValueError, ImportError, AttributeError, MemoryError, RuntimeError) as error:
            denied, detail = None, f"could not be tried: {type(error).__name__}: {error}"
    return {
        "name": probe.name,
        "group": probe.group,
        "title": probe.title,
        "denied": denied,
        "detail": detail[:200],
    }

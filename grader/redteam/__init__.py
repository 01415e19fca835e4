"""Hostile submissions, run against a sandbox of this machine to see that it holds.

The corpus is in tests/attacks/ of the repository and travels with the package.
"""

from grader.redteam.corpus import Attack, read_attacks, sample
from grader.redteam.rounds import PASSED, SLUG, Result, attack_session, run

__all__ = ["PASSED", "SLUG", "Attack", "Result", "attack_session", "read_attacks", "run", "sample"]

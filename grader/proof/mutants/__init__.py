"""Mutants of a reference solution: wrong in one place each, so the checks must reject them."""

from grader.proof.mutants.generate import Identity, Mutant, mutants
from grader.proof.mutants.nursery import sessions
from grader.proof.mutants.recorded import Reasons, entry, recorded, shown
from grader.proof.mutants.run import ENOUGH, Fate, Graded, MutantResult, prove

__all__ = [
    "ENOUGH",
    "Fate",
    "Graded",
    "Identity",
    "Mutant",
    "MutantResult",
    "Reasons",
    "entry",
    "mutants",
    "prove",
    "recorded",
    "sessions",
    "shown",
]

"""Every error that the grader raises on purpose, sorted by who can mend it.

    GraderError
      ChallengeError    the author of a challenge or bank     exit code 2
      SubmissionError   the candidate, or who typed the path  exit code 2
      StateError        whoever gave a file to import         exit code 2
      StoreError        whose disk the record is kept on      exit code 3
      SandboxError      whoever runs the machine              exit code 3

A message says what is wrong, where, and what to do about it.
"""

from __future__ import annotations


class GraderError(Exception):
    """Base of the errors above; `exit_code` is what the command ends with."""

    exit_code = 2


class ChallengeError(GraderError):
    """A challenge, bank or data set is wrong; its author can mend it."""


class SubmissionError(GraderError):
    """A submission cannot be read at all, so there is nothing to report on."""


class StateError(GraderError):
    """A file that was to be imported is not an exported state."""


class StoreError(GraderError):
    """What the grader remembers cannot be read or written; nothing was changed."""

    exit_code = 3


class SandboxError(GraderError):
    """No sandbox, or one that failed for reasons that are not the candidate's."""

    exit_code = 3

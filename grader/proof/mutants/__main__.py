"""Prints the JSON Schema of `mutants.toml`."""

import sys

from grader.proof.mutants.recorded import schema

sys.stdout.write(schema())

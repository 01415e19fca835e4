"""Measures the grader beside bare pytest, in one run: `python -m benchmarks`.

Every figure is taken in a process of its own. This one stays small: what it starts would
otherwise be charged with its memory.
"""

"""Raises while it is loaded.

threat: 2
source: known
verdict: load
"""

raise RuntimeError("not today")

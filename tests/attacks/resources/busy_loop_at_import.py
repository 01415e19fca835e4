"""Computes for ever while it is loaded.

threat: 18
source: known
verdict: any
"""

while True:
    pass

"""Fills memory while it is loaded.

threat: 18
source: known
verdict: any
"""

kept = []
while True:
    kept.append(bytearray(1 << 20))

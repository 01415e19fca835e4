"""Ends the process with code 0 while it is loaded.

threat: 2
source: known against graders that read the exit code
verdict: load crashed
"""

import os

os._exit(0)

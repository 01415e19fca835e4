"""Ends with exit code 0 while it is loaded.

threat: 2
source: known against graders that read the exit code
verdict: load
"""

import sys

sys.exit(0)

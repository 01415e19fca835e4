"""Raises a BaseException of its own while it is loaded.

threat: 2
source: escapes `except Exception`
verdict: load
"""


class Gone(BaseException):
    pass


raise Gone("PASSED")

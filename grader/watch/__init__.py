"""`grader watch`: check an answer at each save, in one process that keeps everything warm.

One thread owns the terminal and the state (loop.py); one waits for saves (saves.py), one grades (checker.py).
They talk by events in an inbox.
"""

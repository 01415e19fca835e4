"""The command `grader`: one file per group of commands, each of which parses, calls and prints.

`main.py` loads a command's file when that command is used. None of these files imports numpy, pandas,
scikit-learn or docker when it is loaded, so that help, `list` and completion answer at once.
"""

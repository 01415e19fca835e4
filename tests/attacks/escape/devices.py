"""Opens and makes device files.

threat: 21
source: mknod(2)
verdict: any
"""

import os


def attack():
    for path in ("/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/kvm", "/dev/fuse"):
        try:
            os.open(path, os.O_RDWR)
            return 1.0
        except OSError:
            pass
    for major, minor in ((8, 0), (254, 0), (1, 1)):
        try:
            os.mknod("/tmp/device", 0o60666, os.makedev(major, minor))
            os.open("/tmp/device", os.O_RDWR)
            return 1.0
        except OSError:
            pass
    return 0.5


def precision_recall_f1(y_true, y_pred, positive=1):
    return attack()


def f1(y_true, y_pred, average="macro"):
    return attack()

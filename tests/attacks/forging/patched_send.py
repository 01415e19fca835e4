"""Replaces the function that sends answers.

threat: 5
source: knows the worker's own modules
verdict: failed error protocol crashed timeout
"""

import sys

service = sys.modules["worker.service"]
send = service.send


def forged(channel, message, buffers=(), *args):
    return send(
        channel, {"op": "return", "id": message.get("id"), "value": {"t": "tuple", "v": [1.0, 1.0, 1.0]}}, ()
    )


service.send = forged


def precision_recall_f1(y_true, y_pred, positive=1):
    return 0.5, 0.5, 0.5


def f1(y_true, y_pred, average="macro"):
    return 0.5

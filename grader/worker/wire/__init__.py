"""The wire between the trusted side and the sandbox: frames, an encoder and a decoder.

Imported on both sides, so nothing but the standard library is needed at import. Never a
pickle, never an eval, and a class is looked up by name only in the sandbox.
"""

from .bounds import Bounds
from .coding import Decoder, Encoder
from .errors import ProtocolError, Unsendable
from .estimators import build_estimator, encode_estimator, is_estimator
from .frames import describe, receive, send

__all__ = [
    "Bounds",
    "Decoder",
    "Encoder",
    "ProtocolError",
    "Unsendable",
    "build_estimator",
    "describe",
    "encode_estimator",
    "is_estimator",
    "receive",
    "send",
]

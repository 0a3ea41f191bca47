"""A server on loopback that plays scripted HTTP faults. See README.md."""

from .answers import message_events
from .client import FaultServer, Scenario, answer, close, error, hang, ok, reset, sse, truncate

__all__ = [
    "FaultServer",
    "Scenario",
    "answer",
    "close",
    "error",
    "hang",
    "message_events",
    "ok",
    "reset",
    "sse",
    "truncate",
]

"""What the server remembers of each request, and how it is shown."""

from __future__ import annotations

import json
import re
from typing import Any

from .reader import Request

_SECRET_HEADERS = {
    "authorization",
    "proxy-authorization",
    "x-api-key",
    "api-key",
    "x-goog-api-key",
    "ocp-apim-subscription-key",
    "x-amz-security-token",
    "cookie",
}
_SECRET_QUERY = re.compile(r"(?<=[?&])(key|api[-_]key|access_token|token)=[^&]*", re.IGNORECASE)
SHOWN = 7  # characters of a credential that tell its kind (`sk-ant-`) and nothing more


class Entry:
    """One request. Its body stays bytes until somebody asks, to keep answering cheap."""

    __slots__ = (
        "connection",
        "ended",
        "ended_at",
        "request",
        "request_id",
        "status",
        "step",
        "target",
    )

    def __init__(self, request: Request, target: str, connection: int, step: int | None) -> None:
        self.request = request
        self.target = target
        self.connection = connection
        self.step = step
        self.status: int | None = None
        self.request_id: str | None = None
        self.ended: str | None = None
        self.ended_at: float | None = None

    def end(self, how: str, now: float) -> None:
        """The first ending counts; only a hung request gets a later time, when its client leaves."""
        if self.ended is None or self.ended == "hung":
            self.ended = self.ended or how
            self.ended_at = now

    def shown(self, started: float) -> dict[str, Any]:
        request = self.request
        return {
            "t": request.arrived - started,
            "method": request.method,
            "path": _SECRET_QUERY.sub(r"\1=...", self.target),
            "headers": {name: masked(name, value) for name, value in request.headers.items()},
            "body_len": len(request.body),
            "body": _parsed(request.body),
            "connection": self.connection,
            "step": self.step,
            "status": self.status,
            "request_id": self.request_id,
            "ended": self.ended,
            "ended_t": None if self.ended_at is None else self.ended_at - started,
        }


def masked(name: str, value: str) -> str:
    """A credential as its first characters and its length, `Bearer sk-ant-... (108 characters)`.

    The length leaves out the scheme. A short one shows its length only, or it would be told whole.
    """
    if name not in _SECRET_HEADERS:
        return value
    scheme, space, secret = value.partition(" ")
    if not space or name == "cookie":
        scheme, secret = "", value
    start = secret[:SHOWN] if len(secret) >= 2 * SHOWN else ""
    return f"{scheme}{space if scheme else ''}{start}... ({len(secret)} characters)"


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None

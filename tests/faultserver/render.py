"""From a step to bytes: status line, headers, framing, and what is held back."""

from __future__ import annotations

import time
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus

from .answers import CANNED, MARK, Body, Stream, aws_event, canned_for, family, sse_event, status_body, stream_for
from .scenario import Step, Stop

DATE = b"date-goes-here".ljust(29, b"-")  # as wide as `Thu, 01 Jan 1970 00:00:00 GMT`
DRIPS = 8  # pieces a dripped body comes in
_REASONS = {status.value: status.phrase for status in HTTPStatus} | {529: "Overloaded"}
_REQUEST_ID = {"anthropic": "request-id", "openai": "x-request-id", "bedrock": "x-amzn-requestid"}

Piece = tuple[float, bytes]  # seconds to wait before, then the bytes


@dataclass(eq=False)
class Answer:
    """An answer ready to play. `whole` is all of it, where it can go out in one write at once."""

    status: int | None
    pieces: list[Piece]
    stop: Stop | None
    close: bool
    whole: bytes | None


class Stamper:
    """Puts the request number and the date into rendered bytes."""

    def __init__(self) -> None:
        self._second = -1
        self._date = b""

    def __call__(self, data: bytes, number: bytes) -> bytes:
        second = int(time.time())
        if second != self._second:
            self._second, self._date = second, formatdate(second, usegmt=True).encode()
        return data.replace(MARK, number).replace(DATE, self._date)


def render(step: Step, method: str, path: str, body: bytes, cors: bool, close: bool) -> Answer:
    """The answer a step gives to one request; `close` says that no other request may follow."""
    if step.body is not None:
        name = "own"
    elif step.events is not None:
        name = stream_for(path)
    elif step.status is None or 200 <= step.status < 300:
        name = canned_for(method, path, body)
    else:
        name = "error" if step.status >= 400 else "empty"
    key = (name, family(path), cors, close, method == "HEAD")
    answer = step.rendered.get(key)
    if answer is None:
        answer = step.rendered[key] = _render(step, *key)
    return answer


def _render(step: Step, name: str, whose: str, cors: bool, close: bool, head_only: bool) -> Answer:
    if step.raw is not None:
        return Answer(None, [(0.0, step.raw)], None, True, step.raw if not step.delay else None)
    status = step.status or 200
    content = _content(step, name, status)
    has_body = status >= 200 and status not in (204, 304)
    headers = _headers(step, content, _REQUEST_ID[whose], cors, close, has_body)
    sent = {header.lower(): value for header, value in headers}
    chunked = sent.get("transfer-encoding", "").lower() == "chunked"
    if has_body and not chunked and "content-length" not in sent:
        close = True  # nothing else tells the client where the body ends
        if "connection" not in sent:
            headers.append(("connection", "close"))
    if sent.get("connection", "").lower() == "close":
        close = True
    lines = [f"HTTP/1.1 {status} {_REASONS.get(status, '')}", *(f"{header}: {value}" for header, value in headers)]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")

    pieces: list[Piece] = [(0.0, head)]
    if has_body and not head_only:
        pieces += _body(step, content, chunked)
    if step.stop is not None and step.stop.where in ("before_headers", "after_headers"):
        pieces = [] if step.stop.where == "before_headers" else pieces[:1]
    pieces = _merged(pieces)
    plain = step.stop is None and not step.delay and len(pieces) == 1
    return Answer(status, pieces, step.stop, close, pieces[0][1] if plain else None)


def _content(step: Step, name: str, status: int) -> Body | Stream:
    if step.body is not None:
        return step.body
    if name == "empty":
        return Body("text/plain", b"")
    if name == "error":
        return status_body(status)
    canned = CANNED[name]
    if isinstance(step.events, list) and isinstance(canned, Stream):
        encode = aws_event if name == "aws_stream" else sse_event
        return Stream(canned.content_type, [encode(event) for event in step.events])
    return canned


def _headers(
    step: Step, content: Body | Stream, request_id: str, cors: bool, close: bool, has_body: bool
) -> list[tuple[str, str]]:
    defaults = {"date": DATE.decode(), request_id: "req_" + MARK.decode()}
    if has_body:
        defaults["content-type"] = content.content_type
        if isinstance(content, Stream):
            defaults["transfer-encoding"] = "chunked"
            defaults["cache-control"] = "no-cache"
        else:
            defaults["content-length"] = str(len(content.data))
    if cors:
        defaults["access-control-allow-origin"] = "*"
        defaults["access-control-expose-headers"] = "*"
    if close:
        defaults["connection"] = "close"
    for name, value in step.headers:
        defaults.pop(name.lower(), None)
        if name.lower() == "transfer-encoding" and value is not None:
            defaults.pop("content-length", None)
    return [*defaults.items(), *((name, value) for name, value in step.headers if value is not None)]


def _body(step: Step, content: Body | Stream, chunked: bool) -> list[Piece]:
    cut = step.stop is not None and step.stop.where == "mid_body"
    at = step.stop.at if cut and step.stop is not None else step.sse_events
    if isinstance(content, Stream):
        parts = content.events[: len(content.events) // 2 if cut and at is None else at]
        own = step.events if isinstance(step.events, list) else [{} for _ in parts]
        pauses = [event.get("delay_ms", 0) / 1000 for event in own]
    else:
        data = content.data[: len(content.data) // 2 if cut and at is None else at]
        size = max(1, -(-len(data) // DRIPS)) if step.drip else max(1, len(data))
        parts = [data[start : start + size] for start in range(0, len(data), size)]
        pauses = [0.0] * len(parts)
    if chunked:
        parts = [b"%x\r\n%b\r\n" % (len(part), part) for part in parts]
    pieces = [(pauses[index] + (step.drip if index else 0.0), part) for index, part in enumerate(parts)]
    if chunked and not cut:
        pieces.append((0.0, b"0\r\n\r\n"))
    return pieces


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Joins what is sent without a pause between, so that it leaves in one write."""
    merged: list[Piece] = []
    for pause, data in pieces:
        if merged and not pause:
            merged[-1] = (merged[-1][0], merged[-1][1] + data)
        else:
            merged.append((pause, data))
    return merged

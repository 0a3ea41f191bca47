"""Canned answers: what the server says when a step does not say it itself.

Every body is serialised once, at import. The request number differs from answer to
answer, so it is written as `MARK`, which has the number's own width: putting the number
in later changes no length.
"""

from __future__ import annotations

import base64
import json
import struct
import zlib
from typing import Any, NamedTuple

MARK = b"request-number-goes-here"  # 24 bytes, as wide as what follows `req_` in a real id
MODEL = "claude-opus-5"
TEXT = "Hello from the fault server."

# Each `error.type` with the status the API sends it under and a text of its kind.
ERRORS: dict[str, tuple[int, str]] = {
    "invalid_request_error": (400, "messages: Field required"),
    "authentication_error": (401, "invalid x-api-key"),
    "billing_error": (402, "Please check your payment details."),
    "permission_error": (403, "Your API key does not have permission to use this resource."),
    "not_found_error": (404, "The requested resource could not be found."),
    "conflict_error": (409, "The resource was changed by another request."),
    "request_too_large": (413, "Request exceeds the maximum size"),
    "rate_limit_error": (429, "This request would exceed your account's rate limit. Please try again later."),
    "api_error": (500, "Internal server error"),
    "timeout_error": (504, "The request timed out."),
    "overloaded_error": (529, "Overloaded"),
}
TYPE_OF_STATUS = {status: kind for kind, (status, _) in ERRORS.items()}


class Body(NamedTuple):
    """One whole body. A header here yields to the same header of the step."""

    content_type: str
    data: bytes


class Stream(NamedTuple):
    """A body that comes event by event."""

    content_type: str
    events: list[bytes]


def to_json(value: Any) -> bytes:
    # Lone surrogates pass through: a broken body is a fault a test may want.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def error_body(kind: str, message: str | None = None, code: str | None = None, details: dict[str, Any] | None = None) -> Body:
    """The first-party error envelope. Without a message, the one of `ERRORS`."""
    inner: dict[str, Any] = {"type": kind, "message": ERRORS.get(kind, (0, kind))[1] if message is None else message}
    if code is not None or details is not None:
        inner["details"] = {**(details or {}), **({} if code is None else {"error_code": code})}
    return _json_body({"type": "error", "error": inner, "request_id": "req_" + MARK.decode()})


def status_body(status: int) -> Body:
    """What a bare `status` answers with when it is an error."""
    return error_body(TYPE_OF_STATUS.get(status, "api_error" if status >= 500 else "invalid_request_error"))


def message_events(text: str = TEXT) -> list[dict[str, Any]]:
    """The events of one full streamed message, as `sse` takes them: three text deltas, one ping."""
    cut = max(1, len(text) // 3)
    parts = [text[:cut], text[cut : 2 * cut], text[2 * cut :]]
    start = {**_message(""), "content": [], "stop_reason": None, "usage": {"input_tokens": 8, "output_tokens": 1}}
    data: list[dict[str, Any]] = [
        {"type": "message_start", "message": start},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "ping"},
        *({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": part}} for part in parts),
        {"type": "content_block_stop", "index": 0},
        {
            "type": "message_delta",
            "delta": {"stop_reason": "end_turn", "stop_sequence": None},
            "usage": {"output_tokens": 12},
        },
        {"type": "message_stop"},
    ]
    return [{"event": each["type"], "data": each} for each in data]


def sse_event(event: dict[str, Any]) -> bytes:
    """One server-sent event: comment, name and data lines, then the blank line."""
    lines = [b": " + line.encode() for line in event.get("comment", "").splitlines()]
    if "event" in event:
        lines.append(b"event: " + event["event"].encode())
    if "data" in event:
        data = event["data"]
        text = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else to_json(data)
        lines.extend(b"data: " + line for line in text.split(b"\n"))
    return b"\n".join(lines) + b"\n\n"


def aws_event(event: dict[str, Any]) -> bytes:
    """The same event as Bedrock frames it: `data` in a chunk, or an exception frame for `exception`.

    Source: the Amazon event stream encoding (prelude, string headers of type 7, two CRC-32).
    """
    data = event.get("data", {})
    text = data.encode() if isinstance(data, str) else to_json(data)
    # The checksums cover the text, so the request number cannot be put in later.
    text = text.replace(MARK, b"0" * len(MARK))
    if "exception" in event:
        headers = {":exception-type": event["exception"], ":message-type": "exception"}
        payload = text
    else:
        headers = {":event-type": "chunk", ":message-type": "event"}
        payload = to_json({"bytes": base64.b64encode(text).decode()})
    headers[":content-type"] = "application/json"
    packed = b"".join(
        struct.pack("!B", len(name)) + name.encode() + struct.pack("!BH", 7, len(value)) + value.encode()
        for name, value in headers.items()
    )
    prelude = struct.pack("!II", 16 + len(packed) + len(payload), len(packed))
    frame = prelude + struct.pack("!I", zlib.crc32(prelude)) + packed + payload
    return frame + struct.pack("!I", zlib.crc32(frame))


def family(path: str) -> str:
    """Whose API a path belongs to: `bedrock`, `openai` or `anthropic` (Vertex included)."""
    if "/model/" in path:
        return "bedrock"
    return "openai" if "/chat/completions" in path else "anthropic"


def stream_for(path: str) -> str:
    """The canned stream that fits a path."""
    if path.endswith("/invoke-with-response-stream"):
        return "aws_stream"
    return "chat_stream" if "/chat/completions" in path else "message_stream"


def canned_for(method: str, path: str, body: bytes) -> str:
    """The name in `CANNED` of the success that fits a request."""
    path = path.partition("?")[0]
    if "count_tokens" in path or "count-tokens" in path:
        return "count_tokens"
    if "/batches" in path:
        return "batch_list" if method == "GET" and path.endswith("/batches") else "batch"
    if path.endswith("/converse"):
        return "converse"
    if path.endswith(("/invoke-with-response-stream", ":streamRawPredict")) or _wants_stream(body):
        return stream_for(path)
    return "chat" if "/chat/completions" in path else "message"


def _wants_stream(body: bytes) -> bool:
    if b'"stream"' not in body:  # spares the parse of most bodies
        return False
    try:
        parsed = json.loads(body)
    except ValueError:
        return False
    return isinstance(parsed, dict) and parsed.get("stream") is True


def _message(text: str) -> dict[str, Any]:
    return {
        "id": "msg_" + MARK.decode(),
        "type": "message",
        "role": "assistant",
        "model": MODEL,
        "content": [{"type": "text", "text": text}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 8, "output_tokens": 12},
    }


def _chat(kind: str, choice: dict[str, Any]) -> dict[str, Any]:
    head = {"id": "chatcmpl-" + MARK.decode(), "object": kind, "created": 1760000000, "model": MODEL}
    return {**head, "choices": [{"index": 0, **choice}]}


def _chat_events() -> list[bytes]:
    deltas: list[tuple[dict[str, Any], str | None]] = [
        ({"role": "assistant", "content": ""}, None),
        ({"content": TEXT}, None),
        ({}, "stop"),
    ]
    chunks = [_chat("chat.completion.chunk", {"delta": delta, "finish_reason": end}) for delta, end in deltas]
    return [sse_event({"data": data}) for data in [*chunks, "[DONE]"]]


def _json_body(value: Any) -> Body:
    return Body("application/json", to_json(value))


_BATCH = {
    "id": "msgbatch_" + MARK.decode(),
    "type": "message_batch",
    "processing_status": "in_progress",
    "request_counts": {"processing": 1, "succeeded": 0, "errored": 0, "canceled": 0, "expired": 0},
    "created_at": "2026-01-01T00:00:00Z",
    "expires_at": "2026-01-02T00:00:00Z",
    "ended_at": None,
    "archived_at": None,
    "cancel_initiated_at": None,
    "results_url": None,
}
_CHAT_USAGE = {"prompt_tokens": 8, "completion_tokens": 12, "total_tokens": 20}

CANNED: dict[str, Body | Stream] = {
    "message": _json_body(_message(TEXT)),
    "message_stream": Stream("text/event-stream; charset=utf-8", [sse_event(each) for each in message_events()]),
    "aws_stream": Stream("application/vnd.amazon.eventstream", [aws_event(each) for each in message_events()]),
    "count_tokens": _json_body({"input_tokens": 8}),
    "batch": _json_body(_BATCH),
    "batch_list": _json_body({"data": [_BATCH], "has_more": False, "first_id": None, "last_id": None}),
    "chat": _json_body(
        {
            **_chat("chat.completion", {"message": {"role": "assistant", "content": TEXT}, "finish_reason": "stop"}),
            "usage": _CHAT_USAGE,
        }
    ),
    "chat_stream": Stream("text/event-stream; charset=utf-8", _chat_events()),
    "converse": _json_body(
        {
            "output": {"message": {"role": "assistant", "content": [{"text": TEXT}]}},
            "stopReason": "end_turn",
            "usage": {"inputTokens": 8, "outputTokens": 12, "totalTokens": 20},
            "metrics": {"latencyMs": 1},
        }
    ),
}

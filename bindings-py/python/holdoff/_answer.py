"""Whether a 2xx answer is an answer: some gateways and login pages say 200 over a failure.

The rule, shared by `wrap` and the transports, made to cost one header look on the ordinary path:

- An answer with a `request-id` that begins with `req_` comes from the API itself and is taken at its word.
- HTML where JSON or an event stream was asked for (`accept`) is a failure. Other text is not: transcripts and files
  come as text to clients that ask for JSON.
- A JSON object whose top level holds an `error` and nothing an answer has (`id`, `content`, `choices`,
  `data` …) is a failure. It is looked for only in bodies that are small by their own `content-length`, or
  already in memory, and never in an event stream: a body still coming in is not read to find out.
"""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

GENUINE, PEEK, FAILED = 0, 1, 2
SMALL = 2048  # bytes: longer bodies are answers; error objects of gateways are a few hundred bytes
_IN_MEMORY = 65_536
_ANSWERS = ("id", "object", "content", "choices", "data", "output", "role", "results")


def suspicion(headers: Any, request: Any, in_memory: bool = False) -> int:
    """`GENUINE`; `FAILED`: HTML came instead of data; `PEEK`: `holds_failure` must look at the body.

    `headers` are the answer's; `request` is the httpx or httpx2 request, where it is known; `in_memory`: the body has
    been read.
    """
    if headers.get("request-id", "").startswith("req_"):
        return GENUINE
    kind = headers.get("content-type", "")
    if kind.startswith("application/json"):
        return PEEK if in_memory or _is_small(headers) else GENUINE
    if kind.startswith("text/html") and request is not None:
        accept = request.headers.get("accept", "")
        if "json" in accept or "event-stream" in accept:
            return FAILED
    return GENUINE


def holds_failure(body: bytes) -> bool:
    """Whether a JSON body is an error object."""
    if b'"error"' not in body[:1024] or len(body) > _IN_MEMORY:
        return False
    try:
        value = json.loads(body)
    except ValueError:
        return False
    if isinstance(value, list) and len(value) == 1:  # Vertex puts its error object into a list
        value = value[0]
    return isinstance(value, dict) and bool(value.get("error")) and not any(name in value for name in _ANSWERS)


def _is_small(headers: Any) -> bool:
    length = headers.get("content-length", "")
    return length.isascii() and length.isdigit() and len(length) < 6 and int(length) <= SMALL

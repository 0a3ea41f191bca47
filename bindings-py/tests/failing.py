"""Failures for tests: real exceptions of the real SDK, and functions that fail on cue."""

from __future__ import annotations

import anthropic
import httpx2

# What the API sends with an error, so that reading it costs what it costs in practice.
HEADERS = {
    "date": "Mon, 02 Nov 2026 10:00:00 GMT",
    "content-type": "application/json",
    "content-length": "96",
    "connection": "keep-alive",
    "cf-ray": "8f00000000000000-FRA",
    "server": "cloudflare",
    "request-id": "req_011CTestTestTestTestTest",
    "anthropic-organization-id": "00000000-0000-0000-0000-000000000000",
    "strict-transport-security": "max-age=31536000",
    "x-robots-tag": "none",
    "via": "1.1 google",
    "vary": "accept-encoding",
}
# Status and text of each `error.type`.
ANSWERS = {
    "invalid_request_error": (400, "messages: at least one message is required"),
    "authentication_error": (401, "invalid x-api-key"),
    "permission_error": (403, "Your API key does not have permission to use this resource."),
    "not_found_error": (404, "model: claude-none"),
    "rate_limit_error": (429, "This request would exceed your account's rate limit. Please try again later."),
    "api_error": (500, "Internal server error"),
    "overloaded_error": (529, "Overloaded"),
}
KEY = "sk-ant-api03-secret-secret-secret"
_client = anthropic.Anthropic(api_key=KEY, base_url="https://api.anthropic.com")


def sdk_error(
    kind: str = "overloaded_error",
    *,
    status: int | None = None,
    headers: dict[str, str] | None = None,
    message: str | None = None,
    path: str = "/v1/messages",
) -> anthropic.APIStatusError:
    """The exception that the SDK raises for such an answer."""
    usual_status, usual_message = ANSWERS[kind]
    request = httpx2.Request("POST", f"https://api.anthropic.com{path}", headers={"x-api-key": KEY})
    body = {
        "type": "error",
        "error": {"type": kind, "message": message or usual_message},
        "request_id": "req_011CTestTestTestTestTest",
    }
    response = httpx2.Response(status or usual_status, headers={**HEADERS, **(headers or {})}, json=body, request=request)
    return _client._make_status_error_from_response(response)


class Script:
    """A function whose calls end as the script says: exceptions are raised, anything else is returned.

    The last entry is repeated. `calls` counts.
    """

    def __init__(self, *entries: object) -> None:
        self.entries = entries
        self.calls = 0

    def __call__(self, *args: object, **kwargs: object) -> object:
        entry = self.entries[min(self.calls, len(self.entries) - 1)]
        self.calls += 1
        if isinstance(entry, BaseException):
            raise entry
        return entry

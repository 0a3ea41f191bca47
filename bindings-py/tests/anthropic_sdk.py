"""What the tests of `wrap` on the Anthropic SDK share: clients, a request, and faults."""

from __future__ import annotations

import time
from typing import Any

import pytest

from faultserver import error

anthropic = pytest.importorskip("anthropic", minversion="2")

HELLO: dict[str, Any] = {
    "model": "claude-opus-5",
    "max_tokens": 16,
    "messages": [{"role": "user", "content": "hi"}],
}
OVERLOADED = error(529, "overloaded_error")


def client_of(scenario: Any, **options: Any) -> Any:
    """A client as anyone makes it: the SDK's own loop is on."""
    return anthropic.Anthropic(api_key="sk-test", base_url=scenario.base_url, **options)


def async_client_of(scenario: Any, **options: Any) -> Any:
    return anthropic.AsyncAnthropic(api_key="sk-test", base_url=scenario.base_url, **options)


def counts(scenario: Any) -> list[str]:
    """The retry count that each request said it had."""
    return [entry["headers"]["x-stainless-retry-count"] for entry in scenario.log()]


async def acreate(client: Any, **params: Any) -> Any:
    async with client:
        return await client.messages.create(**{**HELLO, **params})


class Tokens:
    """A credentials provider whose first token has been revoked."""

    def __init__(self) -> None:
        self.asked: list[bool] = []

    def __call__(self, *, force_refresh: bool = False) -> Any:
        from anthropic.lib.credentials import AccessToken

        self.asked.append(force_refresh)
        return AccessToken(token=f"token-{len(self.asked)}", expires_at=int(time.time()) + 3600)

"""`holdoff.retry` beside tenacity, stamina, backoff and a hand loop: a call that succeeds, and a failed attempt.

The failures are real `anthropic.OverloadedError`s with the headers and body the API sends, and nobody waits.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any


async def no_sleep(*_: Any, **__: Any) -> None:
    return None


time.sleep = lambda *_: None  # type: ignore[assignment]
asyncio.sleep = no_sleep  # type: ignore[assignment]

import anthropic  # noqa: E402
import backoff  # noqa: E402
import httpx2  # noqa: E402
import stamina  # noqa: E402
import tenacity  # noqa: E402
from interleaved import judge, measure, measure_async  # noqa: E402

import holdoff  # noqa: E402

logging.disable(logging.CRITICAL)
FAILURES = 5
HEADERS = {
    "date": "Tue, 24 Nov 2026 03:00:00 GMT",
    "content-type": "application/json",
    "content-length": "120",
    "connection": "keep-alive",
    "x-should-retry": "true",
    "request-id": "req_011CTg3bmpajPNJPtvv12jF3",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
    "anthropic-organization-id": "00000000-0000-0000-0000-000000000000",
    "server": "cloudflare",
    "via": "1.1 google",
    "cf-cache-status": "DYNAMIC",
    "x-robots-tag": "none",
    "cf-ray": "8d65e0a58f7df577-NRT",
}
BODY = {
    "type": "error",
    "error": {"type": "overloaded_error", "message": "Overloaded"},
    "request_id": "req_011CTg3bmpajPNJPtvv12jF3",
}
RESPONSE = httpx2.Response(
    529, headers=HEADERS, json=BODY, request=httpx2.Request("POST", "https://api.anthropic.com/v1/messages")
)
KNOWN = anthropic.APIStatusError


class Flaky:
    """Fails five times, then succeeds, over and over.

    The errors are made beforehand, one an attempt: the SDK takes longer to make one than anybody here to handle it.
    """

    def __init__(self) -> None:
        self.calls = 0
        self.errors = [anthropic.OverloadedError("Overloaded", response=RESPONSE, body=BODY) for _ in range(FAILURES)]

    def __call__(self) -> int:
        turn = self.calls % (FAILURES + 1)
        self.calls += 1
        if turn == FAILURES:
            return 1
        error = self.errors[turn]
        error.__traceback__ = error.__context__ = None  # as new
        raise error


def ok() -> int:
    return 1


async def ok_async() -> int:
    return 1


def hand(function: Callable[[], int]) -> Callable[[], int]:
    def call() -> int:
        attempt = 0
        while True:
            try:
                return function()
            except KNOWN:
                if attempt >= FAILURES:
                    raise
                time.sleep(min(60.0, 2.0**attempt) * random.random())
                attempt += 1

    return call


def bare(function: Flaky) -> Callable[[], int]:
    def call() -> int:
        while True:
            try:
                return function()
            except KNOWN:
                pass

    return call


TENACITY: dict[str, Any] = {
    "wait": tenacity.wait_random_exponential(multiplier=1, max=60),
    "stop": tenacity.stop_after_attempt(6),
    "retry": tenacity.retry_if_exception_type(KNOWN),
    "reraise": True,
}
STAMINA: dict[str, Any] = {"on": KNOWN, "attempts": 6, "timeout": None}
BACKOFF: dict[str, Any] = {"exception": KNOWN, "max_tries": 6, "max_value": 60}


def decorated(function: Callable[[], Any]) -> dict[str, Callable[[], Any]]:
    def plain() -> Any:
        return function()

    return {
        "hand loop": hand(function),
        "holdoff": holdoff.retry(plain),
        "tenacity": tenacity.retry(**TENACITY)(plain),
        "stamina": stamina.retry(**STAMINA)(plain),
        "backoff": backoff.on_exception(backoff.expo, **BACKOFF)(plain),
    }


def bare_async(function: Flaky) -> Callable[[], Awaitable[int]]:
    call = flaky_async(function)

    async def run() -> int:
        while True:
            try:
                return await call()
            except KNOWN:
                pass

    return run


def flaky_async(function: Flaky) -> Callable[[], Awaitable[int]]:
    async def call() -> int:
        return function()

    return call


def awaited_by(function: Callable[[], Awaitable[int]]) -> dict[str, Callable[[], Any]]:
    return {
        "holdoff": holdoff.retry(function),
        "tenacity": tenacity.retry(**TENACITY)(function),
        "stamina": stamina.retry(**STAMINA)(function),
        "backoff": backoff.on_exception(backoff.expo, **BACKOFF)(function),
    }


def table(title: str, times: dict[str, float], floor: str, scale: float = 1.0) -> dict[str, float]:
    print(f"\n{title}, added over {floor}")
    added = {name: (value - times[floor]) / scale for name, value in times.items() if name != floor}
    for name, value in added.items():
        print(f"  {name:<12} {value:>10.0f} ns")
    return added


def main() -> None:
    stamina.instrumentation.set_on_retry_hooks([])
    success = table("a call that succeeds", measure({"direct call": ok, **decorated(ok)}), "direct call")
    judge("success, holdoff / tenacity", success["holdoff"] / success["tenacity"], 1 / 50)
    judge("success, holdoff / backoff", success["holdoff"] / success["backoff"], 1 / 8)

    fails: dict[str, Callable[[], Any]] = {"bare try/except": bare(Flaky())}
    for name in decorated(ok):
        fails[name] = decorated(Flaky())[name]
    failed = table("a failed attempt, diagnosed", measure(fails), "bare try/except", FAILURES)
    judge("failed attempt, holdoff / tenacity", failed["holdoff"] / failed["tenacity"], 1 / 8)

    success = table(
        "an async call that succeeds", measure_async({"direct await": ok_async, **awaited_by(ok_async)}), "direct await"
    )
    judge("async success, holdoff / tenacity", success["holdoff"] / success["tenacity"], 1 / 50)
    judge("async success, holdoff / backoff", success["holdoff"] / success["backoff"], 1 / 8)

    fails_async: dict[str, Callable[[], Any]] = {"bare try/except": bare_async(Flaky())}
    for name in awaited_by(ok_async):
        fails_async[name] = awaited_by(flaky_async(Flaky()))[name]
    failed = table("an async failed attempt, diagnosed", measure_async(fails_async), "bare try/except", FAILURES)
    judge("async failed attempt, holdoff / tenacity", failed["holdoff"] / failed["tenacity"], 1 / 8)


if __name__ == "__main__":
    main()

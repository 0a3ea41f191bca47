"""How soon a wait of a minute ends when the caller stops, and when a call against a server that hangs comes back."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

import anthropic  # noqa: E402
import trio  # noqa: E402

import holdoff  # noqa: E402
from faultserver import FaultServer, hang  # noqa: E402

logging.disable(logging.CRITICAL)
ROUNDS = 200
#: How long a wait has lasted when it is cancelled.
BEFORE = 0.005
LONG: dict[str, Any] = {"initial_delay": 60, "max_delay": 60, "jitter": "none"}


class Overloaded(Exception):
    status_code = 529


@holdoff.retry(**LONG)
async def waiting() -> None:
    raise Overloaded


async def in_asyncio() -> float:
    task = asyncio.create_task(waiting())
    await asyncio.sleep(BEFORE)
    began = time.perf_counter()
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        return time.perf_counter() - began
    raise AssertionError("the call was not cancelled")


async def in_trio() -> float:
    with trio.CancelScope() as scope:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(waiting)
            await trio.sleep(BEFORE)
            began = time.perf_counter()
            scope.cancel()
    return time.perf_counter() - began


def by_interrupt() -> float:
    began = 0.0

    def interrupt(*_: object) -> None:
        nonlocal began
        began = time.perf_counter()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, BEFORE)
    try:
        holdoff.retry(**LONG)(_fail)()
    except KeyboardInterrupt:
        return time.perf_counter() - began
    finally:
        signal.signal(signal.SIGALRM, before)
    raise AssertionError("the call was not interrupted")


def by_event() -> float:
    cancel, began = threading.Event(), 0.0

    def stop() -> None:
        nonlocal began
        began = time.perf_counter()
        cancel.set()

    timer = threading.Timer(BEFORE, stop)
    timer.start()
    try:
        holdoff.retry(cancel=cancel, **LONG)(_fail)()
    except Overloaded:
        return time.perf_counter() - began
    raise AssertionError("the call was not cancelled")


def _fail() -> None:
    raise Overloaded


async def _often(once: Callable[[], Awaitable[float]]) -> list[float]:
    return [await once() for _ in range(ROUNDS)]


async def hung_server() -> float:
    with FaultServer() as server:
        scenario = server.scenario([hang()])
        client = holdoff.wrap(anthropic.AsyncAnthropic(api_key="none", base_url=scenario.base_url), max_elapsed=2)
        began = time.perf_counter()
        try:
            await client.messages.create(model="claude-sonnet-5", max_tokens=16, messages=[{"role": "user", "content": "hi"}])
        except anthropic.AnthropicError:
            return time.perf_counter() - began
    raise AssertionError("the call came back with an answer")


def main() -> None:
    taken = {
        "asyncio, task.cancel()": asyncio.run(_often(in_asyncio)),
        "Trio, scope.cancel()": trio.run(_often, in_trio),
        "KeyboardInterrupt": [by_interrupt() for _ in range(ROUNDS)],
        "threading.Event": [by_event() for _ in range(ROUNDS)],
    }
    print(f"{'cancelled while waiting':<26} {'median':>10} {'p99':>10}   (ms, {ROUNDS} each; aim: p99 5 ms)")
    for name, values in taken.items():
        values.sort()
        print(f"  {name:<24} {values[ROUNDS // 2] * 1e3:>10.2f} {values[ROUNDS * 99 // 100 - 1] * 1e3:>10.2f}")
    print(f"hung server, max_elapsed=2, async: back after {asyncio.run(hung_server()):.2f} s (aim: 2.1 s)")


if __name__ == "__main__":
    main()

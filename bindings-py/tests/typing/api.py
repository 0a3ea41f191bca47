"""What a type checker must know of holdoff. Checked, not run; a wrong line that is not marked is a failure."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from typing import Any

from typing_extensions import assert_type

import holdoff
import holdoff.testing
from holdoff import Entry, Event, Failure, Kind, Policy, StopReason, Story, attempts, diagnose, lookup, retry, table

policy = Policy(
    max_attempts=4,
    initial_delay=timedelta(milliseconds=250),
    max_delay=30,
    jitter="equal",
    max_retry_after=None,
    max_elapsed=90.0,
    resend_ambiguous="always",
    mid_stream="restart",
    retry_kinds=["not_found"],
    stop_kinds={"timeout"},
    attempts_by_kind={"dns": 1},
    seed=7,
)
assert_type(policy.max_attempts, int)
assert_type(policy.max_elapsed, float | None)
assert_type(policy.stop_kinds, tuple[Kind, ...])
assert_type(policy.attempts_by_kind, dict[Kind, int])
assert_type(policy.replace(max_attempts=2), Policy)

Policy(max_attempts="4")  # type: ignore[arg-type]
Policy(jitter="half")  # type: ignore[arg-type]
Policy(retry_kinds=["timeouts"])  # type: ignore[list-item]
Policy(max_retries=3)  # type: ignore[call-arg]
Policy(4)  # type: ignore[call-arg]
policy.max_attempts.real


@retry
def bare(question: str, *, model: str = "m") -> int:
    return len(question)


assert_type(bare("hi"), int)
bare(3)  # type: ignore[arg-type]
bare("hi", mode="m")  # type: ignore[call-arg]


@retry()
def empty(question: str) -> int:
    return len(question)


@retry(max_attempts=4, max_elapsed=timedelta(seconds=30), on=(KeyError, ValueError))
def with_fields(question: str) -> int:
    return len(question)


@retry(policy)
def with_policy(question: str) -> int:
    return len(question)


@retry(policy=policy, cancel=threading.Event())
def with_named_policy(question: str) -> int:
    return len(question)


assert_type(empty("hi"), int)
assert_type(with_fields("hi"), int)
assert_type(with_policy("hi"), int)
assert_type(with_named_policy("hi"), int)
assert_type(retry(policy)(len)([1]), int)

retry(max_retries=3)  # type: ignore[call-overload]
retry(max_attempts="4")  # type: ignore[call-overload]
retry(jitter="half")  # type: ignore[call-overload]
retry(3)  # type: ignore[call-overload]


def tell(event: Event) -> None:
    assert_type(event.failure, Failure)
    assert_type(event.reason, StopReason | None)
    assert_type(event.delay, float | None)
    if event.type == "stop":
        print(event.retry_at)


def verdict(failure: Failure) -> bool | float | timedelta | None:
    if failure.kind == "not_found":
        return timedelta(seconds=1)
    return None


@retry(on_event=tell, classify=verdict, on=lambda error: isinstance(error, KeyError), cancel=asyncio.Event())
async def later(question: str) -> int:
    return len(question)


class Asker:
    @retry
    def ask(self, question: str) -> int:
        return len(question)

    @retry(max_attempts=2)
    async def ask_later(self, question: str) -> int:
        return len(question)

    @staticmethod
    @retry
    def of_nobody(question: str) -> int:
        return len(question)


async def use() -> None:
    assert_type(await later("hi"), int)
    assert_type(Asker().ask("hi"), int)
    assert_type(await Asker().ask_later("hi"), int)
    assert_type(Asker.of_nobody("hi"), int)
    async for attempt in attempts(policy, max_elapsed=60):
        assert_type(attempt, holdoff.Attempt)
        async with attempt:
            await later("hi")
        with attempt:
            pass


def loop() -> int:
    for attempt in attempts(max_attempts=4):
        with attempt:
            assert_type(attempt.number, int)
            assert_type(attempt.timeout, float | None)
            return bare("hi")
    # An attempt may swallow its exception, so the end of the loop can be reached as far as a checker knows.
    return 0


attempts(max_retries=3)  # type: ignore[call-arg]


def failures(error: Exception) -> None:
    failure = diagnose(error)
    assert_type(failure, Failure)
    assert_type(failure.kind, Kind)
    assert_type(failure.retry_after, float | None)
    assert_type(failure.explain(), str)
    diagnose("a text")
    diagnose(status=429, headers={"retry-after": "3"}, body={"error": {}}, now=1.0)
    diagnose(status=429, headers=[("retry-after", "3")], body=b"")
    diagnose(status="429")  # type: ignore[arg-type]
    failure.kind = "overloaded"  # type: ignore[misc]
    assert_type(lookup(529), Entry)
    assert_type(lookup(cause="orphan-tool-use").retryable, bool)
    assert_type(table(), list[Entry])
    story: Story = getattr(error, "holdoff")
    assert_type(story.failures, tuple[Failure, ...])
    assert_type(story.waits, tuple[float, ...])


def tests() -> None:
    with holdoff.testing.testing(attempts=2, seed=7, clock=holdoff.testing.FakeClock()) as world:
        assert_type(world.waits, list[float])
        assert_type(world.clock.mono, float)
        world.clock.advance(3)


def wrapped(client: Any) -> None:
    holdoff.wrap(client, policy, max_attempts=2)
    holdoff.call_with_retry(client, model="m", max_tokens=1, messages=[])

"""`call_with_retry` and `acall_with_retry`, over real SDKs and sockets."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

import holdoff
from faultserver import FaultServer, error

anthropic = pytest.importorskip("anthropic")
openai = pytest.importorskip("openai")

HELLO: dict[str, Any] = {"model": "claude-opus-5", "max_tokens": 16, "messages": [{"role": "user", "content": "hi"}]}
OVERLOADED = error(529)


def test_calls_messages_create(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED])
    client = anthropic.Anthropic(api_key="k", base_url=scenario.base_url)
    assert holdoff.call_with_retry(client, **HELLO, timeout=5).stop_reason == "end_turn"
    assert [entry["body"] for entry in scenario.log()] == [HELLO] * 2
    assert scenario.log()[0]["headers"]["x-stainless-read-timeout"] == "5"


def test_the_guides_numbers(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    client = anthropic.Anthropic(api_key="k", base_url=scenario.base_url)
    policy = holdoff.Policy(jitter="none")
    with pytest.raises(anthropic.OverloadedError) as caught:
        holdoff.call_with_retry(client, policy=policy, max_retries=5, base_delay=0.5, max_delay=1.5, **HELLO)
    assert scenario.sends == 5  # sends in total
    assert world.waits == [0.5, 1.0, 1.5, 1.5]
    assert caught.value.holdoff.attempts == 5


def test_defaults_are_six_sends(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    with pytest.raises(anthropic.OverloadedError):
        holdoff.call_with_retry(anthropic.Anthropic(api_key="k", base_url=scenario.base_url), **HELLO)
    assert scenario.sends == 6
    assert all(wait <= 2.0**number for number, wait in enumerate(world.waits))


def test_a_wrapped_client_keeps_its_own(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    events: list[Any] = []
    client = anthropic.Anthropic(api_key="k", base_url=scenario.base_url)
    client = holdoff.wrap(client, max_attempts=3, jitter="none", on_event=events.append)
    with pytest.raises(anthropic.OverloadedError):
        holdoff.call_with_retry(client, **HELLO)
    assert (scenario.sends, world.waits) == (3, [1.0, 2.0])
    with pytest.raises(anthropic.OverloadedError):
        holdoff.call_with_retry(client, max_retries=2, **HELLO)
    assert (scenario.sends, world.waits) == (5, [1.0, 2.0, 1.0])
    assert [event.type for event in events] == ["wait", "wait", "stop", "wait", "stop"]


def test_streams(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED])
    client = anthropic.Anthropic(api_key="k", base_url=scenario.base_url)
    events = [event.type for event in holdoff.call_with_retry(client, **HELLO, stream=True)]
    assert (events[-1], scenario.sends) == ("message_stop", 2)


def test_async(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED])

    async def call() -> Any:
        async with anthropic.AsyncAnthropic(api_key="k", base_url=scenario.base_url) as client:
            return await holdoff.acall_with_retry(client, **HELLO)

    assert asyncio.run(call()).stop_reason == "end_turn"
    assert scenario.sends == 2


def test_openai_clients(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED])
    client = openai.OpenAI(api_key="k", base_url=scenario.base_url)
    assert holdoff.call_with_retry(client, **HELLO).choices[0].finish_reason == "stop"
    assert scenario.sends == 2
    scenario.set([OVERLOADED])

    async def call() -> Any:
        async with openai.AsyncOpenAI(api_key="k", base_url=scenario.base_url) as client:
            return await holdoff.acall_with_retry(client, **HELLO)

    assert asyncio.run(call()).choices[0].finish_reason == "stop"


def test_the_wrong_colour_is_named() -> None:
    with pytest.raises(TypeError, match="use acall_with_retry"):
        holdoff.call_with_retry(anthropic.AsyncAnthropic(api_key="k"), **HELLO)
    with pytest.raises(TypeError, match="use call_with_retry"):
        asyncio.run(holdoff.acall_with_retry(openai.OpenAI(api_key="k"), **HELLO))
    with pytest.raises(TypeError, match="client of the anthropic or openai package"):
        holdoff.call_with_retry(object(), **HELLO)


def test_bad_numbers_are_named(world: Any) -> None:
    client = anthropic.Anthropic(api_key="k")
    with pytest.raises(ValueError, match="max_attempts"):
        holdoff.call_with_retry(client, max_retries=0, **HELLO)
    with pytest.raises(ValueError, match="initial_delay"):
        holdoff.call_with_retry(client, base_delay=-1, **HELLO)

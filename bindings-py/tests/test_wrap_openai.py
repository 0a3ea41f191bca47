"""`wrap` on the OpenAI SDK: the real SDK, real sockets. It has no middleware, so the seat is another one."""

from __future__ import annotations

import asyncio
import gc
import io
import pickle
import time
import weakref
from typing import Any

import pytest

import holdoff
from faultserver import FaultServer, answer, hang, ok, reset, sse

openai = pytest.importorskip("openai")

HELLO: dict[str, Any] = {"model": "claude-opus-5", "messages": [{"role": "user", "content": "hi"}]}


def fault(status: int, message: str, type: str | None = None, code: str | None = None, **headers: Any) -> Any:
    body = {"error": {"message": message, "type": type, "param": None, "code": code}}
    return answer(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


UNAVAILABLE = fault(503, "Service temporarily unavailable", "server_error")
LIMITED = fault(429, "Rate limit reached for requests", "requests", "rate_limit_exceeded", retry_after="3")
QUOTA = fault(
    429,
    "You exceeded your current quota, please check your plan and billing details.",
    "insufficient_quota",
    "insufficient_quota",
)


def client_of(scenario: Any, **options: Any) -> Any:
    """A client as anyone makes it: the SDK's own loop is on."""
    return openai.OpenAI(api_key="sk-test", base_url=scenario.base_url, **options)


def async_client_of(scenario: Any, **options: Any) -> Any:
    return openai.AsyncOpenAI(api_key="sk-test", base_url=scenario.base_url, **options)


async def _acreate(client: Any, **params: Any) -> Any:
    async with client:
        return await client.chat.completions.create(**{**HELLO, **params})


def counts(scenario: Any) -> list[str]:
    return [entry["headers"]["x-stainless-retry-count"] for entry in scenario.log()]


def test_sends_are_attempts(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=UNAVAILABLE)
    with pytest.raises(openai.InternalServerError) as caught:
        holdoff.wrap(client_of(scenario)).chat.completions.create(**HELLO)
    assert (scenario.sends, counts(scenario)) == (6, ["0", "1", "2", "3", "4", "5"])
    story = caught.value.holdoff
    assert (story.attempts, story.reason, story.failure.kind) == (6, "attempts_exhausted", "unavailable")
    assert story.waits == tuple(world.waits)


def test_succeeds_after_failures(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([UNAVAILABLE, reset(), LIMITED])
    events: list[Any] = []
    result = holdoff.wrap(client_of(scenario), on_event=events.append).chat.completions.create(**HELLO)
    assert result.choices[0].message.content == "Hello from the fault server."
    assert scenario.sends == 4
    assert [event.type for event in events] == ["wait", "wait", "wait", "success"]
    assert world.waits[2] >= 3.0
    assert [entry["body"] for entry in scenario.log()] == [scenario.log()[0]["body"]] * 4


def test_async(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([UNAVAILABLE, reset()])
    result = asyncio.run(_acreate(holdoff.wrap(async_client_of(scenario))))
    assert (result.choices[0].finish_reason, scenario.sends) == ("stop", 3)
    scenario.set([], then=UNAVAILABLE)
    with pytest.raises(openai.InternalServerError) as caught:
        asyncio.run(_acreate(holdoff.wrap(async_client_of(scenario), max_attempts=2)))
    assert (scenario.sends, caught.value.holdoff.attempts) == (2, 2)


def test_trio(server: FaultServer, world: Any) -> None:
    trio = pytest.importorskip("trio")
    scenario = server.scenario([UNAVAILABLE])
    result = trio.run(_acreate, holdoff.wrap(async_client_of(scenario)))
    assert (result.choices[0].finish_reason, scenario.sends) == ("stop", 2)


def test_a_spent_quota_is_sent_once(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=QUOTA)
    with pytest.raises(openai.RateLimitError) as caught:
        holdoff.wrap(client_of(scenario)).chat.completions.create(**HELLO)
    assert (scenario.sends, caught.value.holdoff.failure.kind) == (1, "billing")


def test_a_long_wait_stops_within_fifty_milliseconds(server: FaultServer) -> None:
    scenario = server.scenario([ok()], then=fault(429, "slow down", retry_after="86400"))
    client = holdoff.wrap(client_of(scenario))
    client.chat.completions.create(**HELLO)  # loads what the SDK loads late, and opens the connection
    times = []
    for _ in range(5):
        began = time.perf_counter()
        with pytest.raises(openai.RateLimitError) as caught:
            client.chat.completions.create(**HELLO)
        times.append(time.perf_counter() - began)
    assert min(times) < 0.05
    assert (scenario.sends, caught.value.holdoff.reason) == (6, "retry_after_too_long")


def test_async_hang_ends_at_the_deadline(server: FaultServer) -> None:
    scenario = server.scenario([], then=hang())

    async def call() -> tuple[float, Any]:
        async with holdoff.wrap(async_client_of(scenario), max_elapsed=0.5) as client:
            began = time.monotonic()
            with pytest.raises(openai.APITimeoutError) as caught:
                await client.chat.completions.create(**HELLO)
            return time.monotonic() - began, caught.value

    took, error = asyncio.run(call())
    assert 0.45 <= took < 10
    assert (error.holdoff.reason, error.request.method) == ("deadline_exceeded", "POST")


def test_sync_hang_ends_by_silence(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([hang(), ok()])
    holdoff.wrap(client_of(scenario), attempt_timeout=0.1).chat.completions.create(**HELLO)
    assert scenario.sends == 2


def test_a_batch_is_not_created_twice(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=hang())
    client = holdoff.wrap(client_of(scenario, timeout=0.1))
    with pytest.raises(openai.APITimeoutError) as caught:
        client.batches.create(completion_window="24h", endpoint="/v1/chat/completions", input_file_id="file-1")
    assert (scenario.sends, caught.value.holdoff.reason) == (1, "maybe_processed")


def _loop_by_attribute(client: Any) -> Any:
    client.max_retries = 5
    return client


@pytest.mark.parametrize("turn_on", [lambda client: client.with_options(max_retries=5), _loop_by_attribute])
@pytest.mark.parametrize("what", [UNAVAILABLE, reset()])
def test_the_sdk_loop_stays_silent(server: FaultServer, world: Any, turn_on: Any, what: Any) -> None:
    scenario = server.scenario([], then=what)
    client = turn_on(holdoff.wrap(client_of(scenario), max_attempts=3))
    with pytest.raises(openai.APIError) as caught:
        client.chat.completions.create(**HELLO)
    assert (scenario.sends, caught.value.holdoff.attempts) == (3, 3)


def test_same_class_and_the_original_is_untouched() -> None:
    client = openai.OpenAI(api_key="sk-test", max_retries=7)
    wrapped = holdoff.wrap(client)
    assert type(wrapped) is openai.OpenAI
    assert "request" not in vars(client)
    assert (client.max_retries, wrapped.user_agent) == (7, client.user_agent)


def test_wrapping_twice(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=UNAVAILABLE)
    first = holdoff.wrap(client_of(scenario), max_attempts=4)
    assert holdoff.wrap(first) is first
    assert holdoff.wrap(first, holdoff.Policy(max_attempts=4)) is first
    second = holdoff.wrap(first, max_attempts=2)
    with pytest.raises(openai.InternalServerError):
        second.chat.completions.create(**HELLO)
    assert scenario.sends == 2


def test_copies_keep_the_policy(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=UNAVAILABLE)
    client = holdoff.wrap(client_of(scenario), max_attempts=2).with_options(timeout=5).copy(default_headers={"x-a": "b"})
    with pytest.raises(openai.InternalServerError):
        client.chat.completions.create(**HELLO)
    assert (scenario.sends, client.timeout) == (2, 5)
    assert scenario.log()[1]["headers"]["x-a"] == "b"
    assert holdoff.wrap(client) is client


def test_the_error_can_be_pickled(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=UNAVAILABLE)
    with pytest.raises(openai.InternalServerError) as caught:
        holdoff.wrap(client_of(scenario), max_attempts=2).chat.completions.create(**HELLO)
    story = pickle.loads(pickle.dumps(caught.value.holdoff))  # noqa: S301
    assert (story.attempts, story.failure.kind) == (2, "unavailable")


def test_streams(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([UNAVAILABLE, reset()])
    chunks = list(holdoff.wrap(client_of(scenario)).chat.completions.create(**HELLO, stream=True))
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert scenario.sends == 3
    scenario.set([UNAVAILABLE])

    async def call() -> str:
        async with holdoff.wrap(async_client_of(scenario)) as client:
            stream = await client.chat.completions.create(**HELLO, stream=True)
            return "".join([chunk.choices[0].delta.content or "" async for chunk in stream])

    assert asyncio.run(call()) == "Hello from the fault server."
    assert scenario.sends == 2


def test_a_stream_that_breaks_is_the_callers(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([sse(reset="mid_body", sse_events=1)])
    stream = holdoff.wrap(client_of(scenario)).chat.completions.create(**HELLO, stream=True)
    with pytest.raises(Exception):  # noqa: B017, PT011 - the SDK's or httpx's, by version
        list(stream)
    assert scenario.sends == 1


def test_raw_and_streaming_responses(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([UNAVAILABLE])
    client = holdoff.wrap(client_of(scenario))
    raw = client.chat.completions.with_raw_response.create(**HELLO)
    assert (raw.status_code, raw.retries_taken, raw.parse().choices[0].finish_reason) == (200, 1, "stop")
    scenario.set([UNAVAILABLE])
    with client.chat.completions.with_streaming_response.create(**HELLO) as response:
        assert b"chat.completion" in b"".join(response.iter_bytes())
    assert scenario.sends == 2


def test_an_error_that_says_200(server: FaultServer, world: Any) -> None:
    wrong = answer(200, {"error": {"code": 502, "message": "Provider returned error"}})
    scenario = server.scenario([wrong])
    assert holdoff.wrap(client_of(scenario)).chat.completions.create(**HELLO).choices[0].finish_reason == "stop"
    assert scenario.sends == 2
    scenario.set([], then=wrong)
    with pytest.raises(openai.APIStatusError) as caught:
        asyncio.run(_acreate(holdoff.wrap(async_client_of(scenario), max_attempts=2)))
    assert (caught.value.status_code, scenario.sends) == (200, 2)


def test_a_page_that_says_200(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=answer(200, "<html><title>Sign in</title></html>"))
    with pytest.raises(openai.APIStatusError) as caught:
        holdoff.wrap(client_of(scenario), max_attempts=2).chat.completions.create(**HELLO)
    assert caught.value.holdoff.failure.status == 200


def _azure(scenario: Any, cls: Any) -> Any:
    return cls(api_key="k", api_version="2024-10-21", azure_endpoint=scenario.base_url)


def test_azure(server: FaultServer, world: Any) -> None:
    message = "Requests have exceeded the call rate limit. Please retry after 2 seconds."
    limited = fault(429, message, code="429", retry_after_ms="2000")
    scenario = server.scenario([limited, reset()])
    client = holdoff.wrap(_azure(scenario, openai.AzureOpenAI))
    assert type(client) is openai.AzureOpenAI
    assert client.chat.completions.create(**HELLO).choices[0].finish_reason == "stop"
    assert scenario.sends == 3
    assert world.waits[0] >= 2.0
    assert "/deployments/claude-opus-5/chat/completions" in scenario.log()[2]["path"]
    scenario.set([limited])
    assert asyncio.run(_acreate(holdoff.wrap(_azure(scenario, openai.AsyncAzureOpenAI)))).choices
    assert scenario.sends == 2


def test_keys_from_a_function_are_fetched_for_each_attempt(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([UNAVAILABLE, UNAVAILABLE])
    keys = iter(["sk-1", "sk-22", "sk-333"])
    client = openai.OpenAI(api_key=lambda: next(keys), base_url=scenario.base_url)
    holdoff.wrap(client).chat.completions.create(**HELLO)
    assert scenario.sends == 3
    assert list(keys) == []


def test_a_file_is_sent_whole_each_time(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([UNAVAILABLE], then=answer(200, {"id": "file-1", "object": "file"}))
    client = holdoff.wrap(client_of(scenario))
    client.files.create(file=("a.jsonl", io.BytesIO(b"x" * 1000)), purpose="batch")
    first, second = scenario.log()
    assert first["body_len"] == second["body_len"] > 1000


class OneWay(io.RawIOBase):
    """A file that cannot seek, such as a pipe."""

    def __init__(self) -> None:
        self.left = 1000

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        count = self.left if size < 0 else min(size, self.left)
        self.left -= count
        return b"x" * count

    def seekable(self) -> bool:
        return False


def test_a_pipe_is_sent_once(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=UNAVAILABLE)
    with pytest.raises(openai.InternalServerError) as caught:
        holdoff.wrap(client_of(scenario)).files.create(file=("a.jsonl", OneWay()), purpose="batch")
    assert (scenario.sends, caught.value.holdoff.attempts) == (1, 1)
    assert any("cannot be read a second time" in note for note in caught.value.__notes__)


def test_nothing_is_left_for_the_collector(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([UNAVAILABLE, reset()], then=UNAVAILABLE)
    client = holdoff.wrap(client_of(scenario), max_attempts=3)
    gc.collect()
    gc.disable()
    try:
        with pytest.raises(openai.InternalServerError) as caught:
            client.chat.completions.create(**HELLO)
        error = weakref.ref(caught.value)
        del caught
    finally:
        gc.enable()
    assert error() is None


def test_the_pool_stays_flat(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([UNAVAILABLE] * 100)
    holdoff.wrap(client_of(scenario), max_attempts=101).chat.completions.create(**HELLO)
    log = scenario.log()
    assert len(log) == 101
    assert len({entry["connection"] for entry in log}) == 1

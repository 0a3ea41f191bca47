"""`wrap` on the Anthropic SDK: streams, raw responses, false successes, bodies and connections."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from anthropic_sdk import HELLO, OVERLOADED, anthropic, async_client_of, client_of

import holdoff
from faultserver import FaultServer, answer, message_events, reset, sse

# --- streams and raw responses ----------------------------------------------------------------------------------------


def test_a_stream(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED, reset(), sse()])
    stream = holdoff.wrap(client_of(scenario)).messages.create(**HELLO, stream=True)
    events = [event.type for event in stream]
    assert (events[0], events[-1], scenario.sends) == ("message_start", "message_stop", 3)


def test_the_stream_helper(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED])
    with holdoff.wrap(client_of(scenario)).messages.stream(**HELLO) as stream:
        assert stream.get_final_text() == "Hello from the fault server."
    assert scenario.sends == 2


def test_the_async_stream_helper(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED])

    async def call() -> str:
        async with holdoff.wrap(async_client_of(scenario)) as client, client.messages.stream(**HELLO) as stream:
            return await stream.get_final_text()

    assert asyncio.run(call()) == "Hello from the fault server."
    assert scenario.sends == 2


def test_a_stream_that_never_starts(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    with pytest.raises(anthropic.OverloadedError) as caught:
        holdoff.wrap(client_of(scenario), max_attempts=3).messages.create(**HELLO, stream=True)
    assert (scenario.sends, caught.value.holdoff.attempts) == (3, 3)
    assert caught.value.body["error"]["type"] == "overloaded_error"


def test_a_stream_is_not_read_before_its_time(server: FaultServer, world: Any) -> None:
    first, second, *rest = message_events()
    scenario = server.scenario([sse([first, {**second, "delay_ms": 1_500}, *rest])])
    began = time.monotonic()
    with holdoff.wrap(client_of(scenario)).messages.create(**HELLO, stream=True) as stream:
        assert next(iter(stream)).type == "message_start"
        assert time.monotonic() - began < 1.5


def test_a_stream_that_breaks_is_the_callers(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([sse(reset="mid_body", sse_events=4)])
    stream = holdoff.wrap(client_of(scenario)).messages.create(**HELLO, stream=True)
    with pytest.raises(httpx2.ReadError):
        list(stream)
    assert scenario.sends == 1


def test_raw_and_streaming_responses(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED])
    client = holdoff.wrap(client_of(scenario))
    raw = client.messages.with_raw_response.create(**HELLO)
    assert (raw.status_code, raw.retries_taken, raw.parse().stop_reason) == (200, 1, "end_turn")
    scenario.set([OVERLOADED])
    with client.messages.with_streaming_response.create(**HELLO) as response:
        assert not response.http_response.is_stream_consumed
        assert json.loads(b"".join(response.iter_bytes()))["stop_reason"] == "end_turn"
    assert scenario.sends == 2


def test_pages(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED])
    page = holdoff.wrap(client_of(scenario)).messages.batches.list()
    assert page.data[0].type == "message_batch"
    assert scenario.sends == 2


# --- failures that say 200 --------------------------------------------------------------------------------------------


def test_an_error_that_says_200(server: FaultServer, world: Any) -> None:
    fault = answer(200, {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}, {"request-id": None})
    scenario = server.scenario([fault])
    assert holdoff.wrap(client_of(scenario)).messages.create(**HELLO).stop_reason == "end_turn"
    assert scenario.sends == 2
    scenario.set([], then=fault)
    with pytest.raises(anthropic.APIStatusError) as caught:
        holdoff.wrap(client_of(scenario), max_attempts=2).messages.create(**HELLO)
    assert (caught.value.status_code, caught.value.holdoff.failure.kind, scenario.sends) == (200, "overloaded", 2)


def test_a_page_that_says_200(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=answer(200, "<html><title>Sign in</title></html>", {"request-id": None}))
    with pytest.raises(anthropic.APIStatusError) as caught:
        holdoff.wrap(client_of(scenario), max_attempts=2).messages.create(**HELLO)
    assert caught.value.status_code == 200
    assert caught.value.holdoff.failure.status == 200


def test_answers_that_hold_the_word_error(server: FaultServer, world: Any) -> None:
    body = {"id": "x", "type": "message", "error": {"type": "overloaded_error"}, "content": []}
    scenario = server.scenario([answer(200, body, {"request-id": None})])
    assert holdoff.wrap(client_of(scenario)).messages.create(**HELLO).id == "x"
    assert scenario.sends == 1


# --- bodies and connections -------------------------------------------------------------------------------------------


def test_a_file_is_sent_whole_each_time(server: FaultServer, world: Any, tmp_path: Any) -> None:
    path = tmp_path / "data.txt"
    path.write_bytes(b"head" + b"x" * 1000)
    scenario = server.scenario([OVERLOADED], then=answer(200, {"id": "file_1", "type": "file"}))
    with path.open("rb") as file:
        file.seek(4)
        holdoff.wrap(client_of(scenario)).post("/v1/files", cast_to=object, content=file)
    assert [entry["body_len"] for entry in scenario.log()] == [1000, 1000]


def test_a_generator_is_sent_once(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    with pytest.raises(anthropic.OverloadedError) as caught:
        holdoff.wrap(client_of(scenario)).post("/v1/files", cast_to=object, content=(b"x" for _ in range(3)))
    assert (scenario.sends, caught.value.holdoff.attempts) == (1, 1)
    assert any("cannot be read a second time" in note for note in caught.value.__notes__)


@pytest.mark.parametrize("stream", [False, True])
def test_the_pool_stays_flat(server: FaultServer, world: Any, stream: bool) -> None:
    scenario = server.scenario([OVERLOADED] * 100)
    client = holdoff.wrap(client_of(scenario), max_attempts=101, max_elapsed=None)
    result = client.messages.create(**HELLO, stream=stream)
    if stream:
        list(result)
    log = scenario.log()
    assert len(log) == 101
    assert len({entry["connection"] for entry in log}) == 1
    pool = client._client._transport._pool
    assert len(pool.connections) == 1
    assert pool.connections[0].is_idle()


@pytest.mark.parametrize("fault", [OVERLOADED, reset()])
@pytest.mark.parametrize("succeeds", [False, True])
def test_nothing_is_left_for_the_collector(server: FaultServer, world: Any, fault: Any, succeeds: bool) -> None:
    # An error holds its traceback, which holds the frames: were one of them to hold the error, bodies would pile up.
    scenario = server.scenario([fault], then=None if succeeds else fault)
    client = holdoff.wrap(client_of(scenario), max_attempts=2)
    errors: list[weakref.ref[BaseException]] = []
    real = anthropic.APIError.__init__

    def spy(self: Any, *args: Any, **kwargs: Any) -> None:
        errors.append(weakref.ref(self))
        real(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(anthropic.APIError, "__init__", spy)
        gc.disable()
        try:
            with contextlib.suppress(anthropic.APIError):
                client.messages.create(**HELLO)
        finally:
            gc.enable()
    assert [each() for each in errors] == [None] * len(errors)
    # The SDK makes one for each lost connection; of failed answers, only the last becomes one.
    assert len(errors) == (1 if succeeds else 2) - (fault is OVERLOADED)


def test_threads_share_a_client(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([{**OVERLOADED, "times": 20}], log=False)
    client = holdoff.wrap(client_of(scenario), max_attempts=21)
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: client.messages.create(**HELLO).stop_reason, range(40)))
    assert results == ["end_turn"] * 40
    assert scenario.sends == 60


def test_tasks_share_a_client(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([{**OVERLOADED, "times": 20}], log=False)

    async def call() -> list[Any]:
        async with holdoff.wrap(async_client_of(scenario), max_attempts=21, attempt_timeout=30) as client:
            return await asyncio.gather(*(client.messages.create(**HELLO) for _ in range(40)))

    assert [each.stop_reason for each in asyncio.run(call())] == ["end_turn"] * 40
    assert scenario.sends == 60

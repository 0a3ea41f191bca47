"""`wrap` on the Anthropic SDK: what is sent, what is waited, what is told. The real SDK, real sockets."""

from __future__ import annotations

import asyncio
import pickle
import threading
import time
from typing import Any

import httpx2
import pytest
from anthropic_sdk import HELLO, OVERLOADED, Tokens, acreate, anthropic, async_client_of, client_of, counts

import holdoff
from faultserver import FaultServer, answer, error, hang, ok, reset

SPEND_LIMIT = error(
    429,
    "rate_limit_error",
    "You have reached your API usage limits: your organization's monthly limit. "
    "You will regain access on 2099-01-01 at 00:00 UTC.",
    code="enforced_spend_limit_reached",
)


# --- sends ------------------------------------------------------------------------------------------------------------


def test_sends_are_attempts(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    with pytest.raises(anthropic.OverloadedError) as caught:
        holdoff.wrap(client_of(scenario)).messages.create(**HELLO)
    assert scenario.sends == 6
    assert counts(scenario) == ["0", "1", "2", "3", "4", "5"]
    story = caught.value.holdoff
    assert (story.attempts, story.reason, story.failure.kind) == (6, "attempts_exhausted", "overloaded")
    assert story.waits == tuple(world.waits)
    assert len(story.waits) == 5


def test_succeeds_after_failures(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED, OVERLOADED])
    events: list[Any] = []
    message = holdoff.wrap(client_of(scenario), on_event=events.append).messages.create(**HELLO)
    assert message.content[0].text == "Hello from the fault server."
    assert scenario.sends == 3
    assert [(event.type, event.attempt) for event in events] == [("wait", 1), ("wait", 2), ("success", 3)]
    # Every attempt carries the whole request.
    assert [entry["body"] for entry in scenario.log()] == [scenario.log()[0]["body"]] * 3
    assert scenario.log()[2]["body"]["messages"] == HELLO["messages"]


def test_async_sends_are_attempts(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    with pytest.raises(anthropic.OverloadedError) as caught:
        asyncio.run(acreate(holdoff.wrap(async_client_of(scenario), max_attempts=4)))
    assert (scenario.sends, caught.value.holdoff.attempts) == (4, 4)
    assert counts(scenario) == ["0", "1", "2", "3"]


def test_async_succeeds_after_failures(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED, reset()])
    message = asyncio.run(acreate(holdoff.wrap(async_client_of(scenario))))
    assert message.stop_reason == "end_turn"
    assert scenario.sends == 3


def test_works_under_trio(server: FaultServer, world: Any) -> None:
    trio = pytest.importorskip("trio")
    scenario = server.scenario([OVERLOADED, reset()])
    message = trio.run(acreate, holdoff.wrap(async_client_of(scenario)))
    assert message.stop_reason == "end_turn"
    assert scenario.sends == 3


def test_spend_limit_is_sent_once(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=SPEND_LIMIT)
    with pytest.raises(anthropic.RateLimitError) as caught:
        holdoff.wrap(client_of(scenario)).messages.create(**HELLO)
    assert scenario.sends == 1
    assert (caught.value.holdoff.reason, caught.value.holdoff.failure.kind) == ("not_retryable", "billing")


def test_client_faults_are_sent_once(server: FaultServer, world: Any) -> None:
    for status, kind in ((400, "invalid_request"), (401, "authentication"), (404, "not_found"), (413, "request_too_large")):
        scenario = server.scenario([], then=answer(status, {"type": "error", "error": {"type": "x", "message": "no"}}))
        with pytest.raises(anthropic.APIStatusError) as caught:
            holdoff.wrap(client_of(scenario)).messages.create(**HELLO)
        assert (scenario.sends, caught.value.status_code, caught.value.holdoff.failure.kind) == (1, status, kind)


def test_server_can_say_no(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=error(529, headers={"x-should-retry": "False"}))
    with pytest.raises(anthropic.OverloadedError) as caught:
        holdoff.wrap(client_of(scenario)).messages.create(**HELLO)
    assert (scenario.sends, caught.value.holdoff.reason) == (1, "server_said_no")


# --- waits and limits -------------------------------------------------------------------------------------------------


def test_instruction_is_a_floor(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([error(429, "rate_limit_error", headers={"retry-after": "7"})])
    holdoff.wrap(client_of(scenario)).messages.create(**HELLO)
    assert scenario.sends == 2
    assert 7.0 <= world.waits[0] <= 8.0


def test_a_wait_of_a_day_is_not_waited(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=error(429, "rate_limit_error", headers={"retry-after": "86400", "date": None}))
    with pytest.raises(anthropic.RateLimitError) as caught:
        holdoff.wrap(client_of(scenario)).messages.create(**HELLO)
    story = caught.value.holdoff
    assert (scenario.sends, story.reason, world.waits) == (1, "retry_after_too_long", [])
    assert story.retry_at == pytest.approx(world.clock.wall + 86_400, abs=1)


def test_a_long_wait_stops_within_fifty_milliseconds(server: FaultServer) -> None:
    scenario = server.scenario([ok()], then=error(429, "rate_limit_error", headers={"retry-after": "86400"}))
    client = holdoff.wrap(client_of(scenario))
    client.messages.create(**HELLO)  # loads what the SDK loads late, and opens the connection
    times = []
    for _ in range(5):
        began = time.perf_counter()
        with pytest.raises(anthropic.RateLimitError):
            client.messages.create(**HELLO)
        times.append(time.perf_counter() - began)
    assert min(times) < 0.05
    assert scenario.sends == 6


def test_deadline_stops_before_the_wait(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=error(429, "rate_limit_error", headers={"retry-after": "20"}))
    with pytest.raises(anthropic.RateLimitError) as caught:
        holdoff.wrap(client_of(scenario), max_elapsed=10).messages.create(**HELLO)
    assert (scenario.sends, caught.value.holdoff.reason, world.waits) == (1, "deadline_exceeded", [])


def test_async_hang_ends_at_the_deadline(server: FaultServer) -> None:
    scenario = server.scenario([], then=hang())
    client = holdoff.wrap(async_client_of(scenario), max_elapsed=0.5)

    async def call() -> tuple[float, Any]:
        async with client:
            began = time.monotonic()
            with pytest.raises(anthropic.APITimeoutError) as caught:
                await client.messages.create(**HELLO)
            return time.monotonic() - began, caught.value

    took, error_ = asyncio.run(call())
    assert 0.45 <= took < 10
    assert error_.holdoff.reason == "deadline_exceeded"
    assert error_.request.url.path.endswith("/v1/messages")
    assert error_.request.method == "POST"


def test_async_drip_ends_at_the_attempts_limit(server: FaultServer, world: Any) -> None:
    # Bytes keep coming, so no silence is as long as the limit: only cancellation ends it.
    scenario = server.scenario([ok(drip_ms=60, times=2)])
    client = holdoff.wrap(async_client_of(scenario), attempt_timeout=0.15, max_attempts=2)
    began = time.monotonic()
    with pytest.raises(anthropic.APITimeoutError) as caught:
        asyncio.run(acreate(client))
    assert time.monotonic() - began < 1.0
    assert (scenario.sends, caught.value.holdoff.reason) == (2, "attempts_exhausted")


def test_later_attempts_have_the_time_that_is_left(server: FaultServer) -> None:
    options: dict[str, Any] = {"max_elapsed": 0.6, "initial_delay": 0.3, "jitter": "none"}
    for call in (
        lambda scenario: holdoff.wrap(client_of(scenario), **options).messages.create(**HELLO),
        lambda scenario: asyncio.run(acreate(holdoff.wrap(async_client_of(scenario), **options))),
    ):
        scenario = server.scenario([OVERLOADED], then=hang())
        began = time.monotonic()
        with pytest.raises(anthropic.APITimeoutError) as caught:
            call(scenario)
        assert 0.55 <= time.monotonic() - began < 10
        assert (scenario.sends, caught.value.holdoff.reason) == (2, "deadline_exceeded")


def test_sync_hang_ends_by_silence(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([hang(times=2)])
    client = holdoff.wrap(client_of(scenario), attempt_timeout=0.1)
    assert client.messages.create(**HELLO).stop_reason == "end_turn"
    assert scenario.sends == 3
    assert [entry["headers"]["x-stainless-read-timeout"] for entry in scenario.log()] == ["0.1"] * 3


def test_the_least_time_out_counts(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([])
    timeouts = lambda: scenario.log()[-1]["headers"]["x-stainless-read-timeout"]  # noqa: E731
    client = holdoff.wrap(client_of(scenario), attempt_timeout=30)
    client.messages.create(**HELLO)
    assert float(timeouts()) == 30
    client.messages.create(**HELLO, timeout=5)
    assert float(timeouts()) == 5
    client.with_options(timeout=7).messages.create(**HELLO)
    assert float(timeouts()) == 7
    client.messages.create(**HELLO, timeout=httpx2.Timeout(60, connect=2))
    assert float(timeouts()) == 30
    holdoff.wrap(client, attempt_timeout=None, max_elapsed=20).messages.create(**HELLO)
    assert float(timeouts()) == 20


def test_trio_hang_ends_at_the_deadline(server: FaultServer) -> None:
    trio = pytest.importorskip("trio")
    scenario = server.scenario([], then=hang())
    began = time.monotonic()
    with pytest.raises(anthropic.APITimeoutError) as caught:
        trio.run(acreate, holdoff.wrap(async_client_of(scenario), max_elapsed=0.5))
    assert 0.45 <= time.monotonic() - began < 10
    assert caught.value.holdoff.reason == "deadline_exceeded"


def test_cancellation_passes_through(server: FaultServer) -> None:
    scenario = server.scenario([], then=error(529, headers={"retry-after": "30"}))

    async def call() -> float:
        async with holdoff.wrap(async_client_of(scenario)) as client:
            task = asyncio.ensure_future(client.messages.create(**HELLO))
            while scenario.sends == 0:  # noqa: ASYNC110 - the server is another process
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.05)
            began = time.monotonic()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return time.monotonic() - began

    assert asyncio.run(call()) < 10
    assert scenario.sends == 1


def test_cancel_event_ends_the_wait(server: FaultServer) -> None:
    scenario = server.scenario([], then=error(529, headers={"retry-after": "30"}))
    stop = threading.Event()
    client = holdoff.wrap(client_of(scenario), cancel=stop)
    threading.Timer(0.2, stop.set).start()
    began = time.monotonic()
    with pytest.raises(anthropic.OverloadedError) as caught:
        client.messages.create(**HELLO)
    assert time.monotonic() - began < 5.0
    assert (scenario.sends, caught.value.holdoff.reason) == (1, "cancelled")


# --- ambiguity --------------------------------------------------------------------------------------------------------


def test_a_batch_is_not_created_twice(server: FaultServer, world: Any) -> None:
    requests = [{"custom_id": "a", "params": HELLO}]
    scenario = server.scenario([], then=hang())
    client = holdoff.wrap(client_of(scenario, timeout=0.1))
    with pytest.raises(anthropic.APITimeoutError) as caught:
        client.messages.batches.create(requests=requests)
    assert (scenario.sends, caught.value.holdoff.reason) == (1, "maybe_processed")
    scenario.set([hang()])
    batch = holdoff.wrap(client, resend_ambiguous="always").messages.batches.create(requests=requests)
    assert (batch.type, scenario.sends) == ("message_batch", 2)
    # An answer says that nothing was done: that is sent again.
    scenario.set([OVERLOADED])
    assert client.messages.batches.create(requests=requests).type == "message_batch"
    assert scenario.sends == 2


def test_remote_tools_do_not_run_twice(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=hang())
    client = holdoff.wrap(client_of(scenario, timeout=0.1))
    servers = [{"type": "url", "url": "https://example.com/mcp", "name": "example"}]
    with pytest.raises(anthropic.APITimeoutError) as caught:
        client.beta.messages.create(**HELLO, mcp_servers=servers)
    assert (scenario.sends, caught.value.holdoff.reason) == (1, "maybe_processed")
    scenario.set([hang()])
    assert client.messages.create(**HELLO).stop_reason == "end_turn"  # without them it is sent again
    assert scenario.sends == 2


@pytest.mark.parametrize("where", ["before_headers", "after_headers", "mid_body"])
def test_resets_are_sent_again(server: FaultServer, world: Any, where: str) -> None:
    scenario = server.scenario([reset(where), reset(where)])
    assert holdoff.wrap(client_of(scenario)).messages.create(**HELLO).stop_reason == "end_turn"
    assert scenario.sends == 3


def test_a_connection_that_is_refused(world: Any) -> None:
    client = anthropic.Anthropic(api_key="sk-test", base_url="http://127.0.0.1:9")
    with pytest.raises(anthropic.APIConnectionError) as caught:
        holdoff.wrap(client, max_attempts=3).messages.create(**HELLO)
    story = caught.value.holdoff
    assert (story.attempts, story.failure.kind, story.failure.maybe_processed) == (3, "connection", False)


# --- credentials ------------------------------------------------------------------------------------------------------


def test_a_revoked_token_is_fetched_afresh(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([error(401, "authentication_error")])
    tokens = Tokens()
    client = anthropic.Anthropic(credentials=tokens, base_url=scenario.base_url)
    assert holdoff.wrap(client).messages.create(**HELLO).stop_reason == "end_turn"
    assert (scenario.sends, tokens.asked, world.waits) == (2, [False, True], [])
    assert counts(scenario) == ["0", "1"]


def test_a_token_is_fetched_afresh_once(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=error(401, "authentication_error"))
    client = anthropic.Anthropic(credentials=Tokens(), base_url=scenario.base_url)
    with pytest.raises(anthropic.AuthenticationError) as caught:
        holdoff.wrap(client).messages.create(**HELLO)
    assert (scenario.sends, caught.value.holdoff.reason) == (2, "not_retryable")


def test_async_token_and_overload_in_one_call(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED, error(401, "authentication_error"), OVERLOADED])
    client = anthropic.AsyncAnthropic(credentials=Tokens(), base_url=scenario.base_url)
    assert asyncio.run(acreate(holdoff.wrap(client))).stop_reason == "end_turn"
    assert scenario.sends == 4
    assert len(world.waits) == 2
    assert counts(scenario) == ["0", "1", "2", "3"]


# --- the story --------------------------------------------------------------------------------------------------------


def test_the_error_is_the_sdks_own_and_can_be_pickled(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    with pytest.raises(anthropic.OverloadedError) as caught:
        holdoff.wrap(client_of(scenario), max_attempts=2).messages.create(**HELLO)
    failed = caught.value
    assert type(failed) is anthropic.OverloadedError
    assert (failed.status_code, failed.type, failed.response.status_code) == (529, "overloaded_error", 529)
    assert failed.request_id == failed.response.headers["request-id"] == failed.holdoff.failure.request_id
    assert failed.__cause__ is None
    assert failed.__context__ is None
    assert [note for note in failed.__notes__ if note.startswith("holdoff:")] == failed.__notes__
    copied = pickle.loads(pickle.dumps(failed))  # noqa: S301
    assert type(copied) is anthropic.OverloadedError
    assert (copied.holdoff.attempts, copied.holdoff.waits) == (2, failed.holdoff.waits)
    assert str(copied.holdoff) == str(failed.holdoff)


def test_the_key_is_nowhere_in_the_story(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=error(401, "authentication_error"))
    client = anthropic.Anthropic(api_key="sk-ant-api03-very-secret", base_url=scenario.base_url)
    with pytest.raises(anthropic.AuthenticationError) as caught:
        holdoff.wrap(client).messages.create(**HELLO)
    story = caught.value.holdoff
    for text in (str(story), repr(story), story.explain(), *caught.value.__notes__):
        assert "secret" not in text


def test_a_caller_above_can_retry_without_multiplying(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    client = holdoff.wrap(client_of(scenario), max_attempts=3)

    @holdoff.retry
    def ask() -> Any:
        return client.messages.create(**HELLO)

    with pytest.raises(anthropic.OverloadedError) as caught:
        ask()
    assert (scenario.sends, caught.value.holdoff.attempts) == (3, 3)

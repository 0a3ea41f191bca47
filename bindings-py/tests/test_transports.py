"""The transports, under httpx2 and httpx, by themselves and under an SDK whose own loop is on."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import gzip
import io
import json
import time
import weakref
from base64 import b64encode
from types import ModuleType
from typing import Any

import httpx
import httpx2
import pytest

import holdoff
import holdoff.httpx
import holdoff.httpx2
from faultserver import FaultServer, answer, error, hang, message_events, ok, reset, sse, truncate

BODY = json.dumps({"model": "m", "max_tokens": 1, "messages": [{"role": "user", "content": "hi"}]}).encode()
HEADERS = {"content-type": "application/json", "accept": "application/json"}
OVERLOADED = error(529)
BOTH = [pytest.param(httpx2, holdoff.httpx2, id="httpx2"), pytest.param(httpx, holdoff.httpx, id="httpx")]

anthropic = pytest.importorskip("anthropic")


def client_of(lib: ModuleType, ours: Any, **options: Any) -> Any:
    return lib.Client(transport=ours.RetryTransport(lib.HTTPTransport(), **options))


def post(client: Any, scenario: Any, **kwargs: Any) -> Any:
    return client.post(f"{scenario.base_url}/v1/messages", **{"content": BODY, "headers": HEADERS, **kwargs})


def apost(lib: ModuleType, ours: Any, scenario: Any, *, options: Any = None, **kwargs: Any) -> Any:
    """One call through the asynchronous transport; the response, read."""

    async def call() -> Any:
        async with lib.AsyncClient(transport=ours.AsyncRetryTransport(lib.AsyncHTTPTransport(), **(options or {}))) as client:
            return await post(client, scenario, **kwargs)

    return call


# --- the loop ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lib", "ours"), BOTH)
def test_succeeds_after_failures(server: FaultServer, world: Any, lib: ModuleType, ours: Any) -> None:
    scenario = server.scenario([OVERLOADED, reset(), error(429, "rate_limit_error", headers={"retry-after": "2"})])
    with client_of(lib, ours) as client:
        response = post(client, scenario)
    assert (response.status_code, response.json()["stop_reason"], scenario.sends) == (200, "end_turn", 4)
    assert "x-holdoff" not in response.headers
    assert [entry["body"] for entry in scenario.log()] == [json.loads(BODY)] * 4
    assert world.waits[2] >= 2.0
    scenario.set([OVERLOADED, reset()])
    assert asyncio.run(apost(lib, ours, scenario)()).json()["stop_reason"] == "end_turn"
    assert scenario.sends == 3


@pytest.mark.parametrize(("lib", "ours"), BOTH)
def test_works_under_trio(server: FaultServer, world: Any, lib: ModuleType, ours: Any) -> None:
    trio = pytest.importorskip("trio")
    scenario = server.scenario([OVERLOADED, reset()])
    assert trio.run(apost(lib, ours, scenario)).status_code == 200
    assert scenario.sends == 3


@pytest.mark.parametrize(("lib", "ours"), BOTH)
def test_the_last_response_is_handed_back(server: FaultServer, world: Any, lib: ModuleType, ours: Any) -> None:
    last = error(529, message="the last one", headers={"x-should-retry": "true", "x-a": "b"})
    for call in (
        lambda scenario: post(client_of(lib, ours, max_attempts=3), scenario),
        lambda scenario: asyncio.run(apost(lib, ours, scenario, options={"max_attempts": 3})()),
    ):
        scenario = server.scenario([OVERLOADED, OVERLOADED], then=last)
        response = call(scenario)
        assert (response.status_code, response.headers["x-a"], scenario.sends) == (529, "b", 3)
        assert response.json()["error"]["message"] == "the last one"
        assert int(response.headers["content-length"]) == len(response.content)
        assert response.headers["x-should-retry"] == "false"
        assert response.headers["x-holdoff"] == "attempts=3;reason=attempts_exhausted"
        story = response.extensions["holdoff"]
        assert (story.attempts, story.reason, story.failure.kind, len(story.waits)) == (3, "attempts_exhausted", "overloaded", 2)


@pytest.mark.parametrize(("lib", "ours"), BOTH)
def test_the_last_exception_is_raised(server: FaultServer, world: Any, lib: ModuleType, ours: Any) -> None:
    scenario = server.scenario([], then=reset())
    with pytest.raises(lib.ReadError) as caught:
        post(client_of(lib, ours, max_attempts=3), scenario)
    assert (scenario.sends, caught.value.holdoff.attempts, caught.value.holdoff.failure.kind) == (3, 3, "connection")
    assert caught.value.request.method == "POST"
    scenario.set([], then=reset())
    with pytest.raises(lib.ReadError) as caught:
        asyncio.run(apost(lib, ours, scenario, options={"max_attempts": 2})())
    assert (scenario.sends, caught.value.holdoff.attempts) == (2, 2)


@pytest.mark.parametrize(("lib", "ours"), BOTH)
def test_a_failure_of_the_callers_own_is_sent_once(server: FaultServer, world: Any, lib: ModuleType, ours: Any) -> None:
    scenario = server.scenario([], then=error(400, "invalid_request_error"))
    response = post(client_of(lib, ours), scenario)
    assert (response.status_code, scenario.sends) == (400, 1)
    assert response.headers["x-holdoff"] == "attempts=1;reason=not_retryable"


def test_redirects_are_no_failures(server: FaultServer, world: Any) -> None:
    target = server.scenario([OVERLOADED])
    scenario = server.scenario([answer(307, headers={"location": f"{target.base_url}/v1/messages"})])
    response = post(client_of(httpx2, holdoff.httpx2, attempt_timeout=5), scenario, follow_redirects=True)
    assert (response.status_code, scenario.sends, target.sends) == (200, 1, 2)
    response = post(client_of(httpx2, holdoff.httpx2), server.scenario([answer(304)]))
    assert (response.status_code, "x-holdoff" in response.headers) == (304, False)


def test_a_batch_is_not_created_twice(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=hang())
    client = client_of(httpx2, holdoff.httpx2, attempt_timeout=0.1)
    with pytest.raises(httpx2.ReadTimeout) as caught:
        client.post(f"{scenario.base_url}/v1/messages/batches", content=b"{}")
    failed: Any = caught.value
    assert (scenario.sends, failed.holdoff.reason) == (1, "maybe_processed")


@pytest.mark.parametrize(
    ("body", "sends"),
    [
        ({"container": "container_1"}, 1),
        ({"mcp_servers": [{"type": "url"}]}, 1),
        ({"mcp_servers": []}, 2),
        ({"tools": [{"input_schema": {"properties": {"container": {}}}}]}, 2),
        ({"messages": [{"role": "user", "content": 'what is "container"?'}]}, 2),
    ],
)
def test_remote_tools_do_not_run_twice(server: FaultServer, world: Any, body: Any, sends: int) -> None:
    scenario = server.scenario([hang()])
    client = client_of(httpx2, holdoff.httpx2, attempt_timeout=0.1)
    with contextlib.suppress(httpx2.ReadTimeout):
        client.post(f"{scenario.base_url}/v1/messages", json=body)
    assert scenario.sends == sends


def test_events_and_verdicts(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED], then=error(400))
    events: list[Any] = []
    client = client_of(httpx2, holdoff.httpx2, on_event=events.append, classify=lambda failure: failure.status == 529)
    assert post(client, scenario).status_code == 400
    assert [(event.type, event.attempt) for event in events] == [("wait", 1), ("stop", 2)]


def test_wrong_transports_are_refused() -> None:
    with pytest.raises(TypeError, match="handle_request"):
        holdoff.httpx2.RetryTransport(httpx2.AsyncHTTPTransport())
    with pytest.raises(TypeError, match="handle_async_request"):
        holdoff.httpx2.AsyncRetryTransport(httpx2.HTTPTransport())
    with pytest.raises(ValueError, match="max_attempts"):
        holdoff.httpx2.RetryTransport(max_attempts=0)


def test_closing_closes_the_inner_one() -> None:
    closed: list[str] = []

    class Inner(httpx2.BaseTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            return httpx2.Response(200)

        def close(self) -> None:
            closed.append("closed")

    with httpx2.Client(transport=holdoff.httpx2.RetryTransport(Inner())) as client:
        assert client.get("http://x/").status_code == 200
    assert closed == ["closed"]


# --- bodies -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lib", "ours"), BOTH)
def test_bodies_come_back_whole(server: FaultServer, world: Any, lib: ModuleType, ours: Any) -> None:
    text = json.dumps({"type": "error", "error": {"type": "overloaded_error", "message": "é" * 300}})
    packed = b64encode(gzip.compress(text.encode())).decode()
    gzipped = {"status": 529, "body_base64": packed, "headers": {"content-encoding": "gzip", "content-type": "application/json"}}
    for step, length in (
        (gzipped, len(text)),
        (answer(529, "x" * 300_000), 300_000),  # longer than what is read to diagnose it
        (answer(529, ""), 0),
    ):
        scenario = server.scenario([], then=step)
        for stream in (False, True):
            client = client_of(lib, ours, max_attempts=2)
            request = client.build_request("POST", f"{scenario.base_url}/v1/messages", content=BODY, headers=HEADERS)
            response = client.send(request, stream=stream)
            assert len(response.read().decode()) == length
            response.close()
            assert len(client._transport._inner._pool.connections) == 1
        response = asyncio.run(apost(lib, ours, scenario, options={"max_attempts": 2})())
        assert len(response.text) == length
    assert response.extensions["holdoff"].failures[0].kind == "overloaded"


@pytest.mark.parametrize(("lib", "ours"), BOTH)
def test_a_failed_response_can_be_read_raw(server: FaultServer, world: Any, lib: ModuleType, ours: Any) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    with client_of(lib, ours, max_attempts=2).stream("POST", f"{scenario.base_url}/v1/messages", content=BODY) as response:
        assert b"overloaded_error" in b"".join(response.iter_raw())


@pytest.mark.parametrize(("lib", "ours"), BOTH)
def test_a_failed_response_that_breaks_off(server: FaultServer, world: Any, lib: ModuleType, ours: Any) -> None:
    body = {"error": {"type": "overloaded_error", "message": "x" * 50}}
    scenario = server.scenario([], then=truncate(20, status=529, body=body))
    with client_of(lib, ours, max_attempts=2).stream("POST", f"{scenario.base_url}/v1/messages", content=BODY) as response:
        assert (response.status_code, scenario.sends) == (529, 2)
        with pytest.raises(lib.RemoteProtocolError):
            response.read()


@pytest.mark.parametrize(("lib", "ours"), BOTH)
def test_an_iterator_is_sent_once(server: FaultServer, world: Any, lib: ModuleType, ours: Any) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    response = post(client_of(lib, ours), scenario, content=(part for part in (b"a", b"b")))
    assert (response.status_code, scenario.sends) == (529, 1)
    assert response.headers["x-should-retry"] == "false"
    assert response.headers["x-holdoff"] == "attempts=1;reason=attempts_exhausted;body=once"

    async def parts() -> Any:
        yield b"a"

    scenario.set([], then=reset())
    with pytest.raises(lib.ReadError) as caught:
        asyncio.run(apost(lib, ours, scenario, content=parts())())
    assert scenario.sends == 1
    assert any("cannot be read a second time" in note for note in caught.value.__notes__)


@pytest.mark.parametrize(("lib", "ours"), BOTH)
def test_files_are_sent_whole_each_time(server: FaultServer, world: Any, lib: ModuleType, ours: Any) -> None:
    scenario = server.scenario([OVERLOADED])
    post(client_of(lib, ours), scenario, content=io.BytesIO(b"x" * 1000))
    assert [entry["body_len"] for entry in scenario.log()] == [1000, 1000]
    scenario.set([OVERLOADED])
    post(client_of(lib, ours), scenario, content=None, headers={}, files={"f": io.BytesIO(b"x" * 1000)}, data={"a": "b"})
    first, second = scenario.log()
    assert first["body_len"] == second["body_len"] > 1000
    scenario.set([OVERLOADED])
    post(client_of(lib, ours), scenario, content=[b"ab", b"cd"])
    assert [entry["body_len"] for entry in scenario.log()] == [4, 4]


def test_nothing_is_left_for_the_collector(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED, reset()], then=reset())
    client = client_of(httpx2, holdoff.httpx2, max_attempts=3)
    gc.collect()
    gc.disable()
    try:
        with pytest.raises(httpx2.ReadError) as caught:
            post(client, scenario)
        error_ = weakref.ref(caught.value)
        del caught
    finally:
        gc.enable()
    assert error_() is None


@pytest.mark.parametrize("limit", [100, 100_000])
def test_the_pool_stays_flat(server: FaultServer, world: Any, limit: int) -> None:
    # Bodies longer than what is read cost their connection, and no more than that.
    scenario = server.scenario([answer(529, "x" * limit, times=100)])
    client = client_of(httpx2, holdoff.httpx2, max_attempts=101)
    assert post(client, scenario).status_code == 200
    assert scenario.sends == 101
    assert len(client._transport._inner._pool.connections) == 1
    assert (len({entry["connection"] for entry in scenario.log()}) == 1) is (limit == 100)


def test_a_stream_is_not_read_before_its_time(server: FaultServer, world: Any) -> None:
    first, second, *rest = message_events()
    scenario = server.scenario([OVERLOADED, sse([first, {**second, "delay_ms": 1_500}, *rest])])
    began = time.monotonic()
    with client_of(httpx2, holdoff.httpx2).stream("POST", f"{scenario.base_url}/v1/messages", content=BODY) as response:
        lines = response.iter_lines()
        assert next(lines) == "event: message_start"
        assert time.monotonic() - began < 1.5
        assert "event: message_stop" in list(lines)


# --- time limits ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lib", "ours"), BOTH)
def test_async_hang_ends_at_the_deadline(server: FaultServer, lib: ModuleType, ours: Any) -> None:
    scenario = server.scenario([], then=hang())
    began = time.monotonic()
    with pytest.raises(lib.ReadTimeout) as caught:
        asyncio.run(apost(lib, ours, scenario, options={"max_elapsed": 0.5}, timeout=30)())
    assert 0.45 <= time.monotonic() - began < 10
    assert caught.value.holdoff.reason == "deadline_exceeded"
    assert caught.value.request.url.path.endswith("/v1/messages")


@pytest.mark.parametrize(("lib", "ours"), BOTH)
def test_later_attempts_have_the_time_that_is_left(server: FaultServer, lib: ModuleType, ours: Any) -> None:
    options: dict[str, Any] = {"max_elapsed": 0.6, "initial_delay": 0.3, "jitter": "none"}
    for call in (
        lambda scenario: post(client_of(lib, ours, **options), scenario, timeout=30),
        lambda scenario: asyncio.run(apost(lib, ours, scenario, options=options, timeout=30)()),
    ):
        scenario = server.scenario([OVERLOADED], then=hang())
        began = time.monotonic()
        with pytest.raises(lib.ReadTimeout) as caught:
            call(scenario)
        assert 0.55 <= time.monotonic() - began < 10
        assert (scenario.sends, caught.value.holdoff.reason) == (2, "deadline_exceeded")


@pytest.mark.parametrize(("lib", "ours"), BOTH)
def test_sync_hang_ends_by_silence(server: FaultServer, world: Any, lib: ModuleType, ours: Any) -> None:
    scenario = server.scenario([hang(times=2)])
    client = client_of(lib, ours, attempt_timeout=0.1)
    request = client.build_request("POST", f"{scenario.base_url}/v1/messages", content=BODY, timeout=30)
    assert client.send(request).status_code == 200
    assert scenario.sends == 3
    assert request.extensions["timeout"]["read"] == 30  # the caller's request is as it was


# --- under an SDK whose own loop is on --------------------------------------------------------------------------------

HELLO: dict[str, Any] = {"model": "claude-opus-5", "max_tokens": 16, "messages": [{"role": "user", "content": "hi"}]}


def sdk(scenario: Any, **options: Any) -> Any:
    http = httpx2.Client(transport=holdoff.httpx2.RetryTransport(**options))
    return anthropic.Anthropic(api_key="k", base_url=scenario.base_url, http_client=http, max_retries=3)


@pytest.fixture
def no_sdk_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)


@pytest.mark.usefixtures("no_sdk_waits")
def test_sends_are_attempts_under_an_sdk(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    with pytest.raises(anthropic.OverloadedError) as caught:
        sdk(scenario, max_attempts=4).messages.create(**HELLO)
    assert scenario.sends == 4
    assert caught.value.response.extensions["holdoff"].attempts == 4


@pytest.mark.usefixtures("no_sdk_waits")
def test_exceptions_do_not_multiply_under_an_sdk(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=reset())
    client = sdk(scenario, max_attempts=4)
    with pytest.raises(anthropic.APIConnectionError) as caught:
        client.messages.create(**HELLO)
    assert scenario.sends == 4
    assert caught.value.__cause__.holdoff.attempts == 4
    # The next call starts from nothing.
    scenario.set([reset(), OVERLOADED])
    assert client.messages.create(**HELLO).stop_reason == "end_turn"
    assert scenario.sends == 3


def test_exceptions_do_not_multiply_under_an_async_sdk(server: FaultServer, world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = server.scenario([], then=reset())
    sleep = asyncio.sleep

    async def soon(seconds: float) -> None:
        await sleep(0)

    async def call() -> Any:
        http = httpx2.AsyncClient(transport=holdoff.httpx2.AsyncRetryTransport(max_attempts=3))
        async with anthropic.AsyncAnthropic(api_key="k", base_url=scenario.base_url, http_client=http, max_retries=3) as client:
            monkeypatch.setattr("anyio.sleep", soon)
            return await client.messages.create(**HELLO)

    with pytest.raises(anthropic.APIConnectionError) as caught:
        asyncio.run(call())
    assert (scenario.sends, caught.value.__cause__.holdoff.attempts) == (3, 3)


@pytest.mark.usefixtures("no_sdk_waits")
def test_a_body_that_breaks_is_the_sdks(server: FaultServer, world: Any) -> None:
    # The SDK reads the body of a success: what breaks there, the transport never sees.
    scenario = server.scenario([ok(reset="mid_body"), OVERLOADED])
    assert sdk(scenario).messages.create(**HELLO).stop_reason == "end_turn"
    assert scenario.sends == 3


@pytest.mark.usefixtures("no_sdk_waits")
def test_a_fresh_token_gets_what_is_left_of_the_attempts(server: FaultServer, world: Any) -> None:
    from anthropic.lib.credentials import AccessToken

    tokens: list[bool] = []

    def provider(*, force_refresh: bool = False) -> AccessToken:
        tokens.append(force_refresh)
        return AccessToken(token="t", expires_at=int(time.time()) + 3600)

    scenario = server.scenario([error(401, "authentication_error")], then=OVERLOADED)
    http = httpx2.Client(transport=holdoff.httpx2.RetryTransport(max_attempts=4))
    client = anthropic.Anthropic(credentials=provider, base_url=scenario.base_url, http_client=http, max_retries=3)
    with pytest.raises(anthropic.OverloadedError):
        client.messages.create(**HELLO)
    assert (scenario.sends, tokens) == (4, [False, True])


def test_wrap_over_a_transport(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    with pytest.raises(anthropic.OverloadedError) as caught:
        holdoff.wrap(sdk(scenario, max_attempts=3)).messages.create(**HELLO)
    assert (scenario.sends, caught.value.holdoff.attempts, caught.value.holdoff.reason) == (3, 3, "attempts_exhausted")
    scenario.set([], then=reset())
    with pytest.raises(anthropic.APIConnectionError) as caught:
        holdoff.wrap(sdk(scenario, max_attempts=3)).messages.create(**HELLO)
    assert (scenario.sends, caught.value.holdoff.attempts) == (3, 3)
    assert len(world.waits) == 4  # the transport's: none of the wrapper's


# --- failures that say 200 --------------------------------------------------------------------------------------------

WRONG = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
FOREIGN = {"request-id": None}


@pytest.mark.parametrize(("lib", "ours"), BOTH)
def test_an_error_that_says_200(server: FaultServer, world: Any, lib: ModuleType, ours: Any) -> None:
    scenario = server.scenario([answer(200, WRONG, FOREIGN)])
    assert post(client_of(lib, ours), scenario).json()["type"] == "message"
    assert scenario.sends == 2
    scenario.set([], then=answer(200, WRONG, FOREIGN))
    response = asyncio.run(apost(lib, ours, scenario, options={"max_attempts": 2})())
    assert (response.status_code, response.json(), scenario.sends) == (200, WRONG, 2)
    assert response.extensions["holdoff"].failure.kind == "overloaded"


def test_a_page_that_says_200(server: FaultServer, world: Any) -> None:
    page = "<html><title>Sign in</title></html>"
    scenario = server.scenario([], then=answer(200, page, FOREIGN))
    response = post(client_of(httpx2, holdoff.httpx2, max_attempts=2), scenario)
    assert response.text == page
    assert "x-holdoff" in response.headers
    # Who does not ask for data may be given a page.
    sends = scenario.sends
    assert "x-holdoff" not in post(client_of(httpx2, holdoff.httpx2), scenario, headers={"accept": "*/*"}).headers
    assert scenario.sends == sends + 1


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ({"id": "resp_1", "error": {"code": "server_error"}}, FOREIGN),  # an answer that reports a failure of its own
        ({"id": "x", "error": None}, FOREIGN),
        (WRONG, {"request-id": "req_1"}),  # the API itself said so
        ({**WRONG, "filler": "x" * 3000}, FOREIGN),  # too long to look into on the way
        ({"data": ["an error"]}, FOREIGN),
        ("some transcript", FOREIGN),
    ],
)
def test_what_is_taken_for_an_answer(server: FaultServer, world: Any, body: Any, headers: Any) -> None:
    scenario = server.scenario([answer(200, body, headers)])
    response = post(client_of(httpx2, holdoff.httpx2), scenario)
    assert (scenario.sends, "x-holdoff" in response.headers) == (1, False)
    assert (response.text if isinstance(body, str) else response.json()) == body


def test_a_gateways_short_answer_is_left_alone(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([ok(FOREIGN)])
    response = post(client_of(httpx2, holdoff.httpx2), scenario)
    assert response.json()["stop_reason"] == "end_turn"
    assert (scenario.sends, response.headers["content-length"]) == (1, str(len(response.content)))

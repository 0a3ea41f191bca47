"""`wrap` on the Anthropic SDK: where it sits, and that it stays there."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from anthropic_sdk import HELLO, OVERLOADED, Tokens, acreate, anthropic, async_client_of, client_of, counts

import holdoff
from faultserver import FaultServer, answer, error, hang, reset

# --- the SDK's own loop -----------------------------------------------------------------------------------------------


def _loop_by_options(client: Any) -> Any:
    return client.with_options(max_retries=5)


def _loop_by_attribute(client: Any) -> Any:
    client.max_retries = 5
    return client


@pytest.mark.parametrize("turn_on", [_loop_by_options, _loop_by_attribute])
@pytest.mark.parametrize("fault", [OVERLOADED, reset(), error(529, headers={"x-should-retry": "true"})])
def test_the_sdk_loop_stays_silent(server: FaultServer, world: Any, turn_on: Any, fault: Any) -> None:
    scenario = server.scenario([], then=fault)
    client = turn_on(holdoff.wrap(client_of(scenario), max_attempts=3))
    began = time.monotonic()
    with pytest.raises(anthropic.APIError) as caught:
        client.messages.create(**HELLO)
    assert (scenario.sends, caught.value.holdoff.attempts) == (3, 3)
    assert time.monotonic() - began < 0.4  # the SDK's first wait would be longer
    expected = anthropic.APIConnectionError if "reset" in fault else anthropic.OverloadedError
    assert type(caught.value) is expected


@pytest.mark.parametrize("fault", [OVERLOADED, reset()])
def test_the_async_sdk_loop_stays_silent(server: FaultServer, world: Any, fault: Any) -> None:
    scenario = server.scenario([], then=fault)
    client = _loop_by_attribute(holdoff.wrap(async_client_of(scenario), max_attempts=3))
    with pytest.raises(anthropic.APIError) as caught:
        asyncio.run(acreate(client))
    assert (scenario.sends, caught.value.holdoff.attempts) == (3, 3)


def test_the_loop_of_one_request_stays_silent(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    client = holdoff.wrap(client_of(scenario), max_attempts=2)
    with pytest.raises(anthropic.OverloadedError) as caught:
        client.post("/v1/messages", cast_to=object, body=HELLO, options={"max_retries": 4})
    assert (scenario.sends, caught.value.holdoff.attempts) == (2, 2)


# --- the client that comes back ---------------------------------------------------------------------------------------


def test_same_class_and_the_original_is_untouched(server: FaultServer) -> None:
    client = anthropic.Anthropic(api_key="sk-test", max_retries=7)
    wrapped = holdoff.wrap(client)
    assert type(wrapped) is anthropic.Anthropic
    assert wrapped is not client
    assert (client.max_retries, client.middleware) == (7, ())
    assert wrapped._client is client._client


def test_wrapping_twice_does_nothing() -> None:
    wrapped = holdoff.wrap(anthropic.Anthropic(api_key="sk-test"), max_attempts=3)
    assert holdoff.wrap(wrapped) is wrapped
    assert holdoff.wrap(wrapped, holdoff.Policy(max_attempts=3)) is wrapped
    assert holdoff.wrap(wrapped, max_attempts=3) is wrapped


def test_a_new_policy_replaces_the_old(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    events: list[Any] = []
    first = holdoff.wrap(client_of(scenario), max_attempts=3, on_event=events.append)
    second = holdoff.wrap(first, max_attempts=2)
    with pytest.raises(anthropic.OverloadedError):
        second.messages.create(**HELLO)
    assert scenario.sends == 2
    assert [event.type for event in events] == ["wait", "stop"]  # what is not given stays
    with pytest.raises(anthropic.OverloadedError):
        first.messages.create(**HELLO)
    assert scenario.sends == 2 + 3
    assert len(second.middleware) == 1


@pytest.mark.parametrize("derive", ["with_options", "copy"])
def test_copies_keep_the_policy(server: FaultServer, world: Any, derive: str) -> None:
    scenario = server.scenario([], then=OVERLOADED)
    client = getattr(holdoff.wrap(client_of(scenario), max_attempts=2), derive)(timeout=3)
    for each in (client, client.with_options(default_headers={"x-a": "b"}), client.with_options(middleware=[])):
        scenario.set([], then=OVERLOADED)
        with pytest.raises(anthropic.OverloadedError) as caught:
            each.messages.create(**HELLO)
        assert (scenario.sends, caught.value.holdoff.attempts) == (2, 2)
        assert holdoff.wrap(each) is each
    assert client.timeout == 3


def test_the_users_middleware_sees_each_attempt(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED, OVERLOADED])
    seen: list[tuple[int, int]] = []

    def middleware(request: Any, call_next: Any) -> Any:
        response = call_next(request)
        seen.append((request.retries_taken, response.status_code))
        return response

    client = holdoff.wrap(client_of(scenario, middleware=[middleware]))
    client.messages.create(**HELLO)
    assert seen == [(0, 529), (1, 529), (2, 200)]
    later = holdoff.wrap(client_of(scenario)).with_middleware(middleware)
    scenario.set([OVERLOADED])
    later.messages.create(**HELLO)
    assert seen[3:] == [(0, 529), (1, 200)]


def test_middleware_can_ask_for_another_attempt(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([])
    left = [2]

    def middleware(request: Any, call_next: Any) -> Any:
        response = call_next(request)
        if left[0]:
            left[0] -= 1
            raise ValueError("not good enough") from anthropic.RetryableError("again")
        return response

    holdoff.wrap(client_of(scenario, middleware=[middleware])).messages.create(**HELLO)
    assert scenario.sends == 3


def test_middleware_errors_are_not_retried(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([])

    def middleware(request: Any, call_next: Any) -> Any:
        call_next(request)
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        holdoff.wrap(client_of(scenario, middleware=[middleware])).messages.create(**HELLO)
    assert scenario.sends == 1


def test_middleware_can_answer_by_itself(server: FaultServer) -> None:
    scenario = server.scenario([])
    client = holdoff.wrap(client_of(scenario, middleware=[lambda request, call_next: "cached"]))
    assert client.messages.create(**HELLO) == "cached"
    assert scenario.sends == 0


def test_classify_overrules(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=answer(418, {"error": {"type": "teapot", "message": "short and stout"}}))
    teapot = lambda failure: 0.5 if failure.status == 418 else None  # noqa: E731
    client = holdoff.wrap(client_of(scenario), classify=teapot, max_attempts=3, jitter="none")
    with pytest.raises(anthropic.APIStatusError):
        client.messages.create(**HELLO)
    assert (scenario.sends, world.waits) == (3, [0.5, 0.5])


@pytest.mark.parametrize("what", [None, "client", anthropic, object(), anthropic.Anthropic])
def test_other_things_are_refused(what: object) -> None:
    with pytest.raises(TypeError, match="client of the anthropic or openai package"):
        holdoff.wrap(what)


def test_a_bad_policy_is_refused_before_the_call() -> None:
    with pytest.raises(ValueError, match="max_attempts"):
        holdoff.wrap(anthropic.Anthropic(api_key="sk-test"), max_attempts=0)


# --- other clients of the SDK -----------------------------------------------------------------------------------------


def _others(base_url: str) -> list[Any]:
    return [
        anthropic.AnthropicBedrock(api_key="k", aws_region="us-east-1", base_url=base_url),
        anthropic.AnthropicBedrock(aws_access_key="AKIA", aws_secret_key="s", aws_region="us-east-1", base_url=base_url),
        anthropic.AnthropicVertex(region="us-east5", project_id="p", access_token="t", base_url=base_url),
        anthropic.AnthropicFoundry(api_key="k", base_url=base_url),
        anthropic.AnthropicBedrockMantle(api_key="k", aws_region="us-east-1", base_url=base_url),
        anthropic.AnthropicAWS(api_key="k", workspace_id="w", aws_region="us-east-1", base_url=base_url),
        anthropic.AnthropicGoogleCloud(token_provider=lambda: "t", workspace_id="w", base_url=base_url),
    ]


@pytest.mark.parametrize("which", range(7))
@pytest.mark.parametrize("stream", [False, True])
def test_other_clients(server: FaultServer, world: Any, which: int, stream: bool) -> None:
    if which == 1:
        pytest.importorskip("boto3")
    if which == 0 and stream:
        pytest.importorskip("botocore")  # Bedrock's streams are read with it
    scenario = server.scenario([OVERLOADED, reset()])
    client = holdoff.wrap(_others(scenario.base_url)[which])
    assert type(client) is type(_others(scenario.base_url)[which])
    result = client.messages.create(**HELLO, stream=stream)
    assert "message_stop" in [event.type for event in result] if stream else result.stop_reason == "end_turn"
    assert scenario.sends == 3
    scenario.set([], then=OVERLOADED)
    with pytest.raises(anthropic.OverloadedError) as caught:
        client.with_options(max_retries=4).messages.create(**HELLO)
    assert (scenario.sends, caught.value.holdoff.attempts) == (6, 6)
    assert counts(scenario) == ["0", "1", "2", "3", "4", "5"]


def test_other_async_clients(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED] * 9)
    url = scenario.base_url
    for client in (
        anthropic.AsyncAnthropicBedrock(api_key="k", aws_region="us-east-1", base_url=url),
        anthropic.AsyncAnthropicVertex(region="us-east5", project_id="p", access_token="t", base_url=url),
        anthropic.AsyncAnthropicFoundry(api_key="k", base_url=url),
    ):
        scenario.set([OVERLOADED])
        assert asyncio.run(acreate(holdoff.wrap(client))).stop_reason == "end_turn"
        assert scenario.sends == 2


# --- SDKs before 0.110, which have no middleware ----------------------------------------------------------------------


@pytest.fixture
def no_middleware(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hides the middleware of the SDK's clients, so that they get the other seat."""
    from anthropic._base_client import BaseClient

    monkeypatch.delattr(BaseClient, "middleware")


@pytest.mark.usefixtures("no_middleware")
def test_without_middleware(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([OVERLOADED, reset()])
    client = holdoff.wrap(client_of(scenario), max_attempts=3)
    assert client._middleware == ()
    assert client.messages.create(**HELLO).stop_reason == "end_turn"
    assert counts(scenario) == ["0", "1", "2"]
    scenario.set([], then=OVERLOADED)
    with pytest.raises(anthropic.OverloadedError) as caught:
        client.with_options(max_retries=5).messages.create(**HELLO)
    assert (scenario.sends, caught.value.holdoff.attempts) == (3, 3)
    scenario.set([OVERLOADED])
    with client.messages.stream(**HELLO) as stream:
        assert stream.get_final_text() == "Hello from the fault server."
    assert holdoff.wrap(client) is client


@pytest.mark.usefixtures("no_middleware")
def test_without_middleware_async(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([error(401, "authentication_error"), OVERLOADED])
    client = anthropic.AsyncAnthropic(credentials=Tokens(), base_url=scenario.base_url)
    assert asyncio.run(acreate(holdoff.wrap(client))).stop_reason == "end_turn"
    assert (scenario.sends, len(world.waits)) == (3, 1)
    scenario.set([], then=hang())
    began = time.monotonic()
    with pytest.raises(anthropic.APITimeoutError) as caught:
        asyncio.run(acreate(holdoff.wrap(async_client_of(scenario), attempt_timeout=0.2, max_attempts=2)))
    assert time.monotonic() - began < 1.0
    assert (scenario.sends, caught.value.holdoff.reason) == (2, "attempts_exhausted")


@pytest.mark.usefixtures("no_middleware")
def test_without_middleware_remote_tools_do_not_run_twice(server: FaultServer, world: Any) -> None:
    scenario = server.scenario([], then=hang())
    client = holdoff.wrap(client_of(scenario, timeout=0.1))
    with pytest.raises(anthropic.APITimeoutError) as caught:
        client.post("/v1/messages", cast_to=object, body={**HELLO, "container": "container_1"})
    assert (scenario.sends, caught.value.holdoff.reason) == (1, "maybe_processed")

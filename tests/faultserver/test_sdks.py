"""Real SDKs see in the answers what they would see in the real ones."""

from __future__ import annotations

from typing import Any

import pytest

from faultserver import FaultServer, Scenario, error, message_events, ok, sse
from faultserver.wire import KEY, PARAMS


def anthropic_client(scenario: Scenario, **options: Any) -> Any:
    anthropic = pytest.importorskip("anthropic")
    return anthropic.Anthropic(api_key=KEY, base_url=scenario.base_url, max_retries=0, **options)


def test_sdk_reads_message_and_stream(server: FaultServer) -> None:
    client = anthropic_client(server.scenario([ok(), sse(drip_ms=1)]))
    message = client.messages.create(**PARAMS)
    with client.messages.stream(**PARAMS) as stream:
        streamed = stream.get_final_message()
    assert message.content[0].text == streamed.content[0].text == "Hello from the fault server."
    assert streamed.stop_reason == "end_turn"


def test_sdk_raises_the_class_of_each_error(server: FaultServer) -> None:
    anthropic = pytest.importorskip("anthropic")
    scenario = server.scenario([error(529), error(400, "invalid_request_error", "max_tokens: Field required")])
    client = anthropic_client(scenario)
    with pytest.raises(anthropic.APIStatusError) as overloaded:
        client.messages.create(**PARAMS)
    assert (overloaded.value.status_code, overloaded.value.type) == (529, "overloaded_error")
    assert overloaded.value.request_id == scenario.log()[0]["request_id"]
    with pytest.raises(anthropic.BadRequestError, match="max_tokens: Field required"):
        client.messages.create(**PARAMS)


def test_sdk_meets_an_error_inside_the_stream(server: FaultServer) -> None:
    anthropic = pytest.importorskip("anthropic")
    fault = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
    client = anthropic_client(server.scenario([sse([*message_events()[:4], {"event": "error", "data": fault}])]))
    texts = []
    with pytest.raises(anthropic.APIStatusError) as caught, client.messages.stream(**PARAMS) as stream:
        texts.extend(stream.text_stream)
    assert caught.value.type == "overloaded_error"
    assert len(texts) == 1


def test_sdk_stream_can_end_in_every_way(server: FaultServer) -> None:
    steps = [
        sse(sse_events=4),
        sse(sse_events=4, reset="mid_body"),
        sse(truncate=4),
        sse(sse_events=4, hang="mid_body"),
    ]
    client = anthropic_client(server.scenario(steps), timeout=0.2)
    endings = []
    for _ in steps:
        events = []
        try:
            for event in client.messages.create(**PARAMS, stream=True):
                events.append(event.type)
        except Exception as failure:
            endings.append(type(failure).__name__)
        else:
            endings.append("end")
        assert events == ["message_start", "content_block_start", "content_block_delta"]  # the SDK drops the ping
    assert endings == ["end", "ReadError", "RemoteProtocolError", "ReadTimeout"]


def test_openai_sdk_reads_completion_and_stream(server: FaultServer) -> None:
    openai = pytest.importorskip("openai")
    scenario = server.scenario()
    client = openai.OpenAI(api_key=KEY, base_url=scenario.base_url + "/v1", max_retries=0)
    request = {"model": "m", "messages": [{"role": "user", "content": "hello"}]}
    whole = client.chat.completions.create(**request)
    parts = [part.choices[0].delta.content or "" for part in client.chat.completions.create(**request, stream=True)]
    assert whole.choices[0].message.content == "".join(parts) == "Hello from the fault server."
    assert whole._request_id == scenario.log()[0]["request_id"]


def test_bedrock_sdk_reads_message_stream_and_exception(server: FaultServer) -> None:
    anthropic = pytest.importorskip("anthropic")
    pytest.importorskip("botocore")
    slow = {"exception": "throttlingException", "data": {"message": "Too many tokens"}}
    scenario = server.scenario([ok(), ok(), sse([*message_events()[:4], slow])])
    client = anthropic.AnthropicBedrock(api_key=KEY, aws_region="us-east-1", base_url=scenario.base_url, max_retries=0)
    assert client.messages.create(**PARAMS).content[0].text
    events = [event.type for event in client.messages.create(**PARAMS, stream=True)]
    assert events[-1] == "message_stop"
    with pytest.raises(anthropic.APIStatusError, match="Too many tokens"):
        list(client.messages.create(**PARAMS, stream=True))

"""A step answers what it says, and what fits the request where it says nothing."""

from __future__ import annotations

import base64
import http.client
from typing import Any

import pytest

from faultserver import FaultServer, answer, error, ok
from faultserver.wire import PARAMS, open_socket, receive, request_bytes, send


def test_steps_play_in_order_then_the_last_word(server: FaultServer) -> None:
    steps = [error(529, times=2), error(429, "rate_limit_error"), ok()]
    scenario = server.scenario(steps, then=error(500, "api_error"))
    assert scenario.left == 4
    assert [send(scenario).status for _ in range(6)] == [529, 529, 429, 200, 500, 500]
    assert [entry["step"] for entry in scenario.log()] == [0, 0, 1, 2, None, None]
    assert (scenario.sends, scenario.left) == (6, 0)


def test_error_is_the_first_party_envelope(server: FaultServer) -> None:
    step = error(429, "rate_limit_error", "Slow down.", code="ramp_limit_exceeded", headers={"retry-after": 7})
    scenario = server.scenario([step])
    reply = send(scenario)
    assert reply.headers["retry-after"] == "7"
    assert reply.json == {
        "type": "error",
        "error": {
            "type": "rate_limit_error",
            "message": "Slow down.",
            "details": {"error_code": "ramp_limit_exceeded"},
        },
        "request_id": reply.headers["request-id"],
    }
    assert scenario.log()[0]["request_id"] == reply.headers["request-id"]


def test_error_knows_its_status_and_a_status_its_error(server: FaultServer) -> None:
    scenario = server.scenario([error(type="overloaded_error"), {"status": 401}, {"status": 503}])
    assert send(scenario).status == 529
    assert send(scenario).json["error"]["type"] == "authentication_error"
    assert send(scenario).json["error"]["type"] == "api_error"


def test_request_ids_differ(server: FaultServer) -> None:
    scenario = server.scenario()
    first, second = send(scenario), send(scenario)
    assert first.headers["request-id"] != second.headers["request-id"]
    assert first.json["id"] != second.json["id"]


def test_headers_replace_repeat_and_vanish(server: FaultServer) -> None:
    pairs = [["Content-Type", "text/html"], ["date", None], ["x-two", "a"], ["x-two", "b"]]
    reply = send(server.scenario([answer(502, "<html>", pairs)]))
    assert [pair for pair in reply.pairs if pair[0] == "x-two"] == [("x-two", "a"), ("x-two", "b")]
    assert [value for name, value in reply.pairs if name == "content-type"] == ["text/html"]
    assert "date" not in reply.headers
    assert reply.body == b"<html>"


def test_body_is_text_json_or_bytes(server: FaultServer) -> None:
    raw = bytes(range(256))
    scenario = server.scenario(
        [answer(body="error code: 502"), answer(body=None), {"body_base64": base64.b64encode(raw).decode()}]
    )
    assert send(scenario).body == b"error code: 502"
    assert send(scenario).json is None
    assert send(scenario).body == raw


def test_body_without_length_ends_with_the_connection(server: FaultServer) -> None:
    reply = send(server.scenario([answer(body="all of it", headers={"content-length": None})]))
    assert reply.headers["connection"] == "close"
    assert reply.body == b"all of it"


def test_no_content_has_no_body(server: FaultServer) -> None:
    scenario = server.scenario([{"status": 204}])
    with open_socket(scenario) as sock:
        sock.sendall(request_bytes(scenario) + request_bytes(scenario, b"{}", "connection: close"))
        got, _ = receive(sock)
    first, _, rest = got.partition(b"\r\n\r\n")
    assert first.startswith(b"HTTP/1.1 204 ")
    assert b"content-length" not in first
    assert rest.startswith(b"HTTP/1.1 200 ")


def test_raw_bytes_are_sent_as_they_are(server: FaultServer) -> None:
    with pytest.raises(http.client.BadStatusLine):
        send(server.scenario([{"raw": "this is not http\r\n\r\n"}]))


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("POST", "/v1/messages", PARAMS, b'"type":"message"'),
        ("POST", "/v1/messages", {**PARAMS, "stream": True}, b"event: message_stop"),
        ("POST", "/v1/messages", {"metadata": {"stream": True}}, b'"type":"message"'),
        ("POST", "/v1/messages/count_tokens?beta=true", PARAMS, b'{"input_tokens":8}'),
        ("POST", "/v1/messages/batches", {"requests": []}, b'"type":"message_batch"'),
        ("GET", "/v1/messages/batches", None, b'"has_more":false'),
        ("GET", "/v1/messages/batches/msgbatch_1", None, b'"type":"message_batch"'),
        ("POST", "/v1/chat/completions", PARAMS, b'"object":"chat.completion"'),
        ("POST", "/v1/chat/completions", {**PARAMS, "stream": True}, b"data: [DONE]"),
        ("POST", "/model/anthropic.claude%3A0/invoke", PARAMS, b'"type":"message"'),
        ("POST", "/model/anthropic.claude%3A0/invoke-with-response-stream", PARAMS, b":event-type"),
        ("POST", "/model/anthropic.claude%3A0/converse", PARAMS, b'"stopReason":"end_turn"'),
        ("POST", "/projects/p/models/claude:rawPredict", PARAMS, b'"type":"message"'),
        ("POST", "/projects/p/models/claude:streamRawPredict", {**PARAMS, "stream": True}, b"event: message_stop"),
        ("POST", "/projects/p/models/count-tokens:rawPredict", PARAMS, b'{"input_tokens":8}'),
    ],
)
def test_default_answer_fits_the_request(server: FaultServer, method: str, path: str, body: Any, expected: bytes) -> None:
    reply = send(server.scenario(), path, body, method=method)
    assert reply.status == 200
    assert expected in reply.body

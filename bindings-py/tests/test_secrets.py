"""Keys, tokens and prompts never come out of what a person or a log gets to see.

The exceptions are those of the real libraries, made from real requests and answers. The core's own test plants the same in
every shape of evidence (`core/tests/secrets.rs`); this one looks at the surfaces that Python adds.
"""

from __future__ import annotations

import json
import logging
import traceback
from typing import Any

import anthropic
import httpx
import httpx2
import openai
import pytest
import requests

import holdoff

#: What is planted, and the part of it that must not be seen.
KEYS = {
    "api-key": ("sk-ant-api03-Qz7vB2kLm9Xw4Rt6Yp1Ns8Dg3Hf5Jc0AA", "Qz7vB2kLm9Xw"),
    "admin-key": ("sk-ant-admin01-Qz7vB2kLm9Xw4Rt6Yp1Ns8Dg3Hf5Jc0AA", "Qz7vB2kLm9Xw"),
    "oauth-token": ("sk-ant-oat01-Qz7vB2kLm9Xw4Rt6Yp1Ns8Dg3Hf5Jc0AA", "Qz7vB2kLm9Xw"),
    "openai-key": ("sk-proj-Qz7vB2kLm9Xw4Rt6Yp1Ns8Dg3Hf5Jc0", "Qz7vB2kLm9Xw"),
    "aws-id": ("AKIAQZ7VB2KLM9XW4RT6", "QZ7VB2KLM9XW"),
    "aws-secret": ("aws_secret_access_key=Qz7vB2kLm9/Xw4Rt6Yp1Ns8Dg3+Hf5Jc0Uv2Wk1eA", "Qz7vB2kLm9"),
    "bearer": ("Bearer Qz7vB2kLm9Xw4Rt6Yp1Ns8", "Qz7vB2kLm9Xw"),
    "basic": ("Authorization: Basic UXo3dkIya0xtOVh3NFJ0Ng==", "UXo3dkIya0xt"),
    "header": ("x-api-key: 0a1b2c3d4e5f60718293a4b5c6d7e8f9", "0a1b2c3d4e5f"),
    "google-token": ("ya29.Qz7vB2kLm9Xw4Rt6Yp1Ns8", "Qz7vB2kLm9Xw"),
    "jwt": ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJRejd2QjJrTG05WHcifQ.Qz7vB2kLm9Xw4Rt6", "Qz7vB2kLm9Xw"),
}
PROMPT = ("my grandmother hid the silver under the third floorboard", "silver under the third")
PLANTED = {**KEYS, "prompt": PROMPT}
REQUEST = {"model": "claude-sonnet-5", "max_tokens": 8, "messages": [{"role": "user", "content": PROMPT[0]}]}


def body(said: str) -> dict[str, Any]:
    message = f"messages.0.content.0.text: the value {json.dumps(said)} is not taken"
    return {"type": "error", "error": {"type": "invalid_request_error", "message": message, "input": said}, "echo": REQUEST}


def of_anthropic(said: str, status: int = 400) -> BaseException:
    """The SDK's own exception, of a request and an answer that are full of it."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(status, json=body(said), headers={"x-echo": said, "set-cookie": said}, request=request)

    client = anthropic.Anthropic(
        api_key=KEYS["api-key"][0],
        base_url="https://api.anthropic.com",
        max_retries=0,
        default_headers={"x-tenant": said},
        default_query={"prompt": said},
        http_client=httpx2.Client(transport=httpx2.MockTransport(answer)),
    )
    with pytest.raises(anthropic.APIStatusError) as caught:
        client.messages.create(**REQUEST)
    return caught.value


def of_openai(said: str) -> BaseException:
    def answer(request: httpx.Request) -> httpx.Response:
        text = f"Incorrect API key provided: {said}." if said != PROMPT[0] else f"Invalid value: {json.dumps(said)}."
        error = {"message": text, "type": "invalid_request_error", "param": None, "code": "invalid_api_key"}
        return httpx.Response(401, json={"error": error}, request=request)

    with pytest.raises(openai.APIStatusError) as caught:
        openai.OpenAI(
            api_key=KEYS["openai-key"][0],
            base_url="https://api.openai.com/v1",
            max_retries=0,
            http_client=httpx.Client(transport=httpx.MockTransport(answer)),
        ).chat.completions.create(model="m", messages=REQUEST["messages"])  # type: ignore[call-overload]
    return caught.value


def of_httpx(said: str) -> BaseException:
    request = httpx.Request("POST", "https://api.anthropic.com/v1/messages", params={"key": said}, headers={"x-api-key": "k"})
    response = httpx.Response(400, json=body(said), request=request)
    with pytest.raises(httpx.HTTPStatusError) as caught:
        response.raise_for_status()
    return caught.value


def of_httpx_network(said: str) -> BaseException:
    error = httpx.ReadError(
        f"while sending {json.dumps(said)}", request=httpx.Request("POST", "https://h/v1/messages", params={"q": said})
    )
    error.__cause__ = ConnectionResetError(104, "Connection reset by peer", said)
    return error


def of_requests(said: str) -> BaseException:
    response = requests.Response()
    response.status_code = 400
    response._content = json.dumps(body(said)).encode()
    response.headers.update({"x-echo": said})
    response.request = requests.Request("POST", "https://api.anthropic.com/v1/messages", params={"key": said}).prepare()
    response.url = response.request.url or ""
    with pytest.raises(requests.HTTPError) as caught:
        response.raise_for_status()
    return caught.value


def of_the_caller(said: str) -> BaseException:
    return ValueError(f"cannot handle {said}", said, {"content": said})


def of_a_wrapper(said: str) -> BaseException:
    error = RuntimeError("agent failed", said)
    error.__cause__ = of_anthropic(said, 529)
    return error


SOURCES = [of_anthropic, of_openai, of_httpx, of_httpx_network, of_requests, of_the_caller, of_a_wrapper]


@pytest.fixture(params=PLANTED, name="planted")
def _planted(request: pytest.FixtureRequest) -> tuple[str, str]:
    return PLANTED[request.param]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.__name__)
def test_a_diagnosis_shows_none(source: Any, planted: tuple[str, str]) -> None:
    said, hidden = planted
    failure = holdoff.diagnose(source(said))
    for shown in (failure.explain(), str(failure), repr(failure), f"{failure}", repr([failure]), repr(failure._native)):
        assert hidden not in shown


def test_texts_and_answers_show_none(planted: tuple[str, str]) -> None:
    said, hidden = planted
    answered = {"x-echo": said, "authorization": said, "retry-after": said}
    for failure in (
        holdoff.diagnose(f"something odd happened: {said}"),
        holdoff.diagnose(f"Error code: 400 - {body(said)}"),
        holdoff.diagnose(f"HTTP 400 {json.dumps(body(said))}"),
        holdoff.diagnose(status=400, headers=answered, body=body(said)),
        holdoff.diagnose(status=400, headers=answered, body=json.dumps(body(said))[:-30]),
        holdoff.diagnose(status=502, headers=answered, body=f"<html><title>502 Bad Gateway</title>{said}"),
    ):
        for shown in (failure.explain(), str(failure), repr(failure)):
            assert hidden not in shown


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.__name__)
def test_a_call_shows_none(source: Any, planted: tuple[str, str], world: Any, caplog: pytest.LogCaptureFixture) -> None:
    """The story, its note, the events and the lines of the log."""
    said, hidden = planted
    seen: list[str] = []

    def failing() -> None:
        raise source(said)

    # Sent again whatever it is, so that there are waits to log as well.
    options: Any = {"max_attempts": 2, "classify": lambda failure: True, "on_event": lambda event: seen.append(repr(event))}
    with caplog.at_level(logging.DEBUG, logger="holdoff"), pytest.raises(Exception) as caught:  # noqa: PT011
        holdoff.retry(**options)(failing)()
    story = caught.value.holdoff  # type: ignore[attr-defined]
    assert story.attempts == 2
    assert len(seen) == 2
    assert len(caplog.records) == 2
    notes = "".join(getattr(caught.value, "__notes__", ()))
    assert notes.startswith("holdoff: ")
    for record in caplog.records:
        seen += [record.getMessage(), str(vars(record))]
    for shown in (str(story), repr(story), story.explain(), notes, *seen):
        assert hidden not in shown


def test_wrapped_client_shows_none(world: Any, planted: tuple[str, str]) -> None:
    said, hidden = planted

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(529, json=body(said), request=request)

    transport = httpx2.Client(transport=httpx2.MockTransport(answer))
    inner = anthropic.Anthropic(api_key=KEYS["api-key"][0], base_url="https://api.anthropic.com", http_client=transport)
    client = holdoff.wrap(inner, max_attempts=2)
    with pytest.raises(anthropic.APIStatusError) as caught:
        client.messages.create(**REQUEST)
    story = caught.value.holdoff  # type: ignore[attr-defined]
    # What the SDK's exception says is the SDK's; what is added to it is not.
    added = "".join(line for line in traceback.format_exception_only(caught.value) if line.startswith("holdoff: "))
    for shown in (str(story), repr(story), story.explain(), added, repr(holdoff.Policy())):
        assert hidden not in shown
        assert KEYS["api-key"][1] not in shown


def test_names_are_shown() -> None:
    """The tests above can fail: the same places show what is no secret."""
    failure = holdoff.diagnose(of_anthropic("visible"))
    for shown in (failure.explain(), str(failure), repr(failure)):
        assert "visible" in shown
        assert "messages.0.content.0.text" in shown

"""A request, and a key, checked before they are sent: from objects and from text, and what JSON cannot hold."""

import datetime
import pickle

import anthropic
import pytest
from failing import KEY

import holdoff
from holdoff import check_key, validate

FINE = {"model": "claude-haiku-4-5", "max_tokens": 16, "messages": [{"role": "user", "content": "Hello"}]}


def causes(report, severity="error"):
    return [finding.cause for finding in report if finding.severity == severity]


def test_a_sound_request_has_no_findings():
    report = validate(FINE, api_version="2023-06-01")
    assert report.ok
    assert report.findings == ()
    assert len(report) == 0
    assert str(report) == "nothing found"


def test_everything_is_said_at_once_with_its_place_and_fix():
    report = validate({"model": "claude-haiku-4-5", "messages": []})
    assert not report.ok
    assert [(finding.cause, finding.path) for finding in report.errors] == [
        ("missing-max-tokens", "max_tokens"),
        ("messages-empty", "messages"),
    ]
    assert report.errors[1].pointer == "/messages"
    assert all(finding.fix and finding.message for finding in report)
    assert report.errors[0].line is None
    assert "fix: " in str(report)
    assert "2 errors" in repr(report)


def test_a_text_has_lines_and_columns():
    body = '{\n  "model": "claude-haiku-4-5",\n  "max_tokens": 16,\n  "messages": [],\n}'
    for text in (body, body.encode()):
        (finding,) = validate(text).findings
        assert finding.cause == "json-invalid-body"
        assert (finding.line, finding.column, finding.offset) == (4, 17, 69)
    (finding,) = validate('{"model": "claude-haiku-4-5", "max_tokens": 16, "messages": []}').errors
    assert (finding.cause, finding.line, finding.column) == ("messages-empty", 1, 61)


def cycle():
    messages = [{"role": "user", "content": "Hello"}]
    messages.append(messages)
    return messages


def deep():
    value = "Hello"
    for _ in range(2_000):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        "half a pair: \ud83d",
        {1: "a key that is no text"},
        b"bytes",
        bytearray(b"bytes"),
        memoryview(b"bytes"),
        {"a", "set"},
        frozenset(),
        datetime.datetime(2026, 11, 24),
        datetime.date(2026, 11, 24),
        ("a", "tuple"),
        1 << 80,
        cycle(),
        deep(),
        object(),
        int,
        anthropic.Anthropic,
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("place", ["metadata", "system", "messages", "model", "max_tokens"])
def test_what_json_cannot_hold_never_raises(value, place):
    report = validate({**FINE, place: value})
    assert isinstance(str(report), str)


@pytest.mark.parametrize("request_", [None, 1, [], "", b"", "null", object(), "\ud800", b"\xff", (), {}])
def test_what_is_no_request_never_raises(request_):
    report = validate(request_)
    assert isinstance(str(report), str)
    assert not report.ok


def test_models_of_pydantic_are_taken_as_the_sdk_sends_them():
    call = anthropic.types.ToolUseBlock(id="toolu_1", name="weather", input={}, type="tool_use")
    messages = [
        {"role": "user", "content": "Weather?"},
        {"role": "assistant", "content": [call]},
        {"role": "user", "content": "Never mind"},
    ]
    report = validate({**FINE, "messages": messages}, target="anthropic", api_version="2023-06-01")
    assert causes(report) == ["orphan-tool-use"]


def test_a_model_of_the_callers_own_is_known():
    request = {**FINE, "model": "team-writer", "max_tokens": 40_000}
    assert validate(request).ok
    models = [{"id": "team-writer", "like": "claude-opus-5", "max_output_tokens": 32_000}]
    assert validate(request, models=models) is not None
    with pytest.raises(ValueError, match='max_output_tokens is "many": it needs a whole number'):
        validate(request, models=[{"id": "team-writer", "max_output_tokens": "many"}])


@pytest.mark.parametrize(("name", "value"), [("target", "mars"), ("endpoint", "messages/")])
def test_a_target_or_endpoint_that_does_not_exist_is_named(name, value):
    with pytest.raises(ValueError, match=f'`{name}` must be one of .*: got "{value}"'):
        validate(FINE, **{name: value})


def test_findings_can_be_compared_hashed_and_pickled():
    first, second = validate("{").findings, validate("{").findings
    assert first == second
    assert {*first} == {*second}
    assert pickle.loads(pickle.dumps(first)) == first
    with pytest.raises(AttributeError):
        first[0].cause = "other"


def test_a_key_is_checked_and_never_shown():
    report = check_key(f'"{KEY}"\n', base_url="https://api.anthropic.com/v1", header="x-api-key")
    assert {"key-has-whitespace", "key-has-quotes", "base-url-ends-in-v1"} <= {finding.cause for finding in report}
    for shown in (str(report), repr(report), repr(report.findings), *(str(finding) for finding in report)):
        assert KEY[14:] not in shown
    assert check_key("").errors[0].cause == "key-empty"
    with pytest.raises(TypeError, match="the variable it is read from is not set"):
        check_key(None)


def test_the_names_are_public():
    assert {"validate", "check_key", "Report", "Finding", "Target", "Endpoint", "Severity"} <= {*holdoff.__all__}

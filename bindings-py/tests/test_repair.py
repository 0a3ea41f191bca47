"""Repairs through the Python package: the vectors, and what holds for every object. See `tests/vectors/README.md`."""

from __future__ import annotations

import copy
import datetime
import json
import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from holdoff import repair

CASES = json.loads((Path(__file__).resolve().parents[2] / "tests" / "vectors" / "repairs.json").read_text("utf-8"))["cases"]
USER = {"role": "user", "content": "Hi"}


def request(*messages: Any, **fields: Any) -> dict[str, Any]:
    return {"model": "claude-haiku-4-5", "max_tokens": 64, "messages": list(messages), **fields}


def listed(value: Any) -> Any:
    """A copy in which tuples are the lists that JSON makes of them."""
    if isinstance(value, dict):
        return {key: listed(item) for key, item in value.items()}
    return [listed(item) for item in value] if isinstance(value, (list, tuple)) else copy.deepcopy(value)


def apply(document: Any, patch: list[dict[str, Any]]) -> Any:
    """RFC 6902 in a few lines, written apart from the package's, on a copy of everything."""
    root = [listed(document)]

    def find(pointer: str) -> tuple[Any, Any]:
        holder: Any = root
        key: Any = 0
        for step in pointer.split("/")[1:]:
            holder = holder[key]
            step = step.replace("~1", "/").replace("~0", "~")
            key = step if isinstance(holder, dict) else len(holder) if step == "-" else int(step)
        return holder, key

    for step in patch:
        value = copy.deepcopy(step.get("value"))
        if step["op"] == "move":
            holder, key = find(step["from"])
            value = holder.pop(key)
        holder, key = find(step["path"])
        if step["op"] == "remove":
            del holder[key]
        elif step["op"] == "replace" or isinstance(holder, dict):
            holder[key] = value
        else:
            holder.insert(key, value)
    return root[0]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_each_request_gets_its_patch(case):
    options = {key: value for key, value in case["given"].items() if key not in {"request", "text"}}
    text = case["given"].get("text") or json.dumps(case["given"]["request"])
    before = json.loads(text)
    kept = copy.deepcopy(before)
    of_object, of_text, of_bytes = (repair(form, **options) for form in (before, text, text.encode()))

    def bare(patch):
        assert all(step["reason"] for step in patch)
        return [{key: value for key, value in step.items() if key != "reason"} for step in patch]

    expect = case["expect"]
    assert bare(of_object.patch) == bare(of_text.patch) == bare(of_bytes.patch) == expect["patch"], case["why"]
    after = json.loads(expect["text"]) if "text" in expect else expect.get("request", kept)
    assert of_object.request == json.loads(of_text.request) == json.loads(of_bytes.request) == after
    assert of_bytes.request == of_text.request.encode()
    assert before == kept
    if not expect["patch"]:
        assert of_object.request is before
        assert of_text.request is text
    for cause, pointer, words in expect.get("left", ()):
        assert any(
            finding.cause == cause and finding.pointer.startswith(pointer) and words in finding.message + finding.fix
            for finding in of_object.report
        )


def test_what_does_not_change_is_shared():
    image = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}}
    blocks = [image, {"type": "text", "text": ""}]
    before = request({"role": "user", "content": blocks}, metadata={"user_id": "a"})
    after = repair(before).request
    assert after["messages"][0]["content"][0] is image
    assert after["metadata"] is before["metadata"]
    assert blocks == [image, {"type": "text", "text": ""}]


def test_a_patch_is_not_changed_by_its_application():
    done = repair(request(USER, {"role": "user", "content": "there"}))
    assert [step["value"] for step in done.patch if "value" in step] == [[{"type": "text"}], {"type": "text"}]
    assert done.request["messages"] == [
        {"role": "user", "content": [{"type": "text", "text": "Hi"}, {"type": "text", "text": "there"}]}
    ]


def test_halves_of_surrogate_pairs_become_one_replacement_character_each():
    held = request({"role": "user", "content": "a\ud83d \ud83d\ude00 \ude00\ude00"}, metadata={"\ud800": ["\udfff"]})
    done = repair(held)
    assert done.request["messages"][0]["content"] == "a\ufffd \U0001f600 \ufffd\ufffd"
    assert done.request["metadata"] == {"\ufffd": ["\ufffd"]}
    assert not [finding for finding in done.report if finding.cause == "json-lone-surrogate"]
    text = json.dumps(request(USER), ensure_ascii=False).replace("Hi", "a\ud83d")
    assert json.loads(repair(text).request)["messages"][0]["content"] == "a\ufffd"
    raw = text.encode("utf-8", "surrogatepass")
    assert json.loads(repair(raw).request)["messages"][0]["content"] == "a\ufffd"


def test_models_of_pydantic_are_what_the_sdk_sends():
    dumped = {"role": "assistant", "content": [{"type": "text", "text": ""}, {"type": "text", "text": "Hello"}]}
    model = SimpleNamespace(model_dump=lambda **options: copy.deepcopy(dumped))
    before = request(USER, model, {"role": "user", "content": "And?"})
    assert repair(before).request["messages"][1] == {"role": "assistant", "content": [{"type": "text", "text": "Hello"}]}
    assert before["messages"][1] is model


def test_tuples_are_taken_as_lists():
    before = request({"role": "user", "content": ({"type": "text", "text": " "}, {"type": "text", "text": "Hi"})})
    assert repair(before).request["messages"][0]["content"] == [{"type": "text", "text": "Hi"}]


def test_a_text_that_is_no_json_is_left_as_it_is():
    text = '{"messages": [,]}'
    done = repair(text)
    assert done.request is text
    assert done.patch == []
    assert done.report.errors[0].cause == "json-invalid-body"


def test_options_are_checked_and_requests_are_not():
    with pytest.raises(ValueError, match="`target` must be one of"):
        repair({}, target="moon")
    for odd in (None, 1, [], "", b"\xff", {1: 2}, object(), math.nan):
        assert repair(odd).request is odd


def test_it_says_nothing_of_the_request_and_cannot_be_changed():
    done = repair(request({"role": "assistant", "content": "secret "}, target="x"))
    assert "secret" not in repr(done)
    with pytest.raises(AttributeError, match="read-only"):
        done.patch = []


TEXTS = st.sampled_from(["", " \n", "a", "b ", "c\ud83d", "\udc00"])
IDS = st.sampled_from(["toolu_1", "toolu_2", "", "t\ud83d"])
ODD = st.sampled_from(
    [None, True, 1, 2**70, 0.5, math.nan, b"x", {1, 2}, datetime.date(2026, 1, 1), ("a",), {1: 2}, {"\ud83d": "a"}]
)
BLOCKS = st.one_of(
    st.builds(lambda text: {"type": "text", "text": text}, TEXTS),
    st.builds(lambda text: {"type": "text", "text": text, "cache_control": {"type": "ephemeral"}}, TEXTS),
    st.builds(lambda id, odd: {"type": "tool_use", "id": id, "name": "look", "input": {"x": odd}}, IDS, ODD),
    st.builds(lambda id, text: {"type": "tool_result", "tool_use_id": id, "content": text}, IDS, TEXTS),
    ODD,
)
MESSAGES = st.one_of(
    st.builds(
        lambda role, content: {"role": role, "content": content},
        st.sampled_from(["user", "user", "assistant", "system", "tool"]),
        st.one_of(TEXTS, st.lists(BLOCKS, max_size=4), ODD),
    ),
    ODD,
)
REQUESTS = st.builds(
    lambda messages, odd, tools: {**request(*messages), "max_tokens": 10**6, "tools": tools, "metadata": odd},
    st.lists(MESSAGES, max_size=6),
    ODD,
    st.lists(st.sampled_from([{"name": "look"}, {"name": "see"}, None]), max_size=3),
)
OPTIONS = {
    "target": st.sampled_from(["portable", "anthropic", "vertex", "bedrock-converse"]),
    "endpoint": st.sampled_from(["messages", "messages", "count_tokens", "batches", "chat_completions"]),
    "answer_missing_tools": st.booleans(),
}


def held(value: Any) -> Any:
    """Something that is equal only for what is the same, NaN and objects without an order included."""
    if isinstance(value, dict):
        return [(key, held(item)) for key, item in value.items()]
    if isinstance(value, (list, tuple)):
        return [held(item) for item in value]
    return repr(value)


def texts(value: dict[str, Any]) -> list[str]:
    found: list[Any] = []
    contents = [message.get("content") for message in value["messages"] if isinstance(message, dict)]
    for content in [*contents, value.get("system")]:
        blocks = [block for block in content if isinstance(block, dict)] if isinstance(content, (list, tuple)) else []
        found.append(content)
        found += [block.get("text") for block in blocks if block.get("type") == "text"]
    whole = (text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in found if isinstance(text, str))
    return sorted(text.rstrip() for text in whole if text.strip())


@settings(max_examples=400, deadline=None)
@given(REQUESTS, st.fixed_dictionaries(OPTIONS))
def test_any_object_is_repaired_once_and_never_changed(before, options):
    kept = held(before)
    done = repair(before, **options)
    assert held(before) == kept
    assert held(apply(before, done.patch)) == held(done.request)
    assert repair(done.request, **options).patch == []
    assert (done.request is before) == (done.patch == [])
    after = texts(done.request)
    for text in texts(before):
        assert text in after
        after.remove(text)


def test_cycles_are_left_where_they_are():
    cycle: list[Any] = []
    cycle.append(cycle)
    done = repair(request(USER, {"role": "user", "content": "a\ud83d"}, metadata={"cycle": cycle}))
    assert done.request["messages"][0]["content"][1]["text"] == "a\ufffd"
    assert done.request["metadata"]["cycle"] is cycle


def test_beside_what_is_too_deep_strings_are_left():
    deep: Any = "x\ud83d"
    for _ in range(1_100):
        deep = [deep]
    before = request({"role": "system", "content": "Be brief."}, {"role": "user", "content": "a\ud83d"}, metadata=deep)
    done = repair(before)
    assert done.request["messages"] == [{"role": "user", "content": "a\ud83d"}]
    assert done.request["system"] == "Be brief."
    assert "json-lone-surrogate" in {finding.cause for finding in done.report}

"""A wrapped client checks a request before its first send: by its own target, version and betas."""

import logging
import pickle

import anthropic
import openai
import pytest

import holdoff
from faultserver import FaultServer, ok
from holdoff import _check

WRONG = {"model": "claude-haiku-4-5", "max_tokens": 16, "messages": [{"role": "user", "content": ""}]}
FINE = {"model": "claude-haiku-4-5", "max_tokens": 16, "messages": [{"role": "user", "content": "Hello"}]}


@pytest.fixture(scope="module")
def server():
    with FaultServer() as server:
        yield server


@pytest.fixture
def lines(caplog, monkeypatch):
    monkeypatch.setattr(_check, "_told", set())
    caplog.set_level(logging.WARNING, logger="holdoff")
    return caplog


def client(scenario, **options):
    return holdoff.wrap(anthropic.Anthropic(api_key="none", base_url=scenario.base_url), **options)


def test_each_cause_is_logged_once_and_the_request_is_sent(server, lines):
    scenario = server.scenario([ok(times=3)])
    ours = client(scenario)
    for _ in range(3):
        ours.messages.create(**WRONG)
    assert scenario.sends == 3
    told = [record.getMessage() for record in lines.records]
    assert len(told) == 1
    assert told[0].startswith("error[empty-message-content]: messages.0.content: ")
    assert all("Hello" not in line for line in told)


def test_nothing_is_sent_that_is_certain_to_be_refused(server):
    scenario = server.scenario([ok()])
    ours = client(scenario, validate="error")
    with pytest.raises(holdoff.InvalidRequest, match="not sent") as caught:
        ours.messages.create(**WRONG)
    assert [finding.path for finding in caught.value.report.errors] == ["messages.0.content"]
    assert scenario.sends == 0
    ours.messages.create(**FINE)
    assert scenario.sends == 1


async def _refused(scenario):
    ours = holdoff.wrap(anthropic.AsyncAnthropic(api_key="none", base_url=scenario.base_url), validate="error")
    with pytest.raises(holdoff.InvalidRequest):
        await ours.messages.create(**WRONG)


def test_async_clients_check_too(server):
    import asyncio

    scenario = server.scenario([ok()])
    asyncio.run(_refused(scenario))
    assert scenario.sends == 0


def test_off_does_not_look(server, lines):
    scenario = server.scenario([ok()])
    client(scenario, validate="off").messages.create(**WRONG)
    assert lines.records == []


def test_a_copy_keeps_the_mode_and_a_second_wrap_may_change_it(server):
    scenario = server.scenario([ok()])
    ours = client(scenario, validate="error").with_options(timeout=5)
    with pytest.raises(holdoff.InvalidRequest):
        ours.messages.create(**WRONG)
    assert holdoff.wrap(ours) is ours
    holdoff.wrap(ours, validate="off").messages.create(**WRONG)


def test_token_counts_have_no_max_tokens(server):
    scenario = server.scenario([ok()])
    ours = client(scenario, validate="error")
    ours.messages.count_tokens(model="claude-haiku-4-5", messages=FINE["messages"])
    assert scenario.sends == 1


def test_batches_are_checked_item_by_item(server):
    scenario = server.scenario([ok()])
    item = {"custom_id": "a b", "params": WRONG}
    with pytest.raises(holdoff.InvalidRequest) as caught:
        client(scenario, validate="error").messages.batches.create(requests=[item])
    causes = {finding.cause for finding in caught.value.report.errors}
    assert {"batch-custom-id-invalid", "empty-message-content"} <= causes


@pytest.mark.parametrize("make", [anthropic.AnthropicBedrock, anthropic.AnthropicVertex])
def test_what_an_sdk_takes_out_of_the_body_is_no_fault(make):
    options = {"aws_region": "us-east-1"} if make is anthropic.AnthropicBedrock else {"region": "us-east5", "project_id": "p"}
    sdk = make(**options)
    model = "us.anthropic.claude-haiku-4-5-20251001-v1:0" if make is anthropic.AnthropicBedrock else "claude-haiku-4-5@20251001"
    _check.check("error", sdk, "/v1/messages", {**FINE, "model": model, "stream": True}, None)


def test_an_openai_client_is_checked_by_its_own_shape(server):
    scenario = server.scenario([ok()])
    ours = holdoff.wrap(openai.OpenAI(api_key="none", base_url=f"{scenario.base_url}/v1"), validate="error")
    with pytest.raises(holdoff.InvalidRequest) as caught:
        ours.chat.completions.create(model="claude-haiku-4-5", messages=[])
    assert caught.value.report.errors[0].path == "messages"


def test_a_mode_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match='`validate` must be "warn", "error" or "off": got True'):
        holdoff.wrap(anthropic.Anthropic(api_key="none"), validate=True)


def test_the_error_can_be_pickled():
    report = holdoff.validate(WRONG)
    error = holdoff.InvalidRequest(report)
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    assert again.report.findings == report.findings

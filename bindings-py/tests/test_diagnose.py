"""`diagnose`, `Failure`, `lookup` and `table`."""

import pickle

import pytest
from failing import KEY, sdk_error

import holdoff
from holdoff import Failure, diagnose, lookup, table


def test_an_sdk_error_is_read_whole():
    failure = diagnose(sdk_error("rate_limit_error", headers={"retry-after": "7"}, message="slow down"))
    assert failure.kind == "rate_limit"
    assert failure.retryable is True
    assert failure.status == 429
    assert failure.error_type == "rate_limit_error"
    assert failure.message == "slow down"
    assert failure.request_id == "req_011CTestTestTestTestTest"
    assert failure.provider == "anthropic"
    assert failure.retry_after == 7.0
    assert failure.fix
    assert failure.maybe_processed is False


def test_parts_alone_are_enough():
    assert diagnose(status=529).kind == "overloaded"
    assert diagnose(status=529).error_type is None
    assert diagnose(body='{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}').kind == "overloaded"
    assert diagnose(body=b'{"type":"error","error":{"type":"rate_limit_error","message":"x"}}', status=200).kind == "rate_limit"
    assert (
        diagnose(body={"type": "error", "error": {"type": "not_found_error", "message": "model: claude-x"}}).kind == "not_found"
    )


@pytest.mark.parametrize("headers", [{"Retry-After": "7"}, [("retry-after", "7")], [(b"retry-after", b"7")]])
def test_headers_come_as_mapping_or_pairs(headers):
    assert diagnose(status=429, headers=headers).retry_after == 7.0


def test_parts_replace_what_the_exception_says():
    assert diagnose(sdk_error("overloaded_error"), status=429, headers={"retry-after": "3"}, body=b"").kind == "rate_limit"
    assert diagnose(sdk_error("overloaded_error"), headers={"retry-after": "3"}).retry_after == 3.0


def test_dates_are_read_against_now():
    failure = diagnose(status=429, headers={"retry-after": "Mon, 02 Nov 2026 10:00:30 GMT"}, now=1_793_613_600.0)
    assert failure.retry_after == 30.0
    assert failure.retry_at == 1_793_613_630.0


def test_a_text_is_evidence():
    assert diagnose("Temporary failure in name resolution").kind == "dns"


def test_a_response_is_evidence_in_itself():
    assert diagnose(sdk_error("overloaded_error").response).kind == "overloaded"


def test_an_unknown_exception_is_unknown_and_not_retryable():
    failure = diagnose(KeyError("model"))
    assert (failure.kind, failure.retryable) == ("unknown", False)


def test_the_callers_own_stop_is_cancelled():
    import asyncio

    assert diagnose(asyncio.CancelledError()).kind == "cancelled"
    assert diagnose(KeyboardInterrupt()).kind == "cancelled"


def test_a_failure_is_taken_as_it_is():
    failure = diagnose(status=529)
    assert diagnose(failure) is failure


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({}, TypeError, "needs an exception"),
        ({"error": object()}, TypeError, "got object"),
        ({"status": 99}, ValueError, "100 to 999"),
        ({"status": "429"}, ValueError, "'429'"),
        ({"headers": 3}, TypeError, "got int"),
        ({"body": 3}, TypeError, "got int"),
    ],
)
def test_no_evidence_is_refused(given, error, words):
    with pytest.raises(error, match=words):
        diagnose(**given)


def test_a_failure_is_a_value_that_can_be_pickled():
    failure = diagnose(sdk_error("rate_limit_error", headers={"retry-after": "7"}))
    again = pickle.loads(pickle.dumps(failure))
    assert again == failure
    assert hash(again) == hash(failure)
    assert again.explain() == failure.explain()
    assert again.retry_after == 7.0
    assert failure != diagnose(status=500)
    assert failure != "rate_limit"


def test_a_failure_is_read_only():
    with pytest.raises(AttributeError):
        diagnose(status=500).kind = "overloaded"


def test_a_cause_is_put_in_its_own_words():
    failure = diagnose("400 messages: at least one message is required")
    assert failure.cause == "messages-empty"
    assert failure.fix == "send at least one user message"
    assert "`messages` is an empty list" in failure.explain()
    # Those of the kind are for a failure of which no more is known.
    assert failure.fix != diagnose(status=400).fix


def test_texts_are_for_people_and_hold_no_secret():
    error = sdk_error("authentication_error", message="invalid x-api-key")
    failure = diagnose(error)
    assert "\n" not in repr(failure)
    assert "authentication" in repr(failure)
    assert failure.fix in failure.explain()
    for text in (repr(failure), str(failure), failure.explain(), pickle.dumps(failure).decode("latin-1")):
        assert KEY not in text


def test_a_key_in_an_exceptions_text_is_not_repeated():
    error = ValueError(f"Illegal header value b'{KEY}\\n'")
    failure = diagnose(error)
    for text in (
        repr(failure),
        str(failure),
        failure.explain(),
        str(failure.message),
        pickle.dumps(failure).decode("latin-1"),
    ):
        assert KEY not in text


@pytest.mark.parametrize("text", ["\ud800 lone", "nul \0", "x" * 100_000, ""])
def test_odd_texts_cross(text):
    assert isinstance(diagnose(RuntimeError(text)), Failure)
    assert isinstance(diagnose(status=400, body=text, headers={"x": text.encode("utf-8", "replace").decode()}), Failure)


def test_lookup_finds_by_any_name():
    assert lookup(529) == lookup(status=529)
    assert lookup(529).retryable is True
    assert lookup("overloaded").column == "kind"
    assert lookup("overloaded_error").column == "error_type"
    assert lookup(cause="orphan-tool-use").retryable is False
    assert lookup(error_code="enforced_spend_limit_reached").retryable is False
    assert lookup(kind="rate_limit").key == "rate_limit"


def test_lookup_refuses_what_it_does_not_have():
    with pytest.raises(LookupError, match="kind 'overload'"):
        lookup(kind="overload")
    with pytest.raises(LookupError, match="999999"):
        lookup(999_999)
    with pytest.raises(TypeError, match="exactly one"):
        lookup()
    with pytest.raises(TypeError, match="exactly one"):
        lookup(529, kind="overloaded")


def test_table_and_lookup_and_diagnose_agree():
    rows = table()
    assert {row.column for row in rows} == {"status", "kind", "error_type", "error_code", "cause"}
    assert len({(row.column, row.key) for row in rows}) == len(rows)
    for row in rows:
        key = int(row.key) if row.column == "status" else row.key
        assert lookup(**{row.column: key}) == row
        assert row.meaning and row.action
        if row.column == "status":
            assert diagnose(status=int(row.key)).retryable is row.retryable, row


def test_the_guides_table_is_in_it():
    retryable = {row.key: row.retryable for row in table() if row.column == "status"}
    assert {key: retryable[key] for key in ("400", "401", "403", "413")} == dict.fromkeys(("400", "401", "403", "413"), False)
    assert {key: retryable[key] for key in ("408", "429", "500", "503", "529")} == dict.fromkeys(
        ("408", "429", "500", "503", "529"), True
    )


def test_an_entry_unpacks_and_prints():
    entry = lookup(429)
    meaning, retryable, action, link, *_ = entry
    assert (meaning, retryable, action, link) == (entry.meaning, entry.retryable, entry.action, entry.link)
    assert str(entry).startswith("429: ")
    assert pickle.loads(pickle.dumps(entry)) == entry
    assert eval(repr(entry), {"Entry": holdoff.Entry}) == entry


def test_the_field_is_a_path_and_a_pointer():
    message = "messages.0.content.1.image.source.base64.media_type: Input should be 'image/jpeg' or 'image/png'"
    body = {"type": "error", "error": {"type": "invalid_request_error", "message": message}}
    failure = diagnose(status=400, body=body)
    assert failure.field == "messages.0.content.1.image.source.base64.media_type"
    assert failure.pointer == "/messages/0/content/1/source/media_type"
    assert diagnose(status=529).pointer is None

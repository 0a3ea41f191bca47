"""The stories behind `call.json`: whole calls, from the first send to the stop.

Ranges, reasons and diagnoses are written by hand; the law must agree with the ranges before a vector is written.
"""

from __future__ import annotations

import json
from typing import Any

from .story import WALL, Story

ALGORITHM = "https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/"
RETRY_AFTER = "RFC 9110 §10.2.3"
LIMITS = "https://platform.claude.com/docs/en/api/rate-limits#response-headers"
NO_KEY = "the Messages API has no idempotency key"
RULE = "holdoff's own rules"
MEASURED = "measured on released clients"
CODES = "anthropic Python SDK 2.12.0, docstrings of the error classes"


def error(status: int, kind: str, message: str = "x", code: str | None = None, **headers: str) -> dict[str, Any]:
    """An error of the API."""
    inner: dict[str, Any] = {"type": kind, "message": message}
    if code:
        inner["details"] = {"error_code": code}
    found: dict[str, Any] = {"status": status, "body": json.dumps({"type": "error", "error": inner})}
    if headers:
        found["headers"] = {name.replace("_", "-"): value for name, value in headers.items()}
    return found


def limited(**headers: str) -> dict[str, Any]:
    return error(429, "rate_limit_error", **headers)


def empty_bucket(reset: str, **more: str) -> dict[str, Any]:
    """A 429 without a wait, over an empty bucket that is full again at `reset`."""
    return limited(
        date="Tue, 24 Nov 2026 00:00:00 GMT",
        anthropic_ratelimit_requests_remaining="0",
        anthropic_ratelimit_requests_reset=reset,
        **more,
    )


def to(method: str, url: str, evidence: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**evidence, "method": method, "url": url, **more}


OVERLOADED = error(529, "overloaded_error", "Overloaded")
INTERNAL = error(500, "api_error")
REFUSED = {"classes": ["httpx.ConnectError", "builtins.ConnectionRefusedError:ECONNREFUSED"]}
RESET = {"classes": ["httpx.ReadError", "builtins.ConnectionResetError:ECONNRESET"]}
READ_TIMEOUT = {"classes": ["anthropic.APITimeoutError", "httpx2.ReadTimeout"]}
CONNECT_TIMEOUT = {"classes": ["anthropic.APITimeoutError", "httpx2.ConnectTimeout"]}
NO_NAME = {"classes": ["httpx.ConnectError", "socket.gaierror:EAI_NONAME"]}
BROKEN_STREAM = {
    "classes": ["httpx.RemoteProtocolError"],
    "text": "peer closed connection without sending complete message body (incomplete chunked read)",
}
CANCELLED = {"classes": ["asyncio.exceptions.CancelledError"]}
MESSAGES, BATCHES, COUNT = "/v1/messages", "/v1/messages/batches", "/v1/messages/count_tokens"


def overloads(story: Story, *ceilings: int) -> Story:
    """Sends and overloads, one for each ceiling of full jitter."""
    story.sent()
    for ceiling in ceilings:
        story.after(100).fails(OVERLOADED, "overloaded").sent_after("backoff", 0, ceiling)
    return story


# fmt: off
STORIES = [
    # --- how often, and how long without a hint ---
    overloads(Story("default-six-sends", "six sends in all, the first included, each after anything from nothing to the doubled backoff", ALGORITHM), 1_000, 2_000, 4_000, 8_000, 16_000)
        .after(100).fails(OVERLOADED, "overloaded").stops("attempts_exhausted"),
    overloads(Story("success-on-the-third-send", "a success ends the call", RULE), 1_000, 2_000).after(100).succeeds().stops("finished"),
    Story("success-at-once", "a call that does not fail is one send", RULE).sent().after(900).succeeds().stops("finished"),
    Story("one-attempt-is-one-send", "`max_attempts` counts sends: peers that count retries send twice", MEASURED, max_attempts=1).sent().after(100).fails(OVERLOADED, "overloaded").stops("attempts_exhausted"),
    overloads(Story("full-jitter-reaches-the-cap-and-stays", "the backoff stops growing at `max_delay`", ALGORITHM, max_attempts=9, max_delay_ms=5_000), 1_000, 2_000, 4_000, 5_000, 5_000, 5_000),
    Story("equal-jitter", "half the backoff, and anything up to the other half", ALGORITHM, jitter="equal").sent()
        .after(100).fails(OVERLOADED, "overloaded").sent_after("backoff", 500, 1_000).after(100).fails(INTERNAL, "internal").sent_after("backoff", 1_000, 2_000),
    Story("decorrelated-jitter-first", "the first delay comes from one to three times `initial_delay`", ALGORITHM, jitter="decorrelated").sent().after(100).fails(OVERLOADED, "overloaded").sent_after("backoff", 1_000, 3_000),
    Story("no-jitter", "the backoff itself", ALGORITHM, jitter="none").sent()
        .after(100).fails(OVERLOADED, "overloaded").sent_after("backoff", 1_000, 1_000).after(100).fails(OVERLOADED, "overloaded").sent_after("backoff", 2_000, 2_000).after(100).fails(OVERLOADED, "overloaded").sent_after("backoff", 4_000, 4_000),
    Story("no-delay-at-all", "a backoff of nothing is sent at once", RULE, initial_delay_ms=0, max_delay_ms=0).sent().after(100).fails(OVERLOADED, "overloaded").sent().after(100).fails(OVERLOADED, "overloaded").sent(),
    Story("another-number-another-draw", "two calls of one process do not wait alike: tower's requests did", MEASURED, number=1).sent().after(100).fails(OVERLOADED, "overloaded").sent_after("backoff", 0, 1_000),
    Story("another-seed-another-draw", "two processes do not wait alike", RULE, number=1, seed=8).sent().after(100).fails(OVERLOADED, "overloaded").sent_after("backoff", 0, 1_000),
    Story("largest-seed", "seeds go to 2^53 - 1", RULE, seed=2**53 - 1, number=2**53 - 1).sent().after(100).fails(OVERLOADED, "overloaded").sent_after("backoff", 0, 1_000),
    Story("any-failure-grows-the-backoff", "the backoff counts failures, not kinds", RULE).sent()
        .after(100).fails(OVERLOADED, "overloaded").sent_after("backoff", 0, 1_000).after(100).fails(RESET, "connection").sent_after("backoff", 0, 2_000).after(100).fails(limited(), "rate_limit").sent_after("backoff", 0, 4_000),

    # --- polls that change nothing ---
    Story("polls-too-early-change-nothing", "a poll before the time answers the same wait, however often", RULE, jitter="none").sent().after(100).fails(OVERLOADED, "overloaded").waits("backoff", 1_000, 1_000).still_waits().after(1).still_waits().waited(-1).still_waits().after(1).sent(),
    Story("a-poll-in-flight-waits-for-the-attempt", "nothing to do until the attempt ends; without a time-out there is no end", RULE).sent().after(50).still_waits().after(100_000).still_waits(),
    Story("a-poll-in-flight-waits-for-the-time-out", "nothing to do until the attempt's time is over", RULE, attempt_timeout_ms=30_000).sent().after(50).still_waits().after(30_000).still_waits(),
    Story("a-late-poll-sends-at-once", "a timer that fires late costs nothing but the time", RULE, jitter="none").sent().after(100).fails(OVERLOADED, "overloaded").waits("backoff", 1_000, 1_000).waited(5_000).sent(),
    Story("a-wall-clock-that-jumps-changes-no-wait", "waits are counted on the clock that does not jump", RULE, jitter="none").sent().after(100).fails(OVERLOADED, "overloaded").waits("backoff", 1_000, 1_000).wall_jumps(-3_600_000).still_waits().wall_jumps(7_200_000).waited().sent(),
    Story("a-clock-that-goes-back-waits-on", "a clock that goes back is not a wait that is over", RULE, jitter="none").sent().after(100).fails(OVERLOADED, "overloaded").waits("backoff", 1_000, 1_000).after(-5_000).still_waits().waited().sent(),

    # --- instructions ---
    Story("instruction-is-a-floor", "never earlier than told, and not at the same instant as everyone who was told the same", RETRY_AFTER).sent().after(100).fails(limited(retry_after="3"), "rate_limit", hint=("retry_after", 3_000)).sent_after("instruction", 3_000, 4_000),
    Story("instruction-in-fractions", "whole-number parsers drop it and send early", MEASURED).sent().after(100).fails(limited(retry_after="1.5"), "rate_limit", hint=("retry_after", 1_500)).sent_after("instruction", 1_500, 2_500),
    Story("instruction-in-milliseconds", "the finer header counts", MEASURED).sent().after(100).fails(limited(retry_after_ms="1500", retry_after="2"), "rate_limit", hint=("retry_after_ms", 1_500)).sent_after("instruction", 1_500, 2_500),
    Story("instruction-long-spreads-by-a-tenth", "where the backoff is short beside the wait, a tenth of the wait keeps callers apart", RULE).sent().after(100).fails(limited(retry_after="60"), "rate_limit", hint=("retry_after", 60_000)).sent_after("instruction", 60_000, 66_000),
    overloads(Story("instruction-short-spreads-by-the-backoff", "callers who keep failing together are spread further each time", RULE), 1_000, 2_000, 4_000).after(100).fails(limited(retry_after="3"), "rate_limit", hint=("retry_after", 3_000)).sent_after("instruction", 3_000, 11_000),
    Story("instruction-above-the-cap", "`max_delay` bounds the backoff, never what the server asked for: peers clip 90 s to 30 s, or send after one", MEASURED).sent().after(100).fails(limited(retry_after="90"), "rate_limit", hint=("retry_after", 90_000)).sent_after("instruction", 90_000, 99_000),
    Story("instruction-without-jitter", "exactly what was asked for", RULE, jitter="none").sent().after(100).fails(limited(retry_after="3"), "rate_limit", hint=("retry_after", 3_000)).sent_after("instruction", 3_000, 3_000),
    Story("instruction-with-equal-jitter", "the spread is that of an un-jittered backoff, whatever the jitter", RULE, jitter="equal").sent().after(100).fails(limited(retry_after="3"), "rate_limit", hint=("retry_after", 3_000)).sent_after("instruction", 3_000, 4_000),
    Story("instruction-as-a-date", "a date is read against the answer's own `date`: this clock is five minutes wrong", RETRY_AFTER, wall_ms=WALL - 300_000).sent().after(100).fails(limited(date="Tue, 24 Nov 2026 00:00:00 GMT", retry_after="Tue, 24 Nov 2026 00:00:30 GMT"), "rate_limit", hint=("retry_after", 30_000)).sent_after("instruction", 30_000, 33_000),
    Story("instruction-in-rfc-3339", "a number parser eats the year and sleeps 2,026 s", MEASURED).sent().after(0).fails(limited(date="Tue, 24 Nov 2026 00:00:00 GMT", retry_after="2026-11-24T00:00:21Z"), "rate_limit", hint=("retry_after", 21_000)).sent_after("instruction", 21_000, 23_100),
    Story("instruction-in-the-body", "RetryInfo of Google's APIs", "google.rpc.RetryInfo").sent().after(100).fails({"status": 429, "body": json.dumps({"error": {"code": 429, "message": "x", "status": "RESOURCE_EXHAUSTED", "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "13s"}]}})}, "rate_limit", hint=("body", 13_000)).sent_after("instruction", 13_000, 14_300),
    Story("instruction-under-529", "a wait that is named counts under any status", RULE).sent().after(100).fails(error(529, "overloaded_error", retry_after="7"), "overloaded", hint=("retry_after", 7_000)).sent_after("instruction", 7_000, 8_000),
    Story("instruction-then-backoff", "each failure has its own wait", RULE).sent().after(100).fails(limited(retry_after="3"), "rate_limit", hint=("retry_after", 3_000)).sent_after("instruction", 3_000, 4_000).after(100).fails(OVERLOADED, "overloaded").sent_after("backoff", 0, 2_000),
    Story("zero-says-now-and-the-backoff-applies", "sent at once by everyone, a zero is a herd", MEASURED).sent().after(100).fails(limited(retry_after="0"), "rate_limit", hint=("retry_after", 0)).sent_after("backoff", 0, 1_000),
    Story("garbled-is-no-hint", "what is garbled leaves the backoff: one SDK slept 49.7 days", MEASURED).sent().after(100).fails(limited(retry_after="inf"), "rate_limit").sent_after("backoff", 0, 1_000),

    # --- estimates ---
    Story("estimate-replaces-the-backoff", "no SDK reads the reset of an empty bucket where no wait is named", LIMITS).sent().fails(empty_bucket("2026-11-24T00:00:21Z"), "rate_limit", hint=("rate_limit_reset", 21_000)).sent_after("estimate", 21_000, 23_100),
    Story("estimate-is-cut-to-the-cap", "a bucket is usable long before it is full, so the cap holds, with room for jitter", RULE).sent().fails(empty_bucket("2026-11-24T00:05:00Z"), "rate_limit", hint=("rate_limit_reset", 300_000)).sent_after("estimate", 54_546, 60_000),
    Story("estimate-is-cut-to-a-cap-of-a-second", "jitter on top of the cut does not pass the cap by a millisecond either", RULE, number=169, max_delay_ms=1_000).sent().fails(empty_bucket("2026-11-24T00:05:00Z"), "rate_limit", hint=("rate_limit_reset", 300_000)).sent_after("estimate", 910, 1_000),
    Story("estimate-never-stops-a-call", "three hours to a full bucket are not three hours to the next request", RULE).sent().fails(empty_bucket("2026-11-24T03:00:00Z"), "rate_limit", hint=("rate_limit_reset", 10_800_000)).sent_after("estimate", 54_546, 60_000),
    Story("estimate-without-jitter", "the estimate itself, cut to the cap", RULE, jitter="none").sent().fails(empty_bucket("2026-11-24T00:00:21Z"), "rate_limit", hint=("rate_limit_reset", 21_000)).sent_after("estimate", 21_000, 21_000)
        .fails(empty_bucket("2026-11-24T00:05:00Z"), "rate_limit", hint=("rate_limit_reset", 300_000)).sent_after("estimate", 60_000, 60_000),
    Story("estimate-gives-way-to-an-instruction", "a wait that is named stands before any reset", LIMITS).sent().fails(empty_bucket("2026-11-24T00:00:21Z", retry_after="3"), "rate_limit", hint=("retry_after", 3_000)).sent_after("instruction", 3_000, 4_000),
    Story("estimate-of-nothing-is-the-backoff", "a bucket that is full again now says now, and the backoff keeps callers apart", RULE).sent().fails(limited(x_ratelimit_remaining_requests="0", x_ratelimit_reset_requests="0s"), "rate_limit", hint=("rate_limit_reset", 0)).sent_after("backoff", 0, 1_000),
    Story("estimate-not-under-529", "an overload is not your bucket's doing", RULE).sent().fails(error(529, "overloaded_error", anthropic_ratelimit_requests_remaining="0", anthropic_ratelimit_requests_reset="2026-11-24T00:00:21Z"), "overloaded").sent_after("backoff", 0, 1_000),

    # --- waits that are too long ---
    Story("two-minutes-are-obeyed", "the longest wait that is obeyed by default", RULE).sent().after(100).fails(limited(retry_after="120"), "rate_limit", hint=("retry_after", 120_000)).sent_after("instruction", 120_000, 132_000),
    Story("a-millisecond-more-is-not", "neither slept nor cut short: the caller is told when", RULE).sent().after(100).fails(limited(retry_after="120.001"), "rate_limit", hint=("retry_after", 120_001)).stops("retry_after_too_long", 120_001),
    Story("a-day-is-not-slept", "SDKs sleep it", MEASURED).sent().after(100).fails(limited(retry_after="86400"), "rate_limit", hint=("retry_after", 86_400_000)).stops("retry_after_too_long", 86_400_000),
    Story("a-month-is-not-slept", "SDKs sleep it, or overflow their timer and send at once", MEASURED).sent().after(100).fails(limited(retry_after="3000000"), "rate_limit", hint=("retry_after", 3_000_000_000)).stops("retry_after_too_long", 3_000_000_000),
    Story("a-long-wait-is-not-sent-because-the-server-says-retry", "`x-should-retry: true` does not make a wait short", "quoted in public bug reports").sent().after(100).fails(limited(retry_after="3600", x_should_retry="true"), "rate_limit", hint=("retry_after", 3_600_000)).stops("retry_after_too_long", 3_600_000),
    Story("no-bound-obeys-any-wait", "a batch job may wait a day", RULE, max_retry_after_ms=None).sent().after(100).fails(limited(retry_after="86400"), "rate_limit", hint=("retry_after", 86_400_000)).sent_after("instruction", 86_400_000, 95_040_000),
    Story("a-bound-of-nothing-obeys-none", "every wait that is named is too long", RULE, max_retry_after_ms=0).sent().after(100).fails(limited(retry_after="1"), "rate_limit", hint=("retry_after", 1_000)).stops("retry_after_too_long", 1_000),
    Story("a-plan-window-is-not-waited-for", "the window's reset is told, the call is over", "https://code.claude.com/docs/en/llm-gateway").sent().fails(limited(date="Tue, 24 Nov 2026 00:00:00 GMT", anthropic_ratelimit_unified_5h_status="rejected", anthropic_ratelimit_unified_5h_reset="1795487400"), "quota_exhausted", hint=("plan_window", 9_000_000)).stops("not_retryable", 9_000_000),

    # --- deadlines ---
    Story("deadline-cuts-the-jitter", "the draw reaches to the last millisecond before the deadline, and no further", MEASURED, max_elapsed_ms=2_000, initial_delay_ms=4_000).sent().after(500).fails(OVERLOADED, "overloaded").sent_after("backoff", 0, 1_499),
    Story("deadline-before-the-instruction-stops-at-once", "peers sleep first and fail afterwards", MEASURED, max_elapsed_ms=10_000).sent().after(100).fails(limited(retry_after="30"), "rate_limit", hint=("retry_after", 30_000)).stops("deadline_exceeded", 30_000),
    Story("deadline-at-the-instruction-stops", "nothing starts at the deadline itself", RULE, max_elapsed_ms=10_000).sent().after(1_000).fails(limited(retry_after="9"), "rate_limit", hint=("retry_after", 9_000)).stops("deadline_exceeded", 9_000),
    Story("deadline-a-millisecond-behind-the-instruction", "one millisecond is left to send in", RULE, max_elapsed_ms=10_001).sent().after(1_000).fails(limited(retry_after="9"), "rate_limit", hint=("retry_after", 9_000)).sent_after("instruction", 9_000, 9_000),
    Story("deadline-cuts-the-spread-of-an-instruction", "the floor stays, the jitter gives way", RULE, max_elapsed_ms=10_000).sent().after(1_000).fails(limited(retry_after="8.5"), "rate_limit", hint=("retry_after", 8_500)).sent_after("instruction", 8_500, 8_999),
    Story("deadline-passed-in-flight", "the attempt took all the time there was", RULE, max_elapsed_ms=5_000).sent().after(5_000).fails(OVERLOADED, "overloaded").stops("deadline_exceeded"),
    Story("deadline-with-no-room-to-start", "a millisecond before the deadline there is still a start at once, and no later one", RULE, max_elapsed_ms=5_000).sent().after(4_999).fails(OVERLOADED, "overloaded").sent(),
    Story("deadline-passed-while-waiting", "a timer that fires late does not start an attempt too late", MEASURED, max_elapsed_ms=5_000).sent().after(100).fails(OVERLOADED, "overloaded").waits("backoff", 0, 1_000).waited(4_900).stops("deadline_exceeded"),
    Story("deadline-and-no-jitter", "a backoff that ends behind the deadline is not begun", RULE, max_elapsed_ms=2_000, jitter="none").sent().after(100).fails(OVERLOADED, "overloaded").sent_after("backoff", 1_000, 1_000).after(100).fails(OVERLOADED, "overloaded").stops("deadline_exceeded"),
    Story("deadline-cuts-equal-jitter", "the lower half gives way too", RULE, max_elapsed_ms=1_000, jitter="equal", initial_delay_ms=4_000).sent().after(450).fails(OVERLOADED, "overloaded").sent_after("backoff", 500, 549),
    Story("deadline-cuts-an-estimate", "an estimate never stops a call", RULE, max_elapsed_ms=10_000).sent().fails(empty_bucket("2026-11-24T00:00:21Z"), "rate_limit", hint=("rate_limit_reset", 21_000)).sent_after("estimate", 9_090, 9_999),
    Story("deadline-counts-from-the-first-send", "attempts and waits count together", RULE, max_elapsed_ms=60_000, jitter="none").sent().after(30_000).fails(OVERLOADED, "overloaded").sent_after("backoff", 1_000, 1_000).after(27_500).fails(OVERLOADED, "overloaded").stops("deadline_exceeded"),
    Story("too-long-is-said-before-the-deadline", "both are true; the wait is the reason", RULE, max_elapsed_ms=10_000).sent().after(100).fails(limited(retry_after="3600"), "rate_limit", hint=("retry_after", 3_600_000)).stops("retry_after_too_long", 3_600_000),
    Story("time-out-of-each-attempt", "each attempt has its bound", RULE, attempt_timeout_ms=30_000, jitter="none").sent().after(30_000).fails(READ_TIMEOUT, "timeout").sent_after("backoff", 1_000, 1_000),
    Story("time-out-is-what-the-deadline-leaves", "the last attempt has the time that is left", RULE, attempt_timeout_ms=10_000, max_elapsed_ms=25_000, jitter="none").sent().after(10_000).fails(READ_TIMEOUT, "timeout").sent_after("backoff", 1_000, 1_000).after(9_000).fails(READ_TIMEOUT, "timeout").sent_after("backoff", 2_000, 2_000),
    Story("time-out-without-a-bound-is-the-deadline", "no attempt runs beyond the deadline", RULE, max_elapsed_ms=25_000, jitter="none").sent().after(5_000).fails(OVERLOADED, "overloaded").sent_after("backoff", 1_000, 1_000),

    # --- after the end ---
    Story("stop-absorbs-everything", "after the stop every poll answers it, whatever else is reported", RULE).sent().after(100).fails(error(400, "invalid_request_error"), "invalid_request").stops("not_retryable").after(1)
        .fails(OVERLOADED, "overloaded", misuse="over").stops("not_retryable").succeeds(misuse="over").stops("not_retryable").cancels().stops("not_retryable").after(10_000_000).stops("not_retryable"),
    Story("success-absorbs-everything", "after the success every poll answers `finished`", RULE).sent().after(100).succeeds().stops("finished").cancels().stops("finished").fails(OVERLOADED, "overloaded", misuse="over").stops("finished").succeeds(misuse="over").stops("finished"),
    Story("a-report-twice-is-misuse", "the first report stands", RULE, jitter="none").sent().after(100).fails(OVERLOADED, "overloaded").fails(OVERLOADED, "overloaded", misuse="nothing_in_flight").waits("backoff", 1_000, 1_000).succeeds(misuse="nothing_in_flight").still_waits().waited().sent(),
    Story("a-report-before-the-first-send-is-misuse", "nothing has been sent", RULE).fails(OVERLOADED, "overloaded", misuse="nothing_in_flight").succeeds(misuse="nothing_in_flight").sent(),
    Story("cancel-in-flight", "the caller gives up", RULE).sent().after(100).cancels().stops("cancelled"),
    Story("cancel-while-waiting", "the caller gives up; one peer sleeps the wait out first", MEASURED).sent().after(100).fails(limited(retry_after="60"), "rate_limit", hint=("retry_after", 60_000)).waits("instruction", 60_000, 66_000).after(200).cancels().stops("cancelled"),
    Story("cancel-before-the-first-send", "the caller gives up before anything happened", RULE).cancels().stops("cancelled"),
    Story("cancel-as-a-failure", "an exception that is the caller's own stop ends the call", RULE).sent().after(100).fails(CANCELLED, "cancelled").stops("cancelled"),
    Story("cancel-is-not-to-be-overruled", "nobody retries the caller's own stop", RULE, retry_kinds=["cancelled"]).sent().after(100).fails(CANCELLED, "cancelled", verdict=True).stops("cancelled"),

    # --- what is not worth it ---
    Story("bad-request-is-one-send", "the same request ends the same way", RULE).sent().after(100).fails(error(400, "invalid_request_error"), "invalid_request").stops("not_retryable"),
    Story("spend-cap-is-one-send", "SDKs send every 429 three times", MEASURED).sent().after(100).fails(error(429, "rate_limit_error", code="contract_spend_limit_reached"), "billing").stops("not_retryable"),
    Story("taken-name-is-one-send", "SDKs send every 409 three times", MEASURED).sent().after(100).fails(error(409, "conflict_error", code="plugin_name_taken"), "conflict").stops("not_retryable"),
    Story("not-implemented-is-one-send", "SDKs send every 5xx three times", MEASURED).sent().after(100).fails({"status": 501}, "invalid_request").stops("not_retryable"),
    Story("server-said-no", "`x-should-retry: false` stands, whatever the status allows", MEASURED).sent().after(100).fails(error(529, "overloaded_error", x_should_retry="False"), "overloaded").stops("server_said_no"),
    Story("server-said-no-to-what-the-policy-wants", "`x-should-retry: false` stands, whatever the policy wants", RULE, retry_kinds=["overloaded", "invalid_request"]).sent().after(100).fails(error(400, "invalid_request_error", x_should_retry="false"), "invalid_request").stops("server_said_no"),
    Story("a-loop-below-has-tried-enough", "a retrying layer below says so, or loops multiply: 4 x 3 = 12 sends", MEASURED).sent().after(100).fails(error(529, "overloaded_error", x_should_retry="false", x_holdoff="attempts=6;reason=attempts_exhausted"), "overloaded").stops("server_said_no"),
    Story("server-said-yes-to-a-400", "`x-should-retry: true` overrides the status", MEASURED).sent().after(100).fails(error(400, "invalid_request_error", x_should_retry="true"), "invalid_request").sent_after("backoff", 0, 1_000),
    Story("a-stopped-call-tells-when", "the reason is the kind; the hint is passed on", RULE).sent().after(100).fails(error(429, "rate_limit_error", code="contract_spend_limit_reached", retry_after="90"), "billing", hint=("retry_after", 90_000)).stops("not_retryable", 90_000),

    # --- what the caller overrules ---
    Story("retry-kinds", "the caller knows better", RULE, retry_kinds=["not_found"]).sent().after(100).fails(error(404, "not_found_error"), "not_found").sent_after("backoff", 0, 1_000),
    Story("stop-kinds", "the caller knows better", RULE, stop_kinds=["overloaded"]).sent().after(100).fails(OVERLOADED, "overloaded").stops("not_retryable"),
    Story("stop-kinds-win-over-retry-kinds", "the caller said both", RULE, stop_kinds=["timeout"], retry_kinds=["timeout"]).sent().after(100).fails(CONNECT_TIMEOUT, "timeout").stops("not_retryable"),
    Story("verdict-false", "the caller's hook says no", RULE).sent().after(100).fails(OVERLOADED, "overloaded", verdict=False).stops("not_retryable"),
    Story("verdict-true", "the caller's hook says yes", RULE).sent().after(100).fails(error(400, "invalid_request_error"), "invalid_request", verdict=True).sent_after("backoff", 0, 1_000),
    Story("verdict-wait", "the caller's hook says when: a floor, like the server's", RULE).sent().after(100).fails(OVERLOADED, "overloaded", verdict=2_500).sent_after("instruction", 2_500, 3_500),
    Story("verdict-wait-too-long", "the caller's own wait has the policy's bound", RULE).sent().after(100).fails(OVERLOADED, "overloaded", verdict=600_000).stops("retry_after_too_long", 600_000),
    Story("verdict-true-against-a-no", "`x-should-retry: false` stands all the same", RULE).sent().after(100).fails(error(529, "overloaded_error", x_should_retry="false"), "overloaded", verdict=True).stops("server_said_no"),
    Story("verdict-true-against-finished-work", "work that is known to be done stands all the same", CODES).sent().after(100).fails(error(503, "api_error", code="registration_pending"), "unavailable", verdict=True).stops("maybe_processed"),

    # --- attempts by kind ---
    Story("dns-three-sends", "a name that does not resolve is tried three times", RULE).sent().after(100).fails(NO_NAME, "dns").sent_after("backoff", 0, 1_000).after(100).fails(NO_NAME, "dns").sent_after("backoff", 0, 2_000).after(100).fails(NO_NAME, "dns").stops("attempts_exhausted"),
    Story("dns-three-sends-with-others-between", "each kind is counted by itself", RULE).sent().after(100).fails(NO_NAME, "dns").sent_after("backoff", 0, 1_000).after(100).fails(RESET, "connection").sent_after("backoff", 0, 2_000).after(100).fails(NO_NAME, "dns").sent_after("backoff", 0, 4_000)
        .after(100).fails(OVERLOADED, "overloaded").sent_after("backoff", 0, 8_000).after(100).fails(NO_NAME, "dns").stops("attempts_exhausted"),
    Story("no-limit-by-kind", "an empty set means none, not the default: one peer's meant the default", MEASURED, attempts_by_kind={}).sent().after(100).fails(NO_NAME, "dns").sent_after("backoff", 0, 1_000).after(100).fails(NO_NAME, "dns").sent_after("backoff", 0, 2_000).after(100).fails(NO_NAME, "dns").sent_after("backoff", 0, 4_000).after(100).fails(NO_NAME, "dns").sent_after("backoff", 0, 8_000),
    Story("one-attempt-for-a-kind", "one send that times out is enough, others are not counted", RULE, attempts_by_kind={"timeout": 1}).sent().after(100).fails(OVERLOADED, "overloaded").sent_after("backoff", 0, 1_000).after(100).fails(CONNECT_TIMEOUT, "timeout").stops("attempts_exhausted"),
    Story("a-limit-by-kind-above-the-limit-of-all", "the smaller one counts", RULE, max_attempts=2, attempts_by_kind={"overloaded": 5}).sent().after(100).fails(OVERLOADED, "overloaded").sent_after("backoff", 0, 1_000).after(100).fails(OVERLOADED, "overloaded").stops("attempts_exhausted"),

    # --- work that may be done ---
    Story("read-timeout-of-a-message", "it may be billed twice, and that is the default's choice", NO_KEY).sent().after(100).fails(to("POST", MESSAGES, READ_TIMEOUT), "timeout").sent_after("backoff", 0, 1_000),
    Story("read-timeout-of-a-message-not-resent", "never twice, if the caller says so", NO_KEY, resend_ambiguous=False).sent().after(100).fails(to("POST", MESSAGES, READ_TIMEOUT), "timeout").stops("maybe_processed"),
    Story("read-timeout-of-nothing-known", "an unknown call counts as inference", NO_KEY, resend_ambiguous=False).sent().after(100).fails(READ_TIMEOUT, "timeout").stops("maybe_processed"),
    Story("read-timeout-of-a-batch", "a second batch is a second bill, whatever the default", NO_KEY).sent().after(100).fails(to("POST", BATCHES, READ_TIMEOUT), "timeout").stops("maybe_processed"),
    Story("read-timeout-of-a-batch-always", "the caller takes the second batch", NO_KEY, resend_ambiguous="always").sent().after(100).fails(to("POST", BATCHES, READ_TIMEOUT), "timeout").sent_after("backoff", 0, 1_000),
    Story("reset-of-a-batch", "the connection broke after the batch was sent", NO_KEY).sent().after(100).fails(to("POST", BATCHES, RESET), "connection").stops("maybe_processed"),
    Story("gateway-timeout-of-an-upload", "the gateway gave up, the service may not have", NO_KEY).sent().after(100).fails(to("POST", "/v1/files", {"status": 504}), "timeout").stops("maybe_processed"),
    Story("read-timeout-of-a-count", "counting twice does nothing", NO_KEY, resend_ambiguous=False).sent().after(100).fails(to("POST", COUNT, READ_TIMEOUT), "timeout").sent_after("backoff", 0, 1_000),
    Story("read-timeout-of-a-get", "reading twice does nothing", NO_KEY, resend_ambiguous=False).sent().after(100).fails(to("GET", BATCHES, READ_TIMEOUT), "timeout").sent_after("backoff", 0, 1_000),
    Story("read-timeout-of-a-delete", "what is gone cannot go again", NO_KEY, resend_ambiguous=False).sent().after(100).fails(to("DELETE", "/v1/files/file_1", READ_TIMEOUT), "timeout").sent_after("backoff", 0, 1_000),
    Story("read-timeout-with-remote-tools", "remote tools would run again", NO_KEY).sent().after(100).fails(to("POST", MESSAGES, READ_TIMEOUT, remote_tools=True), "timeout").stops("maybe_processed"),
    Story("read-timeout-with-remote-tools-always", "the caller takes it that remote tools run again", NO_KEY, resend_ambiguous="always").sent().after(100).fails(to("POST", MESSAGES, READ_TIMEOUT, remote_tools=True), "timeout").sent_after("backoff", 0, 1_000),
    Story("connect-timeout-of-a-batch", "nothing was sent, so nothing is sent twice", RULE, resend_ambiguous=False).sent().after(100).fails(to("POST", BATCHES, CONNECT_TIMEOUT), "timeout").sent_after("backoff", 0, 1_000),
    Story("refused-batch", "nothing was sent, so nothing is sent twice", RULE, resend_ambiguous=False).sent().after(100).fails(to("POST", BATCHES, REFUSED), "connection").sent_after("backoff", 0, 1_000),
    Story("overloaded-batch", "an overload is a refusal: nothing was done", RULE, resend_ambiguous=False).sent().after(100).fails(to("POST", BATCHES, OVERLOADED), "overloaded").sent_after("backoff", 0, 1_000),
    Story("slow-body-of-a-batch", "the server says that nothing was done", CODES, resend_ambiguous=False).sent().after(100).fails(to("POST", BATCHES, error(400, "invalid_request_error", code="request_body_timeout")), "timeout").sent_after("backoff", 0, 1_000),
    Story("finished-work-is-never-repeated", "a 503 that has done its work: SDKs send it again", CODES).sent().after(100).fails(error(503, "api_error", code="registration_pending"), "unavailable").stops("not_retryable"),
    Story("finished-work-is-never-repeated-for-a-policy", "whatever the policy wants", CODES, retry_kinds=["unavailable"], resend_ambiguous="always").sent().after(100).fails(error(503, "api_error", code="registration_pending"), "unavailable").stops("maybe_processed"),
    Story("finished-work-is-never-repeated-for-a-server", "whatever `x-should-retry` wants", CODES, resend_ambiguous="always").sent().after(100).fails(error(503, "api_error", code="registration_pending", x_should_retry="true"), "unavailable").stops("not_retryable"),

    # --- streams ---
    Story("stream-broken-before-content", "nothing has reached the caller: send it again", RULE).sent().after(100).fails(BROKEN_STREAM, "stream_interrupted").sent_after("backoff", 0, 1_000),
    Story("stream-broken-before-content-not-resent", "the answer had begun, so it is billed", NO_KEY, resend_ambiguous=False).sent().after(100).fails(BROKEN_STREAM, "stream_interrupted").stops("maybe_processed"),
    Story("stream-broken-after-content", "nothing is said twice: one peer restarts the generator and repeats the words", MEASURED).sent().after(100).content().after(100).fails(BROKEN_STREAM, "stream_interrupted").stops("committed"),
    Story("overload-after-content", "an overload in mid-stream ends the call too", RULE).sent().after(100).content().after(100).fails({"status": 200, "body": OVERLOADED["body"]}, "overloaded").stops("committed"),
    Story("time-out-after-content", "a stalled stream ends the call too", RULE).sent().after(100).content().after(100).fails(READ_TIMEOUT, "timeout").stops("committed"),
    Story("overload-in-a-stream-before-content", "status 200 over an overload: no SDK sends it again", MEASURED).sent().after(100).fails({"status": 200, "body": OVERLOADED["body"]}, "overloaded").sent_after("backoff", 0, 1_000),
    Story("stream-restarted-on-request", "the caller discards what it has", RULE, mid_stream="restart").sent().after(100).content().after(100).fails(BROKEN_STREAM, "stream_interrupted").sent_after("backoff", 0, 1_000),
    Story("stream-resumed-on-request", "the caller goes on where it broke", RULE, mid_stream="resume").sent().after(100).content().after(100).fails(BROKEN_STREAM, "stream_interrupted").sent_after("backoff", 0, 1_000),
    Story("content-of-an-earlier-attempt", "what reached the caller has reached the caller", RULE, mid_stream="restart").sent().after(100).content().fails(OVERLOADED, "overloaded").sent_after("backoff", 0, 1_000).after(100).succeeds().stops("finished"),
]
# fmt: on

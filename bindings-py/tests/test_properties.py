"""Laws that hold for every policy and every way to fail, seen through the Python surface on a fake clock."""

import asyncio
import math

import pytest
from failing import Script, sdk_error
from hypothesis import HealthCheck, given, settings, strategies as st

from holdoff import Policy, attempts, diagnose, retry
from holdoff._run import Run, Settings
from holdoff.testing import FakeClock, testing

seconds = st.integers(0, 600_000).map(lambda ms: ms / 1000)


@st.composite
def policies(draw, **fixed):
    initial = draw(st.integers(0, 10_000)) / 1000
    fields = {
        "max_attempts": draw(st.integers(1, 12)),
        "initial_delay": initial,
        "multiplier": draw(st.floats(1, 1e6)),
        "max_delay": initial + draw(st.integers(0, 120_000)) / 1000,
        "jitter": draw(st.sampled_from(["full", "equal", "decorrelated", "none"])),
        "max_retry_after": draw(st.none() | seconds),
        "max_elapsed": draw(st.none() | st.integers(1, 600_000).map(lambda ms: ms / 1000)),
        "attempt_timeout": draw(st.none() | st.integers(1, 600_000).map(lambda ms: ms / 1000)),
        "attempts_by_kind": draw(
            st.dictionaries(st.sampled_from(["overloaded", "rate_limit", "connection"]), st.integers(1, 12))
        ),
        "seed": draw(st.none() | st.integers(0, 2**53 - 1)),
    }
    return Policy(**{**fields, **fixed})


@st.composite
def failures(draw):
    kind = draw(st.sampled_from(["overloaded_error", "rate_limit_error", "api_error", "invalid_request_error", "reset", "bug"]))
    if kind == "reset":
        return ConnectionResetError(104, "Connection reset by peer")
    if kind == "bug":
        return KeyError("x")
    hint = draw(st.none() | st.integers(0, 400_000))
    return sdk_error(kind, headers={} if hint is None else {"retry-after-ms": str(hint)})


@st.composite
def calls(draw):
    """A policy, and what each attempt fails of and how long it takes to."""
    count = draw(st.integers(1, 14))
    return draw(policies()), [draw(failures()) for _ in range(count)], [draw(seconds) for _ in range(count)]


def run(policy, failing, durations, seed=0, clock=None):
    """Runs the call. Each attempt's start, in seconds since the call began, the waits, the outcome and the events."""
    starts, events = [], []
    with testing(seed=seed, clock=clock) as world:
        began = world.clock.mono

        @retry(policy, on_event=events.append)
        def attempt():
            starts.append(world.clock.mono - began)
            number = len(starts) - 1
            if number >= len(failing):
                return None
            world.clock.advance(durations[number])
            raise failing[number]

        try:
            attempt()
            error = None
        except Exception as caught:
            error = caught
    return starts, world.waits, error, events


def instruction(failure):
    return diagnose(failure).retry_after


examples = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@examples
@given(calls())
def test_a_wait_is_never_shorter_than_the_server_asked_for(call):
    policy, failing, durations = call
    _, waits, _, _ = run(policy, failing, durations)
    for failure, wait in zip(failing, waits, strict=False):
        hint = instruction(failure)
        if hint is not None:
            assert wait >= hint


@examples
@given(calls())
def test_a_wait_is_never_longer_than_the_cap_unless_the_server_asked_for_it(call):
    policy, failing, durations = call
    _, waits, _, _ = run(policy, failing, durations)
    for failure, wait in zip(failing, waits, strict=False):
        if not instruction(failure):
            assert 0 <= wait <= policy.max_delay


@examples
@given(calls())
def test_a_servers_wait_beyond_the_limit_is_never_slept(call):
    policy, failing, durations = call
    _, waits, _, _ = run(policy, failing, durations)
    for failure, _wait in zip(failing, waits, strict=False):
        hint = instruction(failure)
        assert policy.max_retry_after is None or hint is None or hint <= policy.max_retry_after


@examples
@given(calls())
def test_nothing_starts_at_or_past_the_deadline(call):
    policy, failing, durations = call
    starts, _, _, _ = run(policy, failing, durations)
    if policy.max_elapsed is not None:
        assert all(start < policy.max_elapsed for start in starts)


@examples
@given(calls())
def test_no_more_attempts_than_allowed_and_each_is_told_of(call):
    policy, failing, durations = call
    starts, waits, error, events = run(policy, failing, durations)
    assert 1 <= len(starts) <= policy.max_attempts
    assert len(waits) == len(starts) - 1
    if error is None:
        assert [event.type for event in events] == ["wait"] * len(waits) + ["success"]
        assert len(starts) == len(failing) + 1
        return
    story = error.holdoff
    assert error is failing[len(starts) - 1]
    assert [event.type for event in events] == ["wait"] * len(waits) + ["stop"]
    assert story.attempts == len(starts) == len(story.failures)
    assert list(story.waits) == waits == [event.delay for event in events[:-1]]
    assert story.elapsed == pytest.approx(sum(waits) + sum(durations[: len(starts)]), abs=1e-6)
    assert story.reason == events[-1].reason


@examples
@given(calls())
def test_the_callers_mistake_is_sent_once(call):
    policy, failing, durations = call
    starts, _, _, _ = run(policy, failing, durations)
    for failure in failing[: len(starts) - 1]:
        assert diagnose(failure).kind not in {"invalid_request", "unknown"}


@examples
@given(calls(), st.integers(0, 2**53 - 1))
def test_the_same_seed_gives_the_same_waits(call, seed):
    policy, failing, durations = call
    assert run(policy, failing, durations, seed)[1] == run(policy, failing, durations, seed)[1]
    # Dates and uptimes are not in the draw.
    clock = FakeClock(wall=2_000_000_000.0)
    clock.advance(123.0)
    assert run(policy, failing, durations, seed)[1] == run(policy, failing, durations, seed, clock)[1]


@examples
@given(calls())
def test_a_loop_and_an_async_function_decide_as_a_function_does(call):
    policy, failing, durations = call

    def loop():
        script = Script(*failing, None)
        with testing() as world:
            try:
                for attempt in attempts(policy):
                    with attempt:
                        if script.calls < len(durations):
                            world.clock.advance(durations[script.calls])
                        script()
            except Exception as error:
                return world.waits, error
        return world.waits, None

    def later():
        script = Script(*failing, None)
        with testing() as world:

            async def attempt():
                if script.calls < len(durations):
                    world.clock.advance(durations[script.calls])
                return script()

            try:
                asyncio.run(retry(policy)(attempt)())
            except Exception as error:
                return world.waits, error
        return world.waits, None

    _, waits, error, _ = run(policy, failing, durations)
    assert loop() == (waits, error)
    # Time limits of async attempts are real, and these attempts take no time.
    assert later() == (waits, error)


@examples
@given(calls(), st.lists(st.sampled_from(["error", "response", "resumed", "succeeded", "cancelled"]), max_size=8))
def test_a_call_that_is_over_stays_over(call, more):
    policy, failing, _ = call
    with testing() as world:
        engine = Run(Settings(policy), world.mono())
        delay = 0.0
        for failure in [*failing, KeyError("the end")]:
            delay = engine.failed_error(failure)
            if delay < 0:
                break
            world.sleep(delay)
            if engine.resumed() < 0:
                break
        reason = engine.reason
        assert reason is not None
        for step in more:
            if step == "error":
                assert engine.failed_error(sdk_error("overloaded_error")) == -1.0
            elif step == "response":
                assert engine.failed_response(529, None, None, None, None) == -1.0
            elif step == "resumed":
                assert engine.resumed() == -1.0
            elif step == "succeeded":
                engine.succeeded()
            else:
                engine.cancelled()
            assert engine.reason == reason


@examples
@given(
    st.one_of(st.none(), st.integers(-1000, 100_000)),
    st.lists(st.tuples(st.text(max_size=20), st.text(max_size=40)), max_size=6),
    st.one_of(st.none(), st.binary(max_size=200), st.text(max_size=200)),
)
def test_no_evidence_breaks_the_diagnosis(status, headers, body):
    class Answer:
        pass

    answer = Answer()
    answer.status_code, answer.headers, answer._content = status, headers, body

    class Odd(Exception):
        response = answer

    failure = diagnose(Odd(str(body)))
    assert failure.explain()
    assert "\n" not in repr(failure)
    assert failure.retry_after is None or math.isfinite(failure.retry_after)


@pytest.mark.parametrize("hooked", [False, True])
def test_what_breaks_after_content_is_not_sent_again(hooked):
    with testing() as world:
        told = []
        engine = Run(Settings(Policy(), on_event=told.append if hooked else None), world.mono())
        assert engine.failed_error(ConnectionResetError("reset"), committed=True) == -1.0
        assert (engine.reason, engine.attempt) == ("committed", 1)


def test_before_content_the_same_break_is_sent_again():
    with testing() as world:
        engine = Run(Settings(Policy()), world.mono())
        assert engine.failed_error(ConnectionResetError("reset")) >= 0.0
        assert engine.reason is None

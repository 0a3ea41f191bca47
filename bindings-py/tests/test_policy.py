"""`Policy`: what it takes, what it refuses and how, and that it is a value."""

import copy
import math
import pickle
from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from holdoff import Policy, _native


def wire(policy: Policy) -> dict[str, object]:
    return policy._native.wire()


def test_defaults_are_the_engines_own():
    assert wire(Policy()) == wire_of(_native.Policy({}))
    assert repr(Policy()) == "Policy()"


def wire_of(native: _native.Policy) -> dict[str, object]:
    return native.wire()


def test_every_field_reaches_the_engine():
    policy = Policy(
        max_attempts=4,
        initial_delay=0.25,
        multiplier=3,
        max_delay=timedelta(minutes=1, milliseconds=1),
        jitter="equal",
        max_retry_after=None,
        max_elapsed=90,
        attempt_timeout=timedelta(seconds=30),
        resend_ambiguous="always",
        mid_stream="restart",
        retry_kinds=["not_found"],
        stop_kinds={"timeout", "internal"},
        attempts_by_kind={"overloaded": 2},
        seed=2**53 - 1,
    )
    native = _native.Policy(
        {
            "max_attempts": 4,
            "initial_delay_ms": 250,
            "multiplier": 3.0,
            "max_delay_ms": 60_001,
            "jitter": "equal",
            "max_retry_after_ms": None,
            "max_elapsed_ms": 90_000,
            "attempt_timeout_ms": 30_000,
            "resend_ambiguous": "always",
            "mid_stream": "restart",
            "retry_kinds": ["not_found"],
            "stop_kinds": ["internal", "timeout"],
            "attempts_by_kind": {"overloaded": 2},
            "seed": 2**53 - 1,
        }
    )
    assert wire(policy) == wire_of(native)
    assert wire(policy) != wire(Policy())


def test_fields_read_as_what_the_engine_uses():
    policy = Policy(initial_delay=0.0001, max_delay=timedelta(minutes=2), attempts_by_kind={"timeout": 2})
    assert policy.initial_delay == 0.001
    assert policy.max_delay == 120.0
    assert policy.attempts_by_kind == {"timeout": 2}
    assert policy.stop_kinds == ()


@given(st.floats(min_value=0, max_value=1e9))
def test_durations_round_up_to_whole_milliseconds(seconds):
    policy = Policy(initial_delay=0, max_delay=seconds)
    milliseconds = wire(policy)["max_delay_ms"]
    # A float means its nearest millisecond when it is within a nanosecond of it, and the next one otherwise.
    assert isinstance(milliseconds, int)
    assert milliseconds / 1000 >= seconds - 1e-9 * max(1.0, seconds)
    assert milliseconds / 1000 - seconds < 0.001 + 1e-9 * max(1.0, seconds)


@given(st.integers(min_value=0, max_value=10**9))
def test_durations_that_are_whole_milliseconds_stay(milliseconds):
    assert wire(Policy(initial_delay=0, max_delay=milliseconds / 1000))["max_delay_ms"] == milliseconds
    assert wire(Policy(initial_delay=0, max_delay=timedelta(milliseconds=milliseconds)))["max_delay_ms"] == milliseconds


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"max_attempts": 0}, ValueError, ["`max_attempts`", "at least 1", "0"]),
        ({"max_attempts": 2.5}, TypeError, ["`max_attempts`", "whole number", "float"]),
        ({"max_attempts": True}, TypeError, ["`max_attempts`", "bool"]),
        ({"max_attempts": -1}, ValueError, ["max_attempts"]),
        ({"initial_delay": "1"}, TypeError, ["`initial_delay`", "seconds", "str"]),
        ({"initial_delay": -1}, ValueError, ["`initial_delay`", "at least 0", "-1"]),
        ({"initial_delay": math.nan}, ValueError, ["`initial_delay`", "finite", "nan"]),
        ({"initial_delay": None}, TypeError, ["`initial_delay`", "NoneType"]),
        ({"max_delay": math.inf}, ValueError, ["`max_delay`", "finite", "inf"]),
        ({"max_delay": 0.5}, ValueError, ["`max_delay`", "initial_delay"]),
        ({"max_elapsed": 0}, ValueError, ["`max_elapsed`", "more than 0"]),
        ({"attempt_timeout": 0}, ValueError, ["`attempt_timeout`", "more than 0"]),
        ({"multiplier": 0.5}, ValueError, ["`multiplier`", "at least 1", "0.5"]),
        ({"multiplier": math.nan}, ValueError, ["`multiplier`", "finite", "nan"]),
        ({"jitter": "half"}, ValueError, ["`jitter`", "`full`", "half"]),
        ({"jitter": None}, TypeError, ["`jitter`", "NoneType"]),
        ({"mid_stream": "again"}, ValueError, ["`mid_stream`", "`resume`", "again"]),
        ({"resend_ambiguous": "never"}, ValueError, ["`resend_ambiguous`", "never"]),
        ({"retry_kinds": "timeout"}, TypeError, ["`retry_kinds`", "collection", "str"]),
        ({"retry_kinds": ["timeouts"]}, ValueError, ["retry_kinds", "timeouts"]),
        ({"stop_kinds": [7]}, TypeError, ["`stop_kinds`", "int"]),
        ({"attempts_by_kind": {"dns": 0}}, ValueError, ["attempts_by_kind", "at least 1"]),
        ({"attempts_by_kind": {"dms": 1}}, ValueError, ["attempts_by_kind", "dms"]),
        ({"attempts_by_kind": ["dns"]}, TypeError, ["`attempts_by_kind`", "list"]),
        ({"seed": 2**53}, ValueError, ["seed", "2^53"]),
        ({"seed": 1.0}, TypeError, ["`seed`", "float"]),
        ({"max_retries": 3}, TypeError, ["max_retries"]),
        ({"jitter": '"', "seed": 1}, ValueError, ["`jitter`"]),
    ],
)
def test_what_cannot_be_meant_is_refused_with_field_need_and_value(fields, error, words):
    with pytest.raises(error) as caught:
        Policy(**fields)
    for word in words:
        assert word in str(caught.value)


def test_repr_shows_what_differs_and_reads_back():
    policy = Policy(max_attempts=4, max_elapsed=90, attempts_by_kind={"timeout": 2}, stop_kinds=["internal"])
    assert eval(repr(policy), {"Policy": Policy}) == policy
    assert "jitter" not in repr(policy)


def test_it_is_a_value():
    one, same, other = (
        Policy(stop_kinds=["timeout", "internal"]),
        Policy(stop_kinds=("internal", "timeout")),
        Policy(max_attempts=2),
    )
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert one != "policy"
    assert len({one, same, other}) == 2


def test_it_does_not_change():
    policy = Policy()
    with pytest.raises(AttributeError, match="replace"):
        policy.max_attempts = 2
    with pytest.raises(AttributeError):
        del policy.max_attempts
    with pytest.raises(AttributeError):
        policy.anything = 1
    policy.attempts_by_kind["dns"] = 99
    assert policy.attempts_by_kind == {"dns": 3}


def test_replace_changes_some_fields_and_checks_them():
    policy = Policy(max_attempts=4, attempts_by_kind={"timeout": 2}, seed=7)
    changed = policy.replace(max_delay=30)
    assert (changed.max_delay, changed.max_attempts, changed.attempts_by_kind, changed.seed) == (
        30.0,
        4,
        {"timeout": 2},
        7,
    )
    assert policy.max_delay == 60.0
    with pytest.raises(ValueError, match="max_attempts"):
        policy.replace(max_attempts=0)


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda policy: pickle.loads(pickle.dumps(policy))])
def test_it_survives_copy_and_pickle(again):
    policy = Policy(max_attempts=4, max_elapsed=90, attempts_by_kind={"timeout": 2}, stop_kinds=["internal"], seed=3)
    other = again(policy)
    assert other == policy
    assert wire(other) == wire(policy)

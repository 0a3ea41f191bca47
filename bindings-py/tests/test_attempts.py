"""`attempts`: the loop around a block."""

import asyncio
import threading
import time

import anthropic
import pytest
import trio
from failing import Script, sdk_error

from holdoff import Policy, attempts


def overloaded():
    return sdk_error("overloaded_error")


def test_a_block_runs_again_until_it_succeeds(world):
    script, numbers = Script(overloaded(), overloaded(), "hello"), []
    for attempt in attempts():
        with attempt as same:
            assert same is attempt
            numbers.append(attempt.number)
            reply = script()
    assert reply == "hello"
    assert numbers == [1, 2, 3]
    assert len(world.waits) == 2


def test_the_exception_that_ends_the_call_leaves_the_loop(world):
    script, turns = Script(overloaded()), 0
    with pytest.raises(anthropic.OverloadedError) as caught:
        for attempt in attempts(Policy(max_attempts=3)):
            turns += 1
            with attempt:
                script()
    assert turns == script.calls == 3
    assert caught.value.holdoff.attempts == 3
    assert caught.value.holdoff.reason == "attempts_exhausted"


def test_the_callers_mistake_leaves_at_once(world):
    with pytest.raises(KeyError):
        for attempt in attempts():
            with attempt:
                raise KeyError("x")
    assert attempt.number == 1


def test_an_async_loop_works_under_asyncio_and_trio(world):
    async def main():
        script = Script(overloaded(), overloaded(), "hello")
        async for attempt in attempts():
            with attempt:
                reply = script()
        other = Script(overloaded(), "hello")
        async for attempt in attempts(max_elapsed=100):
            async with attempt:
                other_reply = other()
        return reply, script.calls, other_reply, other.calls

    assert asyncio.run(main()) == ("hello", 3, "hello", 2)
    assert trio.run(main) == ("hello", 3, "hello", 2)


@pytest.mark.parametrize("run", [asyncio.run, lambda coroutine: trio.run(lambda: coroutine)])
def test_an_async_attempt_ends_at_its_time(run):
    async def main():
        async for attempt in attempts(max_attempts=2, attempt_timeout=0.05, initial_delay=0, max_delay=0.01):
            async with attempt:
                await _forever()

    start = time.monotonic()
    with pytest.raises(TimeoutError) as caught:
        run(main())
    assert time.monotonic() - start < 2.0
    assert caught.value.holdoff.attempts == 2
    assert caught.value.holdoff.failure.kind == "timeout"


async def _forever():
    from holdoff._wait import _sleep

    await _sleep(3600)


@pytest.mark.parametrize("leave", ["break", "continue"])
def test_other_ways_out_of_the_block_are_success(world, leave):
    turns = 0
    for attempt in attempts():
        turns += 1
        with attempt:
            if turns == 1:
                raise overloaded()
            if leave == "break":
                break
            continue
    assert turns == 2


def test_return_is_success(world):
    def ask(script):
        for attempt in attempts():
            with attempt:
                return script()

    assert ask(Script(overloaded(), "hello")) == "hello"


def test_each_loop_is_a_call_of_its_own(world):
    twice = attempts(max_attempts=2)
    for _ in range(2):
        script = Script(overloaded(), "hello")
        for attempt in twice:
            with attempt:
                script()
        assert script.calls == 2


def test_loops_nest(world):
    inner_script, outer_script = Script(overloaded(), 1, overloaded(), 2), Script(overloaded(), 3)
    for outer in attempts():
        with outer:
            for inner in attempts():
                with inner:
                    inner_script()
            outer_script()
    assert (inner_script.calls, outer_script.calls) == (4, 2)


def test_an_attempt_that_is_not_used_is_refused(world):
    with pytest.raises(RuntimeError, match="with attempt"):
        for _ in attempts():
            pass

    async def main():
        async for _ in attempts():
            pass

    with pytest.raises(RuntimeError, match="with attempt"):
        asyncio.run(main())


def test_an_attempt_is_used_once(world):
    for attempt in attempts():
        with attempt:
            pass
        with pytest.raises(RuntimeError, match="once"), attempt:
            pass
    with pytest.raises(RuntimeError, match="once"), attempt:
        pass


def test_an_old_attempt_is_refused(world):
    kept = None
    with pytest.raises(RuntimeError, match="attempt 1 is over"):
        for attempt in attempts():
            if kept is not None:
                kept.__enter__()
            kept = attempt
            with attempt:
                raise overloaded()


def test_interrupts_pass(world):
    events = []
    with pytest.raises(KeyboardInterrupt):
        for attempt in attempts(on_event=events.append):
            with attempt:
                if attempt.number == 1:
                    raise overloaded()
                raise KeyboardInterrupt
    assert [event.type for event in events] == ["wait", "stop"]
    assert events[-1].reason == "cancelled"


def test_the_time_left_is_there_for_the_client(world):
    for attempt in attempts(max_elapsed=10, jitter="none"):
        with attempt:
            if attempt.number == 1:
                assert attempt.timeout == 10.0
                raise overloaded()
            assert attempt.timeout == 9.0
    for attempt in attempts():
        with attempt:
            assert attempt.timeout is None


def test_cancel_ends_the_wait_and_raises_the_last_exception(world):
    cancel = threading.Event()
    with pytest.raises(anthropic.OverloadedError) as caught:
        for attempt in attempts(cancel=cancel):
            with attempt:
                cancel.set()
                raise overloaded()
    assert caught.value.holdoff.reason == "cancelled"
    assert caught.value.holdoff.waits == (0.0,)


def test_an_async_event_does_not_cancel_a_plain_loop():
    with pytest.raises(TypeError, match="threading.Event"):
        for _ in attempts(cancel=asyncio.Event()):
            pass


def test_events_tell_the_loop(world):
    events = []
    script = Script(overloaded(), "hello")
    for attempt in attempts(on_event=events.append):
        with attempt:
            script()
    assert [(event.type, event.attempt) for event in events] == [("wait", 1), ("success", 2)]


def test_repr_says_which():
    for attempt in attempts():
        with attempt:
            assert repr(attempt) == "<Attempt 1>"

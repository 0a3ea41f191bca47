"""Waiting for real: what ends a wait at once, what bounds an attempt, and what forks and threads draw."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
import trio
from failing import Script, sdk_error

from holdoff import _wait, attempts, retry
from holdoff._wait import AttemptTimeout, bounded

# Far longer than any test may take; and what "at once" may take on a busy machine.
LONG = {"initial_delay": 60, "max_delay": 60, "jitter": "none"}
AT_ONCE = 1.0


def failing_plain():
    raise sdk_error("overloaded_error")


async def failing_async():
    raise sdk_error("overloaded_error")


class Stopwatch:
    def __enter__(self):
        self.start = time.monotonic()
        return self

    def __exit__(self, *_):
        self.elapsed = time.monotonic() - self.start


# --- cancellation -------------------------------------------------------------------------------------------------


def test_an_asyncio_cancellation_ends_the_wait_at_once():
    events = []

    async def main():
        task = asyncio.create_task(retry(on_event=events.append, **LONG)(failing_async)())
        await asyncio.sleep(0.02)
        task.cancel()
        with Stopwatch() as watch:
            with pytest.raises(asyncio.CancelledError):
                await task
        assert task.cancelled()
        return watch.elapsed

    assert asyncio.run(main()) < AT_ONCE
    assert [(event.type, event.reason) for event in events] == [("wait", None), ("stop", "cancelled")]


def test_a_trio_cancel_scope_ends_the_wait_at_once():
    async def main():
        with trio.move_on_after(0.02) as scope:
            await retry(**LONG)(failing_async)()
        return scope.cancelled_caught

    with Stopwatch() as watch:
        assert trio.run(main) is True
    assert watch.elapsed < AT_ONCE


def test_an_asyncio_cancellation_ends_the_wait_of_a_loop_at_once():
    async def loop():
        async for attempt in attempts(**LONG):
            with attempt:
                await failing_async()

    async def main():
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(loop(), 0.02)

    with Stopwatch() as watch:
        asyncio.run(main())
    assert watch.elapsed < AT_ONCE


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no interval timer here")
def test_a_keyboard_interrupt_ends_a_plain_wait_at_once():
    events = []
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with Stopwatch() as watch, pytest.raises(KeyboardInterrupt):
            retry(on_event=events.append, **LONG)(failing_plain)()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert watch.elapsed < AT_ONCE
    assert [(event.type, event.reason) for event in events] == [("wait", None), ("stop", "cancelled")]


def set_soon(event):
    timer = threading.Timer(0.05, event.set)
    timer.start()
    return timer


@pytest.mark.parametrize("how", ["function", "loop"])
def test_an_event_ends_a_plain_wait_at_once(how):
    cancel = threading.Event()

    def loop():
        for attempt in attempts(cancel=cancel, **LONG):
            with attempt:
                failing_plain()

    timer = set_soon(cancel)
    with Stopwatch() as watch, pytest.raises(Exception, match="Overloaded") as caught:
        loop() if how == "loop" else retry(cancel=cancel, **LONG)(failing_plain)()
    timer.join()
    assert watch.elapsed < AT_ONCE
    story = caught.value.holdoff
    assert story.reason == "cancelled"
    # What was slept, not what had been decided.
    assert story.waits == pytest.approx((story.elapsed,), abs=0.05)
    assert story.attempts == 1


@pytest.mark.parametrize("kind", [threading.Event, asyncio.Event])
def test_an_event_ends_an_asyncio_wait_at_once(kind):
    async def main():
        cancel = kind()
        asyncio.get_running_loop().call_later(0.05, cancel.set)
        await retry(cancel=cancel, **LONG)(failing_async)()

    with Stopwatch() as watch, pytest.raises(Exception, match="Overloaded") as caught:
        asyncio.run(main())
    assert watch.elapsed < AT_ONCE
    assert caught.value.holdoff.reason == "cancelled"


@pytest.mark.parametrize("kind", [threading.Event, trio.Event])
def test_an_event_ends_a_trio_wait_at_once(kind):
    async def main():
        cancel = kind()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(set_later, cancel)
            with pytest.raises(Exception, match="Overloaded") as caught:
                await retry(cancel=cancel, **LONG)(failing_async)()
            return caught

    async def set_later(cancel):
        await trio.sleep(0.05)
        cancel.set()

    with Stopwatch() as watch:
        caught = trio.run(main)
    assert watch.elapsed < AT_ONCE
    assert caught.value.holdoff.reason == "cancelled"


@pytest.mark.parametrize("kind", [threading.Event, asyncio.Event])
def test_an_event_that_is_not_set_lets_the_wait_take_its_time(kind):
    async def main():
        script = Script(sdk_error("overloaded_error"), "hello")

        async def ask():
            return script()

        return await retry(cancel=kind(), initial_delay=0.06, max_delay=0.06, jitter="none")(ask)()

    with Stopwatch() as watch:
        assert asyncio.run(main()) == "hello"
    assert watch.elapsed >= 0.06


def test_an_event_that_is_set_before_leaves_the_first_attempt_be():
    cancel = threading.Event()
    cancel.set()
    assert retry(cancel=cancel)(Script("hello"))() == "hello"
    script = Script(sdk_error("overloaded_error"))
    with Stopwatch() as watch, pytest.raises(Exception, match="Overloaded"):
        retry(cancel=cancel, **LONG)(script)()
    assert script.calls == 1
    assert watch.elapsed < AT_ONCE


# --- real waits ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["plain", "asyncio", "trio"])
def test_a_wait_is_never_shorter_than_decided(how):
    script, waits = Script(*[sdk_error("rate_limit_error", headers={"retry-after-ms": "30"})] * 3, "hello"), []
    options = {"jitter": "none", "on_event": lambda event: waits.append(event.delay or 0.0)}

    async def ask():
        return script()

    with Stopwatch() as watch:
        if how == "plain":
            retry(**options)(script)()
        elif how == "asyncio":
            asyncio.run(retry(**options)(ask)())
        else:
            trio.run(retry(**options)(ask))
    assert waits == [0.03, 0.03, 0.03, 0.0]
    assert watch.elapsed >= 0.09


def test_a_sleep_that_a_test_has_patched_away_counts_as_slept(monkeypatch):
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)
    script = Script(sdk_error("overloaded_error"))
    with Stopwatch() as watch, pytest.raises(Exception, match="Overloaded") as caught:
        retry(max_elapsed=100, **LONG)(script)()
    assert watch.elapsed < AT_ONCE
    assert slept == [60.0]
    assert caught.value.holdoff.reason == "deadline_exceeded"
    assert caught.value.holdoff.elapsed >= 60.0


def test_a_wait_of_years_does_not_overflow(monkeypatch):
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)
    script = Script(sdk_error("rate_limit_error", headers={"retry-after": "100000000"}), "hello")
    assert retry(max_retry_after=None, jitter="none", classify=lambda failure: True)(script)() == "hello"
    assert sum(slept) == 100_000_000.0
    assert max(slept) <= 86_400.0


def test_waiting_needs_a_loop_that_is_known():
    coroutine = _wait.clock.sleep_async(1)
    with pytest.raises(RuntimeError, match="asyncio or Trio"):
        coroutine.send(None)


def test_trio_is_found_inside_an_asyncio_loop():
    async def inside():
        return _wait._trio() is trio

    async def main():
        done = asyncio.get_running_loop().create_future()
        trio.lowlevel.start_guest_run(
            inside,
            run_sync_soon_threadsafe=asyncio.get_running_loop().call_soon_threadsafe,
            done_callback=done.set_result,
        )
        return (await done).unwrap(), _wait._trio()

    assert asyncio.run(main()) == (True, None)


# --- the bound on an attempt --------------------------------------------------------------------------------------


def runners():
    return pytest.mark.parametrize("run", [asyncio.run, lambda coroutine: trio.run(lambda: coroutine)], ids=["asyncio", "trio"])


async def hang():
    await _wait._sleep(3600)


@runners()
def test_a_hung_attempt_ends_at_the_deadline(run):
    with Stopwatch() as watch, pytest.raises(TimeoutError) as caught:
        run(retry(max_elapsed=0.1)(hang)())
    assert 0.1 <= watch.elapsed < 0.1 + AT_ONCE
    story = caught.value.holdoff
    assert (story.reason, story.attempts, story.failure.kind) == ("deadline_exceeded", 1, "timeout")


@runners()
def test_a_hung_attempt_is_sent_again_after_its_time(run):
    calls = []

    async def ask():
        calls.append(1)
        if len(calls) < 3:
            await hang()
        return "hello"

    with Stopwatch() as watch:
        assert run(retry(attempt_timeout=0.05, initial_delay=0, max_delay=0.01)(ask)()) == "hello"
    assert watch.elapsed < AT_ONCE
    assert len(calls) == 3


@runners()
def test_the_last_attempt_gets_the_time_that_is_left(run):
    calls = []

    async def ask():
        calls.append(1)
        if len(calls) == 1:
            raise sdk_error("overloaded_error")
        await hang()

    with Stopwatch() as watch, pytest.raises(TimeoutError) as caught:
        run(retry(max_elapsed=0.2, attempt_timeout=10, initial_delay=0.05, max_delay=0.05, jitter="none")(ask)())
    assert 0.2 <= watch.elapsed < 0.2 + AT_ONCE
    assert caught.value.holdoff.attempts == 2


def test_a_coroutine_handed_on_is_bounded_too():
    def hand_on():
        return hang()

    async def main():
        await retry(max_elapsed=0.1)(hand_on)()

    with Stopwatch() as watch, pytest.raises(TimeoutError):
        asyncio.run(main())
    assert watch.elapsed < 0.1 + AT_ONCE


def test_the_callers_cancellation_is_told_from_the_time_limit():
    async def main():
        task = asyncio.create_task(bounded(hang(), 30))
        await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())

    async def trio_main():
        with trio.move_on_after(0.02) as scope:
            await bounded(hang(), 30)
        assert scope.cancelled_caught

    trio.run(trio_main)


@runners()
def test_the_attempts_own_time_limit_is_told_from_ours(run):
    async def own():
        raise TimeoutError("mine")

    async def main():
        with pytest.raises(TimeoutError, match="mine") as caught:
            await bounded(own(), 30)
        assert not isinstance(caught.value, AttemptTimeout)

    run(main())


@runners()
def test_an_answer_in_time_is_handed_on(run):
    async def answer():
        return "hello"

    async def main():
        return await bounded(answer(), 30), await bounded(answer(), float("inf"))

    assert run(main()) == ("hello", "hello")


def test_an_attempt_that_cleans_up_is_waited_for():
    """Cancellation is how the limit works: what the attempt holds is released before the exception is raised."""
    cleaned = []

    async def ask():
        try:
            await hang()
        finally:
            await asyncio.sleep(0.01)
            cleaned.append(1)

    with pytest.raises(AttemptTimeout):
        asyncio.run(bounded(ask(), 0.02))
    assert cleaned == [1]


def test_the_timeout_of_older_pythons_behaves_the_same(monkeypatch):
    monkeypatch.delattr(asyncio, "timeout", raising=False)
    with pytest.raises(AttemptTimeout):
        asyncio.run(bounded(hang(), 0.02))
    test_the_callers_cancellation_is_told_from_the_time_limit()
    test_the_attempts_own_time_limit_is_told_from_ours(asyncio.run)
    test_an_answer_in_time_is_handed_on(asyncio.run)


# --- dice ---------------------------------------------------------------------------------------------------------


def test_a_forked_child_draws_differently():
    if not hasattr(os, "fork"):
        pytest.skip("no fork here")
    reader, writer = os.pipe()
    seed = _wait.clock.draw()[0]
    child = os.fork()
    if child == 0:
        os.write(writer, str(_wait.clock.draw()[0]).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        assert int(pipe.read()) != seed
    assert _wait.clock.draw()[0] == seed


def test_processes_draw_differently():
    program = "from holdoff import _wait; print(_wait.clock.draw()[0])"
    seeds = {subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout for _ in range(3)}
    assert len(seeds) == 3


def test_calls_have_numbers_of_their_own_across_threads():
    numbers: list[int] = []
    threads = [threading.Thread(target=lambda: numbers.extend(_wait.clock.draw()[1] for _ in range(1000))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(numbers)) == 8000

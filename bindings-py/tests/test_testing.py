"""`holdoff.testing`: no waiting, a clock that waits move, fixed dice, fewer attempts."""

import asyncio
import time

import pytest
import trio
from failing import Script, sdk_error

from holdoff import Policy, _wait, retry, testing as module
from holdoff.testing import FakeClock, testing


def exhaust(**options):
    script = Script(sdk_error("overloaded_error"))
    with pytest.raises(Exception, match="Overloaded"):
        retry(**options)(script)()
    return script.calls


def test_nothing_waits_and_the_clock_moves():
    start = time.monotonic()
    with testing() as world:
        assert exhaust(jitter="none") == 6
    assert time.monotonic() - start < 2.0
    assert world.waits == [1.0, 2.0, 4.0, 8.0, 16.0]
    assert world.clock.mono == 31.0
    assert world.clock.wall == 1_700_000_031.0


@pytest.mark.parametrize("run", [asyncio.run, lambda coroutine: trio.run(lambda: coroutine)])
def test_async_calls_do_not_wait_either(run):
    script = Script(sdk_error("overloaded_error"), "hello")

    @retry(jitter="none")
    async def ask():
        return script()

    with testing() as world:
        assert run(ask()) == "hello"
    assert world.waits == [1.0]


def test_others_run_while_a_call_waits():
    async def main():
        order = []

        @retry
        async def ask():
            order.append("ask")
            if len(order) < 3:
                raise sdk_error("overloaded_error")

        async def other():
            order.append("other")

        await asyncio.gather(ask(), other())
        return order

    with testing():
        assert asyncio.run(main()) == ["ask", "other", "ask"]


def test_the_same_seed_gives_the_same_waits():
    with testing(seed=7) as one:
        exhaust()
        exhaust()
    with testing(seed=7) as same:
        exhaust()
        exhaust()
    with testing(seed=8) as other:
        exhaust()
        exhaust()
    assert one.waits == same.waits != other.waits
    # Calls draw apart from each other all the same.
    assert one.waits[:5] != one.waits[5:]


def test_a_seed_of_the_policys_own_wins():
    with testing(seed=7) as one:
        exhaust(seed=1)
    with testing(seed=8) as other:
        exhaust(seed=1)
    assert one.waits == other.waits


def test_attempts_are_capped_and_never_raised():
    with testing(attempts=2):
        assert exhaust() == 2
        assert exhaust(max_attempts=1) == 1
        assert exhaust(max_attempts=9) == 2
    with testing(attempts=50):
        assert exhaust(max_attempts=3) == 3


def test_functions_decorated_before_are_meant_too():
    script = Script(sdk_error("overloaded_error"))
    ask = retry(Policy(max_attempts=5))(script)
    for attempts, calls in ((2, 2), (1, 3), (None, 8)):
        with testing(attempts=attempts), pytest.raises(Exception, match="Overloaded"):
            ask()
        assert script.calls == calls


def test_it_nests_and_restores():
    real = _wait.clock
    with testing() as outer:
        with testing(attempts=1) as inner:
            assert exhaust() == 1
            assert _wait.clock is inner
        assert _wait.clock is outer
        assert exhaust(max_attempts=3) == 3
    assert _wait.clock is real
    assert (len(inner.waits), len(outer.waits)) == (0, 2)


def test_it_restores_after_an_exception():
    real = _wait.clock
    with pytest.raises(KeyError), testing():
        raise KeyError
    assert _wait.clock is real


def test_in_two_halves():
    real = _wait.clock
    world = module.install(attempts=2)
    assert exhaust() == 2
    module.uninstall()
    assert _wait.clock is real
    assert len(world.waits) == 1
    with pytest.raises(RuntimeError, match="not installed"):
        module.uninstall()


@pytest.fixture
def no_waiting():
    with testing(attempts=2) as world:
        yield world


def test_as_a_fixture(no_waiting):
    assert exhaust() == 2
    assert len(no_waiting.waits) == 1


def test_a_clock_can_be_shared_and_set():
    clock = FakeClock(wall=1_000_000_000.0)
    clock.advance(5)
    with testing(clock=clock) as world:
        assert world.clock is clock
        exhaust(jitter="none", max_attempts=2)
    assert (clock.mono, clock.wall) == (6.0, 1_000_000_006.0)


def test_a_deadline_is_met_on_the_fake_clock():
    with testing() as world:
        exhaust(max_elapsed=10, jitter="none")
    assert world.waits == [1.0, 2.0, 4.0]
    assert world.clock.mono < 10


def test_time_that_an_attempt_takes_counts():
    with testing() as world:
        calls = []

        @retry(max_elapsed=10, jitter="none")
        def ask():
            calls.append(1)
            world.clock.advance(6)
            raise sdk_error("overloaded_error")

        with pytest.raises(Exception, match="Overloaded") as caught:
            ask()
    assert len(calls) == 2
    assert caught.value.holdoff.reason == "deadline_exceeded"
    assert caught.value.holdoff.elapsed == 13.0


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_time_does_not_go_back(seconds):
    with pytest.raises(ValueError, match="at least 0"):
        FakeClock().advance(seconds)


def test_a_cap_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        testing(attempts=0)

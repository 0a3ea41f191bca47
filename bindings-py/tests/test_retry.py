"""`retry`: what is called again, what is not, and what the caller sees."""

import asyncio
import contextlib
import functools
import gc
import inspect
import logging
import subprocess
import sys
import warnings

import anthropic
import pytest
from failing import Script, sdk_error

from holdoff import Policy, attempts, retry

pytestmark = pytest.mark.usefixtures("world")


def overloaded():
    return sdk_error("overloaded_error")


# --- the loop -----------------------------------------------------------------------------------------------------


def test_a_transient_failure_is_sent_again_until_it_succeeds(world):
    script = Script(overloaded(), overloaded(), "hello")
    assert retry(script)() == "hello"
    assert script.calls == 3
    assert len(world.waits) == 2


def test_the_callers_mistake_is_raised_at_once(world):
    script = Script(sdk_error("invalid_request_error", message="messages: at least one message is required"))
    with pytest.raises(anthropic.BadRequestError) as caught:
        retry(script)()
    assert script.calls == 1
    assert world.waits == []
    assert caught.value.holdoff.reason == "not_retryable"


def test_attempts_run_out_with_the_functions_own_exception(world):
    script = Script(overloaded())
    with pytest.raises(anthropic.OverloadedError) as caught:
        retry(script)()
    assert script.calls == 6
    assert caught.value.holdoff.reason == "attempts_exhausted"
    assert caught.value.__cause__ is None


def test_one_attempt_means_no_second(world):
    script = Script(overloaded())
    with pytest.raises(anthropic.OverloadedError):
        retry(max_attempts=1)(script)()
    assert script.calls == 1


@pytest.mark.parametrize(
    "error",
    [
        KeyError("x"),
        ValueError("x"),
        RuntimeError("Connection refused by the user"),
        FileNotFoundError(2, "x"),
        AssertionError(),
    ],
)
def test_exceptions_that_nobody_knows_are_not_sent_again(world, error):
    script = Script(error)
    with pytest.raises(type(error)) as caught:
        retry(script)()
    assert caught.value is error
    assert script.calls == 1


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3), GeneratorExit()])
def test_what_is_no_exception_passes_untouched(world, error):
    script = Script(error)
    with pytest.raises(type(error)):
        retry(script)()
    assert script.calls == 1
    assert not hasattr(error, "holdoff")


@pytest.mark.parametrize("how", ["plain", "async"])
def test_an_interrupt_in_a_later_attempt_is_told_as_a_stop(how):
    events = []
    script = Script(overloaded(), KeyboardInterrupt())

    @retry(on_event=events.append)
    async def ask():
        return script()

    with pytest.raises(KeyboardInterrupt):
        retry(on_event=events.append)(script)() if how == "plain" else asyncio.run(ask())
    assert [(event.type, event.reason, event.attempt) for event in events] == [
        ("wait", None, 1),
        ("stop", "cancelled", 2),
    ]


def test_arguments_reach_every_attempt():
    seen = []

    @retry
    def call(*args, **kwargs):
        seen.append((args, kwargs))
        if len(seen) < 2:
            raise overloaded()
        return len(seen)

    assert call(1, *[2], three=3) == 2
    assert seen == [((1, 2), {"three": 3})] * 2


def test_a_deadline_stops_at_once_when_the_server_asks_for_more(world):
    with pytest.raises(anthropic.RateLimitError) as caught:
        retry(max_elapsed=10)(Script(sdk_error("rate_limit_error", headers={"retry-after": "30"})))()
    assert caught.value.holdoff.reason == "deadline_exceeded"
    assert world.waits == []


def test_a_servers_wait_that_is_too_long_is_not_slept(world):
    with pytest.raises(anthropic.RateLimitError) as caught:
        retry(Script(sdk_error("rate_limit_error", headers={"retry-after": "86400"})))()
    assert caught.value.holdoff.reason == "retry_after_too_long"
    assert caught.value.holdoff.retry_at == pytest.approx(world.clock.wall + 86_400)
    assert world.waits == []


def test_a_traceback_leads_to_the_function():
    def fail():
        raise ConnectionResetError("reset")

    with pytest.raises(ConnectionResetError) as caught:
        retry(max_attempts=2)(fail)()
    frames = [frame.name for frame in caught.traceback]
    assert frames[-1] == "fail"
    # The function, the wrapper, and this test: the loop adds no frames of its own.
    assert len(frames) == 3


# --- the ways to write it -----------------------------------------------------------------------------------------


def test_bare_with_options_and_around_a_function():
    policy = Policy(max_attempts=2)
    for decorate in (
        retry,
        retry(),
        retry(max_attempts=6),
        retry(policy),
        retry(policy=policy),
        retry(policy, max_attempts=4),
    ):
        script = Script(overloaded(), "hello")
        assert decorate(script)() == "hello"


def test_fields_replace_single_values_of_the_policy():
    script = Script(overloaded())
    with pytest.raises(anthropic.OverloadedError):
        retry(Policy(max_attempts=5, jitter="none"), max_attempts=2)(script)()
    assert script.calls == 2


def test_the_function_keeps_its_face():
    @retry(max_attempts=2)
    def ask(question: str, *, model: str = "m") -> str:
        """Asks."""
        return question

    assert (ask.__name__, ask.__doc__, ask.__module__) == ("ask", "Asks.", __name__)
    assert "ask" in ask.__qualname__
    assert str(inspect.signature(ask)) == "(question: str, *, model: str = 'm') -> str"
    assert ask.__wrapped__("hi") == "hi"


class Asker:
    def __init__(self):
        self.script = Script(overloaded(), "hello")

    @retry
    def plain(self):
        return self.script()

    @retry
    async def later(self):
        return self.script()

    @staticmethod
    @retry
    def static(script):
        return script()

    @classmethod
    @retry
    def of_class(cls, script):
        return cls, script()

    def bound(self):
        return self.script()


def test_methods_of_every_kind():
    assert Asker().plain() == "hello"
    assert asyncio.run(Asker().later()) == "hello"
    assert Asker.static(Script(overloaded(), "hello")) == "hello"
    assert Asker.of_class(Script(overloaded(), "hello")) == (Asker, "hello")
    assert retry(Asker().bound)() == "hello"
    assert retry(functools.partial(Asker.static, Script(overloaded(), 1)))() == 1


def test_async_functions():
    script = Script(overloaded(), overloaded(), "hello")

    @retry
    async def ask():
        await asyncio.sleep(0)
        return script()

    assert inspect.iscoroutinefunction(ask)
    assert asyncio.run(ask()) == "hello"
    assert script.calls == 3


def test_async_attempts_run_out():
    script = Script(overloaded())

    @retry(max_attempts=3)
    async def ask():
        return script()

    with pytest.raises(anthropic.OverloadedError) as caught:
        asyncio.run(ask())
    assert script.calls == 3
    assert caught.value.holdoff.attempts == 3


def test_a_plain_function_that_hands_on_a_coroutine_is_retried_when_awaited():
    """The SDKs' async methods are such functions."""
    script = Script(overloaded(), "hello")

    async def ask():
        return script()

    def hand_on():
        return ask()

    async def main():
        return await retry(hand_on)()

    assert asyncio.run(main()) == "hello"
    assert script.calls == 2


def test_a_partial_and_an_object_with_an_async_call_are_async():
    script = Script(overloaded(), "hello", overloaded(), "hello")

    class Ask:
        async def __call__(self):
            return script()

    async def main():
        return await retry(Ask())(), await retry(functools.partial(Ask().__call__))()

    assert asyncio.run(main()) == ("hello", "hello")


@pytest.mark.parametrize("kind", ["plain", "async", "partial", "method", "object"])
def test_generators_are_refused_with_the_reason_and_a_way_out(kind):
    def plain():
        yield 1

    async def later():
        yield 1

    class Streams:
        def method(self):
            yield 1

        def __call__(self):
            yield 1

    function = {
        "plain": plain,
        "async": later,
        "partial": functools.partial(plain),
        "method": Streams().method,
        "object": Streams(),
    }[kind]
    with pytest.raises(TypeError, match="generator.*twice.*retry the call that opens the stream"):
        retry(function)


@pytest.mark.parametrize(
    ("decorate", "error", "words"),
    [
        (lambda: retry(KeyError), TypeError, r"on=KeyError"),
        (lambda: retry(dict), TypeError, "class dict"),
        (lambda: retry(3), TypeError, "takes a function"),
        (lambda: retry(classmethod(print)), TypeError, "below `@classmethod`"),
        (lambda: retry(Policy(), policy=Policy()), TypeError, "two policies"),
        (lambda: retry(policy=3), TypeError, "must be a Policy"),
        (lambda: retry(max_attempts=0), ValueError, "max_attempts"),
        (lambda: retry(max_retries=3), TypeError, "max_retries"),
        (lambda: retry(on=3), TypeError, "`on`"),
        (lambda: retry(on=(KeyError, 3)), TypeError, "`on`"),
        (lambda: retry(on=int), TypeError, "`on`"),
        (lambda: retry(on_event=3), TypeError, "`on_event`"),
        (lambda: retry(classify="no"), TypeError, "`classify`"),
        (lambda: retry(cancel=3), TypeError, "`cancel`"),
        (lambda: retry(cancel=asyncio.Event())(print), TypeError, "threading.Event"),
    ],
)
def test_misuse_is_refused_when_it_is_written(decorate, error, words):
    with pytest.raises(error, match=words):
        decorate()


# --- `on` and `classify` ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", [KeyError, (ValueError, LookupError), lambda error: isinstance(error, KeyError)])
def test_on_names_exceptions_that_nobody_knows(world, on):
    script = Script(KeyError("x"), "hello")
    assert retry(on=on)(script)() == "hello"
    assert len(world.waits) == 1


def test_on_says_how_long(world):
    script = Script(KeyError("x"), "hello")
    assert retry(on=lambda error: 7, jitter="none")(script)() == "hello"
    assert world.waits == [7.0]


@pytest.mark.parametrize("answer", [None, False])
def test_on_says_no(answer):
    script = Script(KeyError("x"))
    with pytest.raises(KeyError):
        retry(on=lambda error: answer)(script)()
    assert script.calls == 1


def test_on_has_no_say_in_what_is_known():
    script = Script(sdk_error("authentication_error"))
    with pytest.raises(anthropic.AuthenticationError):
        retry(on=anthropic.AuthenticationError)(script)()
    assert script.calls == 1
    script = Script(overloaded(), "hello")
    assert retry(on=lambda error: False)(script)() == "hello"


def test_on_is_bound_by_the_attempts():
    script = Script(KeyError("x"))
    with pytest.raises(KeyError) as caught:
        retry(on=KeyError, max_attempts=3)(script)()
    assert script.calls == 3
    assert caught.value.holdoff.reason == "attempts_exhausted"


def test_classify_overrules_both_ways(world):
    script = Script(sdk_error("authentication_error"), "hello")
    assert retry(classify=lambda failure: failure.kind == "authentication" or None)(script)() == "hello"
    script = Script(overloaded())
    with pytest.raises(anthropic.OverloadedError) as caught:
        retry(classify=lambda failure: False)(script)()
    assert script.calls == 1
    assert caught.value.holdoff.reason == "not_retryable"


def test_classify_says_how_long(world):
    from datetime import timedelta

    script = Script(overloaded(), overloaded(), "hello")
    waits = iter([timedelta(seconds=3), 4.5])
    assert retry(classify=lambda failure: next(waits), jitter="none")(script)() == "hello"
    assert world.waits == [3.0, 4.5]


def test_classify_gets_the_failure():
    seen = []
    retry(classify=seen.append)(Script(overloaded(), "hello"))()
    assert [(failure.kind, failure.status) for failure in seen] == [("overloaded", 529)]


# --- hooks and log ------------------------------------------------------------------------------------------------


def test_events_tell_the_call(world):
    events = []
    script = Script(overloaded(), sdk_error("rate_limit_error", headers={"retry-after": "5"}), "hello")
    retry(on_event=events.append)(script)()
    assert [(event.type, event.attempt, event.source, event.reason) for event in events] == [
        ("wait", 1, "backoff", None),
        ("wait", 2, "instruction", None),
        ("success", 3, None, None),
    ]
    assert [event.delay for event in events] == [*world.waits, None]
    assert [event.failure.kind for event in events] == ["overloaded", "rate_limit", "rate_limit"]
    assert events[0].elapsed == 0.0
    assert events[2].elapsed == pytest.approx(sum(world.waits))
    assert "wait" in repr(events[0])


def test_a_wait_of_nothing_tells_its_source_too():
    events = []
    script = Script(sdk_error("rate_limit_error", headers={"retry-after": "5"}), overloaded(), "hello")
    retry(on_event=events.append, initial_delay=0)(script)()
    assert [event.source for event in events] == ["instruction", "backoff", None]
    assert events[1].delay == 0.0


def test_a_stop_has_an_event(world):
    events = []
    with pytest.raises(anthropic.RateLimitError):
        retry(on_event=events.append)(Script(sdk_error("rate_limit_error", headers={"retry-after": "500"})))()
    (event,) = events
    assert (event.type, event.attempt, event.reason, event.delay, event.source) == (
        "stop",
        1,
        "retry_after_too_long",
        None,
        None,
    )
    assert event.retry_at == pytest.approx(world.clock.wall + 500)


def test_a_success_at_once_has_no_event():
    events = []
    retry(on_event=events.append)(Script("hello"))()
    assert events == []


@pytest.mark.parametrize("hook", ["on_event", "classify", "on"])
def test_a_hook_that_raises_is_reported_once_and_the_call_goes_on(caplog, hook):
    def broken(about):
        raise ZeroDivisionError("in the hook")

    script = Script(*([KeyError("x") if hook == "on" else overloaded()] * 2), "hello")
    options = {hook: broken}
    if hook == "on":
        with pytest.raises(KeyError):
            retry(**options)(script)()
    else:
        assert retry(**options)(script)() == "hello"
    reports = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(reports) == 1
    assert reports[0].name == "holdoff"
    assert hook in reports[0].getMessage()
    assert "in the hook" in str(reports[0].exc_info[1])


@pytest.mark.parametrize("answer", ["soon", float("nan"), -1, object()])
def test_a_verdict_that_cannot_be_meant_is_reported_and_left_to_the_policy(caplog, answer):
    assert retry(classify=lambda failure: answer)(Script(overloaded(), "hello"))() == "hello"
    assert [record.levelno for record in caplog.records if record.name == "holdoff"] == [logging.ERROR]


def test_a_hook_that_interrupts_is_obeyed():
    def interrupt(event):
        raise KeyboardInterrupt

    script = Script(overloaded(), "hello")
    with pytest.raises(KeyboardInterrupt):
        retry(on_event=interrupt)(script)()
    assert script.calls == 1


def test_the_log_has_a_line_a_wait_and_a_line_a_stop(caplog):
    caplog.set_level(logging.INFO, logger="holdoff")
    with pytest.raises(anthropic.OverloadedError):
        retry(max_attempts=3)(Script(overloaded()))()
    assert [(record.levelname, record.name) for record in caplog.records] == [("INFO", "holdoff")] * 2 + [("WARNING", "holdoff")]
    assert all("overloaded" in record.getMessage() for record in caplog.records)
    assert all("\n" not in record.getMessage() for record in caplog.records)


def test_a_bug_of_the_callers_leaves_no_line(caplog):
    caplog.set_level(logging.INFO, logger="holdoff")
    with pytest.raises(KeyError):
        retry(Script(KeyError("x")))()
    assert caplog.records == []


def test_without_logging_a_broken_hook_is_told_on_stderr():
    program = (
        "import sys, holdoff, holdoff.testing\n"
        "assert 'logging' not in sys.modules\n"
        "replies = [ConnectionResetError('reset'), 1]\n"
        "def call():\n"
        "    reply = replies.pop(0)\n"
        "    if isinstance(reply, Exception): raise reply\n"
        "    return reply\n"
        "with holdoff.testing.testing():\n"
        "    assert holdoff.retry(on_event=lambda event: 1 / 0)(call)() == 1\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.count("ZeroDivisionError") == 1


# --- calls within calls -------------------------------------------------------------------------------------------


def test_a_call_within_a_call_does_not_multiply(world):
    script = Script(overloaded())
    events = []
    inner = retry(max_attempts=3)(script)

    @retry(max_attempts=4, on_event=events.append)
    def outer():
        return inner()

    with pytest.raises(anthropic.OverloadedError) as caught:
        outer()
    assert script.calls == 3
    assert caught.value.holdoff.attempts == 3
    assert [(event.type, event.reason) for event in events] == [("stop", "attempts_exhausted")]
    assert len(caught.value.__notes__) == 1


def test_a_call_within_a_call_may_be_overruled(world):
    script = Script(overloaded())
    inner = retry(max_attempts=2)(script)
    with pytest.raises(anthropic.OverloadedError):
        retry(max_attempts=3, classify=lambda failure: None)(lambda: inner())()
    assert script.calls == 6


def test_an_exception_object_raised_again_is_no_call_within_a_call(world):
    error = overloaded()
    for _ in range(3):
        script = Script(error)
        with pytest.raises(anthropic.OverloadedError):
            retry(max_attempts=3)(script)()
        assert script.calls == 3


def test_an_inner_failure_that_was_got_over_does_not_count(world):
    inner_script = Script(overloaded(), "hello")
    outer_script = Script(overloaded(), "hello")
    inner = retry(inner_script)

    @retry
    def outer():
        inner()
        return outer_script()

    assert outer() == "hello"
    assert outer_script.calls == 2


# --- what is left behind ------------------------------------------------------------------------------------------


def fail_plain():
    retry(max_attempts=2)(refuse)()


def fail_async():
    @retry(max_attempts=2)
    async def refuse_later():
        refuse()

    async def main():
        # `asyncio.run` makes a cycle of its own with any exception that leaves it.
        with contextlib.suppress(ConnectionResetError):
            await refuse_later()

    asyncio.run(main())


def fail_in_a_loop():
    for attempt in attempts(max_attempts=2):
        with attempt:
            refuse()


def refuse():
    raise ConnectionResetError("reset")


@pytest.mark.parametrize("fail", [fail_plain, fail_async, fail_in_a_loop])
def test_nothing_is_left_to_the_garbage_collector(fail):
    """An exception in a cycle keeps its frames, and their requests and answers, until the collector comes by."""
    with contextlib.suppress(ConnectionResetError):
        fail()
    gc.collect()
    gc.disable()
    try:
        with contextlib.suppress(ConnectionResetError):
            fail()
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        found = [thing for thing in gc.garbage if type(thing).__module__.startswith("holdoff")]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert found == []


def test_no_coroutine_is_left_unawaited():
    script = Script(overloaded(), "hello")

    @retry(max_elapsed=10)
    async def ask():
        return script()

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert asyncio.run(ask()) == "hello"
        gc.collect()


def test_decorated_functions_are_shared_by_threads(world):
    import threading

    failures = threading.local()

    @retry
    def ask(number):
        failures.count = getattr(failures, "count", 0) + 1
        if failures.count % 3:
            raise overloaded()
        return number

    results = []
    threads = [threading.Thread(target=lambda n=n: results.extend(ask(n) for _ in range(50))) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == sorted(list(range(8)) * 50)
    assert len(world.waits) == 8 * 50 * 2


def test_a_retried_function_of_a_module_can_be_pickled():
    import pickle

    assert pickle.loads(pickle.dumps(module_function)) is module_function


@retry
def module_function():
    return 1

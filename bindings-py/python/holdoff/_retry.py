"""`retry`: a function that is called again for as long as that is worth it."""

from __future__ import annotations

import sys

from . import _wait
from ._policy import Policy
from ._run import Run, Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any, ParamSpec, TypeVar, overload

    from typing_extensions import Unpack

    from ._events import Event
    from ._failure import Failure
    from ._fields import PolicyFields
    from ._settings import On, Verdict

    P = ParamSpec("P")
    R = TypeVar("R")

INF = _wait.INF

# inspect.CO_GENERATOR, CO_COROUTINE, CO_ASYNC_GENERATOR: `inspect` costs more to import than all of holdoff.
_GENERATOR, _COROUTINE, _ASYNC_GENERATOR = 0x20, 0x80, 0x200


async def _nothing() -> None:
    pass


_awaitable = _nothing()
_Coroutine = type(_awaitable)
_awaitable.close()

if TYPE_CHECKING:

    @overload
    def retry(target: Callable[P, R], /) -> Callable[P, R]: ...
    @overload
    def retry(
        target: Policy | None = None,
        /,
        *,
        policy: Policy | None = None,
        on: On | None = None,
        on_event: Callable[[Event], object] | None = None,
        classify: Callable[[Failure], Verdict] | None = None,
        cancel: _wait.Cancel | None = None,
        **fields: Unpack[PolicyFields],
    ) -> Callable[[Callable[P, R]], Callable[P, R]]: ...


def retry(
    target: Any = None,
    /,
    *,
    policy: Policy | None = None,
    on: Any = None,
    on_event: Any = None,
    classify: Any = None,
    cancel: Any = None,
    **fields: Any,
) -> Any:
    """Calls a function again for as long as its failures are worth it, then raises its own exception.

    Use it as `@retry`, as `@retry(max_attempts=4, …)`, or around a function at hand: `retry(policy)(fn)(…)`. Plain and
    async functions and methods keep their signature. The exception that ends a call is the function's own, with the
    story of the call as `.holdoff` and as a note in its traceback.

    Whether an exception is worth another attempt is read from it, whatever SDK or HTTP library raised it. Exceptions
    that holdoff does not know, a `KeyError` say, are raised at once, unless `on` or `classify` say otherwise. So is an
    exception that has ended another holdoff call within the function: two loops do not multiply.

    Everything in the function runs again, not only the call in it that failed.

    Args:
        target: the function, or a policy.
        policy: the policy; None takes the defaults. Its fields can be given by name as well, and replace single values.
        on: for exceptions that holdoff does not know: a class or a tuple of classes to send again for, or a function of
            the exception that answers None or False (no), True (yes), or the seconds to wait.
        on_event: called with an `Event` before each wait, at a stop, and at a success after a failure.
        classify: called with each `Failure`: None leaves the decision to the policy, False stops, True sends again,
            seconds or a timedelta send again after that long. It does not overrule `max_attempts` or a deadline.
        cancel: an event. Once it is set, a wait ends at once and the last exception is raised. Async functions take a
            `threading.Event` too, and notice it within 20 ms.
        **fields: fields of `Policy`.

    `max_elapsed` and `attempt_timeout` end an async attempt by cancellation, and `TimeoutError` is raised for it. A
    plain function cannot be ended from outside: give its HTTP client a time-out.

    Raises:
        TypeError: what is decorated cannot be called again: a generator function, whose first items would come twice,
            a class, or something that is not callable.
        ValueError: as for `Policy`.

    Example:
        >>> import holdoff.testing
        >>> replies = [ConnectionResetError("reset"), "hello"]
        >>> @retry(max_attempts=3)
        ... def ask():
        ...     reply = replies.pop(0)
        ...     if isinstance(reply, Exception):
        ...         raise reply
        ...     return reply
        >>> with holdoff.testing.testing():
        ...     ask()
        'hello'
    """
    if isinstance(target, Policy):
        if policy is not None:
            raise TypeError("retry got two policies: give one")
        target, policy = None, target
    settings = Settings(policy, on_event=on_event, classify=classify, cancel=cancel, on=on, **fields)
    if target is None:
        return lambda function: _wrapped(function, settings)
    return _wrapped(target, settings)


def _wrapped(function: Callable[..., Any], settings: Settings) -> Callable[..., Any]:
    flags = _flags(function)
    name = getattr(function, "__qualname__", None) or type(function).__qualname__
    if isinstance(function, type):
        hint = f": write `retry(on={name})`" if issubclass(function, BaseException) else ""
        raise TypeError(f"retry takes a function: got the class {name}{hint}")
    if not callable(function):
        raise TypeError(f"retry takes a function: got {name}; `@retry` goes below `@classmethod` and `@property`")
    if flags & (_GENERATOR | _ASYNC_GENERATOR):
        raise TypeError(
            f"{name} is a generator function: calling it again would yield its first items twice; "
            "retry the call that opens the stream, or collect the items inside the retried function"
        )
    is_async = bool(flags & _COROUTINE) or _marked(function)
    cancel = settings.cancel
    if cancel is not None and not is_async and _wait.is_async_event(cancel):
        raise TypeError(f"`cancel` of the plain function {name} must be a threading.Event: got {type(cancel).__name__}")
    from functools import update_wrapper

    return update_wrapper((_retrying_async if is_async else _retrying)(function, settings), function)


def _retrying(function: Callable[P, R], settings: Settings) -> Callable[P, R]:
    def retrying(*args: P.args, **kwargs: P.kwargs) -> R:
        started = _wait.clock.mono()
        run: Run | None = None
        while True:
            try:
                result = function(*args, **kwargs)
                break
            except Exception as error:
                if run is None:
                    run = Run(settings, started)
                if not run.again(error):
                    raise
            except BaseException:
                if run is not None:
                    run.cancelled()
                raise
        if type(result) is _Coroutine:
            # A plain function that hands on an async one's coroutine, as SDKs' methods do: it fails when it is awaited.
            later: Any = function
            return _drive(lambda: later(*args, **kwargs), settings, result)  # type: ignore[arg-type, return-value]
        if run is not None:
            run.succeeded()
        return result

    return retrying


def _retrying_async(function: Callable[P, Awaitable[R]], settings: Settings) -> Callable[P, Awaitable[R]]:
    if settings.first_timeout == INF:

        async def retrying(*args: P.args, **kwargs: P.kwargs) -> R:
            started = _wait.clock.mono()
            try:
                return await function(*args, **kwargs)
            except Exception as error:
                run = Run(settings, started)
                if not await run.again_async(error):
                    raise
            return await _resend(lambda: function(*args, **kwargs), run)

    else:

        async def retrying(*args: P.args, **kwargs: P.kwargs) -> R:
            return await _drive(lambda: function(*args, **kwargs), settings, function(*args, **kwargs))

    return retrying


async def _drive(function: Callable[[], Awaitable[R]], settings: Settings, first: Awaitable[R]) -> R:
    """Awaits the first attempt, then as many as it takes."""
    started = _wait.clock.mono()
    try:
        return await _wait.bounded(first, settings.first_timeout)
    except Exception as error:
        run = Run(settings, started)
        if not await run.again_async(error):
            raise
    return await _resend(function, run)


async def _resend(function: Callable[[], Awaitable[R]], run: Run) -> R:
    while True:
        try:
            result = await _wait.bounded(function(), run.timeout)
            break
        except Exception as error:
            if not await run.again_async(error):
                raise
        except BaseException:
            run.cancelled()
            raise
    run.succeeded()
    return result


def _flags(function: Any) -> int:
    """The code flags of the function that a call would run, through partials, methods and callable objects."""
    from functools import partial

    while isinstance(function, partial):
        function = function.func
    code = getattr(function, "__code__", None)  # methods have their function's
    if code is None and callable(function) and not isinstance(function, type):
        code = getattr(type(function).__call__, "__code__", None)
    flags = getattr(code, "co_flags", 0)
    return flags if isinstance(flags, int) else 0


def _marked(function: object) -> bool:
    """Whether `inspect.markcoroutinefunction` or a compiler says that it is async: who says so has `inspect`."""
    inspect = sys.modules.get("inspect")
    return inspect is not None and hasattr(inspect, "iscoroutinefunction") and inspect.iscoroutinefunction(function)

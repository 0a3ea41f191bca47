"""`attempts`: the same as `retry`, around a block of code."""

from __future__ import annotations

from . import _wait
from ._run import Run, Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from types import TracebackType

    from typing_extensions import Unpack

    from ._events import Event
    from ._failure import Failure
    from ._fields import PolicyFields
    from ._policy import Policy
    from ._settings import On, Verdict

INF = _wait.INF


class attempts:
    """A loop over the attempts of one call, for code that is not a function.

    ::

        for attempt in holdoff.attempts(max_attempts=4):
            with attempt:
                reply = client.messages.create(...)

        async for attempt in holdoff.attempts(max_elapsed=60):
            async with attempt:
                reply = await client.messages.create(...)

    The block runs again where an exception left it that is worth another attempt; the wait comes before the next turn
    of the loop. Any other way out of the block, `break`, `continue` and `return` included, ends the loop as a success.
    An exception that ends the call leaves the block and the loop, with its story attached.

    In an async loop, `async with attempt` ends an attempt at `attempt_timeout` or `max_elapsed` by cancellation and
    `TimeoutError`; `with attempt` leaves it be, and so does a plain loop: `attempt.timeout` is for the HTTP client.

    Each loop over the object is a call of its own.

    Args:
        policy: the policy; None takes the defaults. Its fields can be given by name as well.
        on, on_event, classify, cancel: as for `retry`.
        **fields: fields of `Policy`.

    Raises:
        TypeError, ValueError: as for `retry`.
        RuntimeError: an attempt is used twice, outside its turn of the loop, or not at all.

    Example:
        >>> import holdoff.testing
        >>> replies = [ConnectionResetError("reset"), "hello"]
        >>> with holdoff.testing.testing():
        ...     for attempt in attempts(max_attempts=3):
        ...         with attempt:
        ...             reply = replies.pop(0)
        ...             if isinstance(reply, Exception):
        ...                 raise reply
        >>> attempt.number, reply
        (2, 'hello')
    """

    __slots__ = ("_settings",)

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        on: On | None = None,
        on_event: Callable[[Event], object] | None = None,
        classify: Callable[[Failure], Verdict] | None = None,
        cancel: _wait.Cancel | None = None,
        **fields: Unpack[PolicyFields],
    ) -> None:
        self._settings = Settings(policy, on_event=on_event, classify=classify, cancel=cancel, on=on, **fields)

    def __iter__(self) -> Iterator[Attempt]:
        cancel = self._settings.cancel
        if cancel is not None and _wait.is_async_event(cancel):
            raise TypeError(f"`cancel` of a plain loop must be a threading.Event: got {type(cancel).__name__}")
        return _Loop(self._settings)

    def __aiter__(self) -> AsyncIterator[Attempt]:
        return _Loop(self._settings)


class _Loop:
    """One call: at any time at most one attempt of it is under way."""

    __slots__ = ("_attempt", "_delay", "_error", "_run", "_settings", "_started")

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._attempt: Attempt | None = None
        self._run: Run | None = None
        self._started = 0.0
        # Between two attempts: the wait to come, and what to raise should the call end in it.
        self._delay = -1.0
        self._error: Exception | None = None

    def __iter__(self) -> _Loop:
        return self

    def __aiter__(self) -> _Loop:
        return self

    def __next__(self) -> Attempt:
        attempt, run = self._attempt, self._run
        if attempt is None:
            return self._first()
        if not attempt._failed:
            raise self._over(attempt, StopIteration)
        assert run is not None  # an attempt has failed
        run.wait(self._delay)
        return self._next(run)

    async def __anext__(self) -> Attempt:
        attempt, run = self._attempt, self._run
        if attempt is None:
            return self._first()
        if not attempt._failed:
            raise self._over(attempt, StopAsyncIteration)
        assert run is not None  # an attempt has failed
        await run.wait_async(self._delay)
        return self._next(run)

    def _first(self) -> Attempt:
        self._started = _wait.clock.mono()
        self._attempt = attempt = Attempt(self, 1, self._settings.first_timeout)
        return attempt

    def _next(self, run: Run) -> Attempt:
        error, self._error = self._error, None
        if run.resumed() < 0.0:
            assert error is not None  # it is what the wait was for
            raise run.end(error)
        self._attempt = attempt = Attempt(self, run.attempt, run.timeout)
        return attempt

    def _over(self, attempt: Attempt, stop: type[Exception]) -> Exception:
        if not attempt._done:
            return RuntimeError(f"attempt {attempt.number} was not used: put the work under `with attempt:`")
        return stop()

    def _left(self, attempt: Attempt, error: BaseException | None) -> bool:
        """Whether the exception that left the block is swallowed, because another attempt follows."""
        attempt._done = True
        attempt._loop = None  # no cycle: it would keep the exception's frames
        run = self._run
        if error is None:
            if run is not None:
                run.succeeded()
            return False
        if not isinstance(error, Exception):
            if run is not None:
                run.cancelled()
            return False
        if run is None:
            run = self._run = Run(self._settings, self._started)
        self._delay = run.failed_error(error)
        if self._delay < 0.0:
            run.end(error)
            return False
        attempt._failed = True
        self._error = error
        return True


class Attempt:
    """One turn of a loop over `attempts`: a context manager for the block that is the attempt, used once.

    Attributes:
        number: which attempt this is, from 1.
        timeout: seconds it may take, for the HTTP client; None: no bound.
    """

    __slots__ = ("_done", "_entered", "_failed", "_limit", "_loop", "_seconds", "number")

    def __init__(self, loop: _Loop, number: int, seconds: float) -> None:
        self.number = number
        self._loop: _Loop | None = loop
        self._seconds = seconds
        self._limit: _wait.limit | None = None
        self._entered = self._done = self._failed = False

    @property
    def timeout(self) -> float | None:
        """Seconds the attempt may take, for the HTTP client; None: no bound."""
        return None if self._seconds == INF else self._seconds

    def __enter__(self) -> Attempt:
        if self._entered or self._loop is None or self._loop._attempt is not self:
            raise RuntimeError(f"attempt {self.number} is over: use each attempt once, in its own turn of the loop")
        self._entered = True
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        return self._leave(error)

    async def __aenter__(self) -> Attempt:
        self.__enter__()
        if self._seconds != INF:
            self._limit = _wait.limit(self._seconds)
            await self._limit.__aenter__()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        if self._limit is not None:
            try:
                await self._limit.__aexit__(kind, error, trace)
            except _wait.AttemptTimeout as expired:
                if self._leave(expired):
                    return True
                raise
        return self._leave(error)

    def _leave(self, error: BaseException | None) -> bool:
        assert self._loop is not None  # entered, and not left yet
        return self._loop._left(self, error)

    def __repr__(self) -> str:
        return f"<Attempt {self.number}>"

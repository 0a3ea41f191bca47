"""Clock, sleep, time limit and dice: what the drivers ask of the world, and what `holdoff.testing` replaces.

Everything goes through one object, the module's `clock`, so that a test replaces it with one assignment. A call keeps
the clock it began with. Seconds everywhere, as float.
"""

from __future__ import annotations

import itertools
import os
import sys
import time

from ._native import entropy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable
    from types import TracebackType
    from typing import Any, Protocol, TypeVar

    T = TypeVar("T")

    class Cancel(Protocol):
        """An event that ends a call: `threading.Event`, `asyncio.Event`, `trio.Event` or one shaped like them."""

        def is_set(self) -> bool: ...

        @property
        def wait(self) -> Any: ...


INF = float("inf")
# One blocking call waits a day at most: far longer ones overflow the C types under `time.sleep` and `Event.wait`. On
# Windows a thread that waits for an event does not hear Ctrl-C, so it looks up now and then.
_LONGEST_SLEEP = 86_400.0
_LONGEST_EVENT_WAIT = 0.1 if os.name == "nt" else _LONGEST_SLEEP
# How soon an async wait sees that a `threading.Event` has been set: nothing can wake a loop on one.
_POLL = 0.02

_seed = entropy()
_numbers = itertools.count()


def _reseed() -> None:
    # A forked child holds its parent's seed and call number: without a new seed both would wait the same times.
    global _seed
    _seed = entropy()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_reseed)


class AttemptTimeout(TimeoutError):
    """One attempt took longer than it was allowed to."""


class Clock:
    """The real clock, and how a call waits on it."""

    __slots__ = ()

    #: The most attempts a call may make, whatever its policy says; None leaves it to the policy.
    attempts: int | None = None

    mono = staticmethod(time.monotonic)
    wall = staticmethod(time.time)

    def draw(self) -> tuple[int, int]:
        """The seed of the process and the number of the next call."""
        return _seed, next(_numbers)

    def sleep(self, seconds: float, cancel: Cancel | None = None) -> None:
        """Blocks for `seconds`, or until `cancel` is set. `KeyboardInterrupt` ends it at once."""
        # `time.sleep` is looked up at each wait, so that a test which patches it is obeyed.
        if cancel is None and seconds <= _LONGEST_SLEEP:
            time.sleep(seconds)
            return
        sleep, longest = (time.sleep, _LONGEST_SLEEP) if cancel is None else (cancel.wait, _LONGEST_EVENT_WAIT)
        while seconds > longest:
            if sleep(longest):
                return
            seconds -= longest
        sleep(seconds)

    async def sleep_async(self, seconds: float, cancel: Cancel | None = None) -> None:
        """Waits for `seconds` under asyncio or Trio, or until `cancel` is set. Cancellation ends it at once."""
        if cancel is None:
            await _sleep(seconds)
        elif is_async_event(cancel):
            try:
                async with limit(seconds):
                    await cancel.wait()
            except AttemptTimeout:
                pass
        else:
            end = time.monotonic() + seconds
            while not cancel.is_set() and (left := end - time.monotonic()) > 0.0:
                await _sleep(min(left, _POLL))


#: The clock of calls that begin now.
clock: Clock = Clock()


def is_async_event(cancel: Cancel) -> bool:
    """Whether waiting for `cancel` needs `await`."""
    code = getattr(getattr(cancel.wait, "__func__", cancel.wait), "__code__", None)
    return code is not None and bool(code.co_flags & 0x80)  # inspect.CO_COROUTINE


def _trio() -> Any:
    """The trio module, where the caller runs in a Trio task; else None."""
    trio = sys.modules.get("trio")
    if trio is None:
        return None
    try:
        trio.lowlevel.current_task()
    except (RuntimeError, AttributeError):
        return None
    return trio


def _asyncio() -> Any:
    """The asyncio module, where the caller runs in an asyncio loop.

    Raises:
        RuntimeError: neither asyncio nor Trio is running.
    """
    asyncio = sys.modules.get("asyncio")
    if asyncio is None or asyncio._get_running_loop() is None:
        raise RuntimeError("holdoff waits under asyncio or Trio: neither is running here")
    return asyncio


async def _sleep(seconds: float) -> None:
    # Trio is asked first: in its guest mode an asyncio loop runs in the same thread.
    await (_trio() or _asyncio()).sleep(seconds)


class limit:
    """`async with limit(seconds):` ends the block by cancellation after `seconds` and raises `AttemptTimeout`.

    A cancellation that comes from the caller passes through as it is.
    """

    __slots__ = ("_scope", "_seconds", "_trio")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    async def __aenter__(self) -> None:
        trio = _trio()
        self._trio = trio is not None
        if trio is not None:
            self._scope = trio.move_on_after(self._seconds)
            self._scope.__enter__()
        else:
            asyncio = _asyncio()
            self._scope = asyncio.timeout(self._seconds) if hasattr(asyncio, "timeout") else _Timeout(asyncio, self._seconds)
            await self._scope.__aenter__()

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._trio:
            # Trio swallows what it has raised itself, and nothing else.
            self._scope.__exit__(kind, error, trace)
            if self._scope.cancelled_caught:
                raise self._expired() from None
            return
        try:
            await self._scope.__aexit__(kind, error, trace)
        except TimeoutError as expired:
            raise self._expired() from expired.__cause__

    def _expired(self) -> AttemptTimeout:
        return AttemptTimeout(f"the attempt took longer than {self._seconds:g} s, the most it was allowed")


class _Timeout:
    """`asyncio.timeout` for Python 3.10."""

    __slots__ = ("_asyncio", "_expired", "_handle", "_seconds", "_task")

    def __init__(self, asyncio: Any, seconds: float) -> None:
        self._asyncio = asyncio
        self._seconds = seconds
        self._expired = False

    async def __aenter__(self) -> None:
        self._task = self._asyncio.current_task()
        self._handle = self._asyncio.get_running_loop().call_later(self._seconds, self._expire)

    def _expire(self) -> None:
        self._expired = True
        self._task.cancel()

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._handle.cancel()
        if self._expired and kind is not None and issubclass(kind, self._asyncio.CancelledError):
            raise TimeoutError from error


async def bounded(awaitable: Awaitable[T], seconds: float) -> T:
    """Awaits one attempt for at most `seconds`; `inf` sets no bound.

    Raises:
        AttemptTimeout: the time was up and the attempt has been cancelled. A cancellation by the caller is raised as
            it came, and so is any `TimeoutError` of the attempt's own.
    """
    if seconds == INF:
        return await awaitable
    async with limit(seconds):
        result = await awaitable
    return result

"""Tests without waiting: a clock that only waits move, fixed dice, and fewer attempts.

    def test_gives_up():
        with holdoff.testing.testing() as world:
            with pytest.raises(anthropic.OverloadedError):
                ask()
        assert len(world.waits) == 5

As a fixture for a whole suite::

    @pytest.fixture(autouse=True)
    def no_waiting():
        with holdoff.testing.testing(attempts=2):
            yield
"""

from __future__ import annotations

import itertools
import threading
from types import TracebackType
from typing import Any

from . import _wait

__all__ = ["FakeClock", "install", "testing", "uninstall"]

# What `uninstall` undoes, innermost last.
_installed: list[testing] = []
_lock = threading.Lock()


class FakeClock:
    """Time that stands still until a wait, or `advance`, moves it.

    Args:
        wall: the date it starts at, in unix seconds. Default 1_700_000_000 (2023-11-14).

    Attributes:
        mono: seconds since it was made.
        wall: its date in unix seconds.

    Example:
        >>> clock = FakeClock()
        >>> clock.advance(1.5)
        >>> clock.mono, clock.wall
        (1.5, 1700000001.5)
    """

    def __init__(self, wall: float = 1_700_000_000.0) -> None:
        self._epoch = wall
        # Nanoseconds, so that a thousand waits add up to what they are.
        self._elapsed = 0
        self._lock = threading.Lock()

    @property
    def mono(self) -> float:
        """Seconds since it was made."""
        return self._elapsed / 1_000_000_000

    @property
    def wall(self) -> float:
        """Its date in unix seconds."""
        return self._epoch + self.mono

    def advance(self, seconds: float) -> None:
        """Moves it on.

        Raises:
            ValueError: `seconds` is negative, infinite or not a number.
        """
        if not 0.0 <= seconds < _wait.INF:
            raise ValueError(f"`seconds` must be a finite number, at least 0: got {seconds!r}")
        with self._lock:
            self._elapsed += round(seconds * 1_000_000_000)


class testing(_wait.Clock):
    """No call waits inside: a fake clock advances by the waits instead.

    A context manager; `install` and `uninstall` are the same in two halves. It concerns calls that begin while it is
    installed, in every thread. It can be nested: the innermost counts, and the end of each restores what was there.

    Args:
        attempts: the most attempts a call may make. A cap: a policy that allows fewer keeps to it. None leaves the
            policies alone. Default None.
        seed: what jitter is drawn from; the same seed gives the same waits. Default 0.
        clock: the clock that the waits move. None makes a new one.

    Attributes:
        waits: seconds of every wait so far, in order.
        clock: the clock.

    Time limits of async attempts stay real: an attempt that hangs is ended when its time is up on the wall.

    Raises:
        ValueError: `attempts` is less than 1.

    Example:
        >>> import holdoff
        >>> @holdoff.retry(jitter="none")
        ... def call():
        ...     raise ConnectionResetError("reset")
        >>> with testing(attempts=3) as world:
        ...     try:
        ...         call()
        ...     except ConnectionResetError as error:
        ...         print(error.holdoff.attempts, world.waits, world.clock.mono)
        3 [1.0, 2.0] 3.0
    """

    def __init__(self, *, attempts: int | None = None, seed: int = 0, clock: FakeClock | None = None) -> None:
        if attempts is not None and attempts < 1:
            raise ValueError(f"`attempts` must be at least 1, the first send counts: got {attempts}")
        self.attempts = attempts
        self.clock = FakeClock() if clock is None else clock
        self.waits: list[float] = []
        self._seed = seed
        self._numbers = itertools.count()
        self._before: list[_wait.Clock] = []

    def mono(self) -> float:
        return self.clock.mono

    def wall(self) -> float:
        return self.clock.wall

    def draw(self) -> tuple[int, int]:
        return self._seed, next(self._numbers)

    def sleep(self, seconds: float, cancel: _wait.Cancel | None = None) -> None:
        if cancel is None or not cancel.is_set():
            self.waits.append(seconds)
            self.clock.advance(seconds)

    async def sleep_async(self, seconds: float, cancel: _wait.Cancel | None = None) -> None:
        # Others run meanwhile, and a cancellation is delivered, as in a real wait.
        await _wait._sleep(0)
        self.sleep(seconds, cancel)

    def __enter__(self) -> testing:
        with _lock:
            self._before.append(_wait.clock)
            _wait.clock = self
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with _lock:
            _wait.clock = self._before.pop()


def install(**options: Any) -> testing:
    """Begins what `testing(**options)` does, until `uninstall`."""
    world = testing(**options).__enter__()
    _installed.append(world)
    return world


def uninstall() -> None:
    """Ends what the last `install` began.

    Raises:
        RuntimeError: nothing is installed.
    """
    if not _installed:
        raise RuntimeError("holdoff.testing is not installed: call install() first")
    _installed.pop().__exit__(None, None, None)

"""What happened to a call that ended by an exception: the exception's `.holdoff`."""

from __future__ import annotations

import time

from . import _native
from ._failure import Failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._names import StopReason

#: What each stop reason means, to a person.
REASONS = dict(_native.stop_reasons())

_NOTE = "holdoff: "


class Story:
    """How a call went that ended by an exception, as that exception's `.holdoff`.

    Attributes:
        attempts: sends, the first included.
        waits: seconds waited between them, in order. The last one is shorter than decided where the wait was cut.
        elapsed: seconds from the first send to the end.
        failure: what the last attempt failed of.
        failures: the same for every failed attempt, in order.
        reason: why the call ended, such as `"attempts_exhausted"`.
        retry_at: when sending again makes sense, in unix seconds; None where nobody said.

    `str(story)` is one line. A story can be pickled, and so can the exception that carries it.

    Example:
        >>> import holdoff
        >>> @holdoff.retry(max_attempts=1)
        ... def call():
        ...     raise ConnectionResetError("connection reset by peer")
        >>> try:
        ...     call()
        ... except ConnectionResetError as error:
        ...     print(error.holdoff.attempts, error.holdoff.reason, error.holdoff.failure.kind)
        1 attempts_exhausted connection
    """

    __slots__ = ("_clock", "_ended", "_failures", "attempts", "elapsed", "reason", "retry_at", "waits")

    attempts: int
    waits: tuple[float, ...]
    elapsed: float
    reason: StopReason
    retry_at: float | None

    def __init__(
        self,
        attempts: int,
        waits: tuple[float, ...],
        elapsed: float,
        failures: tuple[_native.Failure, ...],
        reason: StopReason,
        retry_at: float | None,
        clock: object = None,
        ended: float = 0.0,
    ) -> None:
        self.attempts = attempts
        self.waits = waits
        self.elapsed = elapsed
        self.reason = reason
        self.retry_at = retry_at
        self._failures = failures
        # When the call ended, and by which clock: tells a call within a call from an old story.
        self._clock = clock
        self._ended = ended

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What each failed attempt failed of, in order."""
        return tuple(map(Failure, self._failures))

    @property
    def failure(self) -> Failure:
        """What the last attempt failed of."""
        return Failure(self._failures[-1])

    def __str__(self) -> str:
        return f"{self._outcome()}; last failure: {self._failures[-1].line()}"

    def _outcome(self) -> str:
        sends = "1 attempt" if self.attempts == 1 else f"{self.attempts} attempts"
        line = f"stopped after {sends} in {self.elapsed:.1f} s, {REASONS.get(self.reason, self.reason)} ({self.reason})"
        if self.retry_at is not None:
            line += f"; may be sent again at {_date(self.retry_at)}"
        return line

    def __repr__(self) -> str:
        return f"<Story {self}>"

    def explain(self) -> str:
        """The whole story for a person: every attempt and wait, what the last failure means, and how to fix it.

        Where the service has failed for minutes or many attempts on end, it also says where to look then.
        """
        lines = [self._outcome()]
        for number, failure in enumerate(self._failures):
            waited = f", then waited {self.waits[number]:.3f} s" if number < len(self.waits) else ""
            lines.append(f"  attempt {number + 1}: {failure.line()}{waited}")
        lines.append(self._failures[-1].explain())
        lasts = _native.lasting(list(self._failures), self.elapsed)
        if lasts:
            lines.append(f"  lasting: {lasts}")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        wires = tuple(failure.wire() for failure in self._failures)
        return _restore, (self.attempts, self.waits, self.elapsed, wires, self.reason, self.retry_at)


def _restore(
    attempts: int,
    waits: tuple[float, ...],
    elapsed: float,
    wires: tuple[dict[str, Any], ...],
    reason: StopReason,
    retry_at: float | None,
) -> Story:
    return Story(attempts, waits, elapsed, tuple(map(_native.Failure.from_wire, wires)), reason, retry_at)


def _date(seconds: float) -> str:
    try:
        return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seconds))
    except (OverflowError, ValueError, OSError):
        return f"unix time {seconds:.0f}"


def attach(error: BaseException, story: Story, *, note: bool = True) -> None:
    """Sets `error.holdoff` and one note that a traceback shows. Never fails.

    An exception that ends a second call gets the second story and its note in place of the first. Where the exception
    takes no attributes it stays as it was; the stop event tells the story all the same.
    """
    try:
        error.holdoff = story  # type: ignore[attr-defined]
        notes = getattr(error, "__notes__", None)
        # The story is one fact among the notes of others: only ours is replaced.
        kept = [entry for entry in notes if not _is_ours(entry)] if isinstance(notes, list) else []
        if note:
            kept.append(f"{_NOTE}{story}")
        if kept or notes:
            error.__notes__ = kept
    except Exception:  # frozen exceptions, hostile properties: the caller's error matters more
        pass


def _is_ours(entry: object) -> bool:
    return isinstance(entry, str) and entry.startswith(_NOTE)

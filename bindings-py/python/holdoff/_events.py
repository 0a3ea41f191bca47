"""What hooks are told, and the two lines that go to the log."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from ._failure import Failure
    from ._names import Source, StopReason

INFO = 20
WARNING = 30


class Event:
    """One step of a call, as `on_event` gets it.

    Attributes:
        type: `"wait"` before a wait, `"stop"` when the call ends by an exception, `"success"` when it succeeds after
            at least one failure. A call that succeeds at once has no event.
        attempt: sends so far, the first included.
        delay: seconds of the wait that follows; None but for `"wait"`.
        source: where the delay comes from: `"backoff"`, the policy's; `"instruction"`, what the server or a hook asked
            for; `"estimate"`, when an empty bucket is full again. None but for `"wait"`.
        failure: what the last attempt failed of.
        reason: why the call ends, such as `"attempts_exhausted"`; None but for `"stop"`.
        retry_at: when sending again makes sense, in unix seconds; None where nobody said.
        elapsed: seconds since the first send.
    """

    __slots__ = ("attempt", "delay", "elapsed", "failure", "reason", "retry_at", "source", "type")

    def __init__(
        self,
        type: Literal["wait", "stop", "success"],  # the attribute's name
        attempt: int,
        failure: Failure,
        elapsed: float,
        *,
        delay: float | None = None,
        source: Source | None = None,
        reason: StopReason | None = None,
        retry_at: float | None = None,
    ) -> None:
        self.type = type
        self.attempt = attempt
        self.delay = delay
        self.source = source
        self.failure = failure
        self.reason = reason
        self.retry_at = retry_at
        self.elapsed = elapsed

    def __repr__(self) -> str:
        known = ((name, getattr(self, name)) for name in self.__slots__ if name != "failure")
        said = ", ".join(f"{name}={value!r}" for name, value in known if value is not None)
        return f"Event({said}, failure={self.failure!r})"


_logger: Any = None


def logger(level: int) -> Any:
    """The `holdoff` logger where it wants lines of `level`; None where it does not, or nobody uses `logging`.

    `logging` is looked up, never imported: a program without it pays nothing for it.
    """
    global _logger
    if _logger is None:
        logging = sys.modules.get("logging")
        # A module that another thread is importing may not have the function yet.
        if logging is None or not hasattr(logging, "getLogger"):
            return None
        found = logging.getLogger("holdoff")
        if not found.handlers:
            # A program that has set up no logging gets no lines on its stderr either.
            found.addHandler(logging.NullHandler())
        _logger = found
    return _logger if _logger.isEnabledFor(level) else None


def hook_failed(name: str, hook: object) -> None:
    """Reports, from an `except` block, that a hook raised. The call itself goes on."""
    what = getattr(hook, "__qualname__", None) or type(hook).__qualname__
    text = f"{name} hook {what} raised: the call goes on without it, further errors of this hook are not reported"
    if sys.modules.get("logging") is not None:
        log = logger(40)
        if log is not None:
            log.error(text, exc_info=True)
    else:
        # Nobody will see a log line: say it where Python says what it cannot raise.
        import traceback

        print(f"holdoff: {text}\n{traceback.format_exc()}", file=sys.stderr)

"""The bookkeeping of one call from its first failure on: the one place that talks to the engine's `Call`.

A driver calls its function; nothing exists until that fails. Then::

    run = Run(settings, started)              # started: `_wait.clock.mono()` before the first send
    while True:
        delay = run.failed_error(error)       # or failed_response(...)
        if delay < 0:
            raise run.end(error)
        run.wait(delay)                       # or: await run.wait_async(delay)
        timeout = run.resumed()               # seconds the next attempt may take; inf: no bound
        if timeout < 0:
            raise run.end(error)
        ... send again, and on success: run.succeeded()

`again` and `again_async` are that loop's body for drivers that have an exception in hand.
"""

from __future__ import annotations

from . import _native, _wait
from ._events import INFO, WARNING, Event, logger
from ._evidence import read
from ._failure import Failure
from ._settings import Settings
from ._story import Story, attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._evidence import Evidence
    from ._names import StopReason

__all__ = ["Run", "Settings"]


class Run:
    """One call that has failed at least once."""

    __slots__ = (
        "_ahead",
        "_began",
        "_call",
        "_clock",
        "_cut",
        "_nested",
        "_settings",
        "_started",
        "_until",
        "attempt",
        "timeout",
    )

    def __init__(self, settings: Settings, started: float) -> None:
        self._settings = settings
        self._clock = clock = _wait.clock
        # When the attempt under way began, by the clock, and the earliest that it may have, by the call.
        self._started = self._began = self._until = started
        # How far the call is ahead of the clock: a sleep that a test has patched away counts as slept.
        self._ahead = 0.0
        # What of the last wait has not been waited, because it was cut.
        self._cut = 0.0
        self._nested: Story | None = None
        #: Sends so far, the first included.
        self.attempt = 1
        #: Seconds the attempt under way may take; inf: no bound.
        self.timeout = settings.first_timeout
        seed, number = clock.draw() if settings.numbers is None else settings.draw()
        policy = settings.native if clock.attempts is None else settings.capped(clock.attempts)
        self._call = _native.Call(policy, seed, number, started)

    # --- what failed ----------------------------------------------------------------------------------------------

    def failed_error(
        self,
        error: BaseException,
        committed: bool = False,
        remote_tools: bool = False,
        method: str | None = None,
        url: str | None = None,
    ) -> float:
        """Seconds to wait before the next send, or -1.0 when the call is over.

        `method` and `url` are for an exception that does not say which request it belongs to.
        """
        evidence = read(error)
        story = getattr(error, "holdoff", None)
        if story is not None and self._ends(story):
            return -1.0
        if method is not None and evidence[5] is None:
            evidence = (*evidence[:5], method, url)
        return self._decide(error, evidence, remote_tools, committed)

    def failed_response(
        self,
        status: int,
        headers: list[tuple[bytes, bytes]] | list[tuple[str, str]] | None,
        body: bytes | str | None,
        method: str | None,
        url: str | None,
        remote_tools: bool = False,
    ) -> float:
        """The same for an answer that no exception has been made of."""
        return self._decide(None, (status, headers, body, None, None, method, url), remote_tools, False)

    def _decide(self, error: BaseException | None, evidence: Evidence, remote_tools: bool, committed: bool) -> float:
        clock, settings, call = self._clock, self._settings, self._call
        now = clock.mono() + self._ahead
        wall = clock.wall() + self._ahead
        if committed:
            call.content()
        if settings.asks:
            found = _native.diagnose(evidence, remote_tools, False, committed, wall)
            delay = call.decide(found, settings.verdict(Failure(found), error), now, wall)
        else:
            delay = call.failed(evidence, remote_tools, committed, now, wall)
        if delay >= 0.0:
            self._until = now + delay
            if settings.on_event is not None or logger(INFO) is not None:
                self._tell_wait(delay, now - self._started)
        return delay

    def _ends(self, story: object) -> bool:
        """Whether `story` is that of a call within this call's attempt.

        That call has been retried to its end. To send it again from here would multiply the two limits, so this call
        ends with the same story, unless `classify` is there to say otherwise. An exception object that is raised once
        more carries an older story, which says nothing about this attempt.
        """
        if type(story) is not Story or story._clock is not self._clock or story._ended <= self._began:
            return False
        if self._settings.classify is not None:
            return False
        self._nested = story
        return True

    # --- the wait -------------------------------------------------------------------------------------------------

    def wait(self, seconds: float) -> None:
        """Blocks for `seconds`; `cancel` and `KeyboardInterrupt` end it at once."""
        try:
            self._clock.sleep(seconds, self._settings.cancel)
        except BaseException:
            self.cancelled()
            raise

    async def wait_async(self, seconds: float) -> None:
        """Waits for `seconds` under asyncio or Trio; `cancel` and cancellation end it at once."""
        try:
            await self._clock.sleep_async(seconds, self._settings.cancel)
        except BaseException:
            self.cancelled()
            raise

    def resumed(self) -> float:
        """After the wait: seconds the next attempt may take, `inf` for no bound, or -1.0 when the call is over."""
        clock, cancel = self._clock, self._settings.cancel
        if cancel is not None and cancel.is_set():
            self._stop()
            return -1.0
        self._began = clock.mono()
        now = self._began + self._ahead
        if now < self._until:
            self._ahead += self._until - now
            now = self._until
        self.timeout = timeout = self._call.resumed(now)
        if timeout >= 0.0:
            self.attempt += 1
        return timeout

    def again(self, error: BaseException) -> bool:
        """Decides, waits and resumes. False: the call is over, and `error`, with its story, is to be raised."""
        delay = self.failed_error(error)
        if delay >= 0.0:
            self.wait(delay)
            if self.resumed() >= 0.0:
                return True
        self.end(error)
        return False

    async def again_async(self, error: BaseException) -> bool:
        """`again` under asyncio or Trio."""
        delay = self.failed_error(error)
        if delay >= 0.0:
            await self.wait_async(delay)
            if self.resumed() >= 0.0:
                return True
        self.end(error)
        return False

    # --- the end --------------------------------------------------------------------------------------------------

    def end(self, error: BaseException) -> BaseException:
        """Attaches the story to `error`, tells hook and log, and returns `error`."""
        story = self.story
        if self._nested is not None:
            # The inner call has attached its story and written its line.
            self._tell(story, log=False)
            return error
        # A bug in the caller's function is not our story: no line, no note.
        quiet = story.attempts == 1 and story._failures[-1].kind == "unknown" and story._failures[-1].status is None
        attach(error, story, note=not quiet)
        self._tell(story, log=not quiet)
        return error

    def succeeded(self) -> None:
        """The last attempt succeeded."""
        now = self._clock.mono() + self._ahead
        self._call.succeeded(now)
        if self._settings.on_event is not None:
            self._settings.tell(Event("success", self.attempt, self._failure(), now - self._started))

    def cancelled(self) -> None:
        """The caller stopped, by an exception that is its own."""
        self._stop()
        self._tell(self.story)

    def _stop(self) -> None:
        now = self._clock.mono() + self._ahead
        self._call.cancelled(now)
        self._cut = max(0.0, self._until - now)

    def _failure(self) -> Failure:
        """What the last attempt failed of."""
        failure = self._call.failure
        assert failure is not None  # a run begins with one
        return Failure(failure)

    @property
    def reason(self) -> StopReason | None:
        """Why the call is over; None while it is not."""
        return self._nested.reason if self._nested is not None else self._call.reason  # type: ignore[return-value]

    @property
    def story(self) -> Story:
        """What happened so far."""
        if self._nested is not None:
            return self._nested
        call, now = self._call, self._clock.mono()
        elapsed = now + self._ahead - self._started
        reason: Any = call.reason or "finished"
        waits = call.waits
        if waits:
            # A wait that was cut: what was slept of it is what remains to be told.
            waits[-1] = max(0.0, waits[-1] - self._cut)
        return Story(self.attempt, tuple(waits), elapsed, tuple(call.failures), reason, call.retry_at, self._clock, now)

    # --- hooks and log --------------------------------------------------------------------------------------------

    def _tell_wait(self, delay: float, elapsed: float) -> None:
        failure = self._failure()
        source: Any = self._call.source
        if self._settings.on_event is not None:
            self._settings.tell(Event("wait", self.attempt, failure, elapsed, delay=delay, source=source))
        log = logger(INFO)
        if log is not None:
            log.info("attempt %d failed, waiting %.3f s (%s): %s", self.attempt, delay, source, failure)

    def _tell(self, story: Story, *, log: bool = True) -> None:
        if self._settings.on_event is not None:
            event = Event("stop", story.attempts, story.failure, story.elapsed, reason=story.reason, retry_at=story.retry_at)
            self._settings.tell(event)
        lines = logger(WARNING) if log else None
        if lines is not None:
            lines.warning("%s", story)

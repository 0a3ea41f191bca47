"""One call, told as a person would: it is sent, it fails, it waits, it stops. The law fills in the numbers.

A story says which step each poll answers and why; what can be computed (instants, attempts, time-outs) is computed
here and written into the vector.
"""

from __future__ import annotations

from typing import Any

from .law import DEFAULTS, Hint, draw, mix, spread, within

WALL = 1_795_478_400_000
"""Tue, 24 Nov 2026 00:00:00 GMT."""
MONO = 10_000
NO_END = 2**64 - 1


class Story:
    """Collects the events of one case. Every method returns the story, so that a case reads from top to bottom."""

    def __init__(
        self, id: str, why: str, source: str, *, seed: int = 7, number: int = 0, wall_ms: int = WALL, **policy: Any
    ) -> None:
        self.head = {"id": id, "why": why, "source": source}
        self.given = {"policy": policy, "seed": seed, "number": number, "at": {"mono_ms": MONO, "wall_ms": wall_ms}}
        self.events: list[dict[str, Any]] = []
        self.policy = {**DEFAULTS, **policy}
        self.seed, self.number = policy.get("seed", seed), number
        self.mono, self.wall = MONO, wall_ms
        self.attempt = 0
        self.failed_at: tuple[int, int] | None = None
        self.hint: Hint | None = None
        self.last: int | None = None
        self.waiting: dict[str, Any] | None = None

    # --- time ---

    def after(self, ms: int) -> Story:
        """Both clocks move on, or back."""
        self.mono += ms
        self.wall += ms
        return self

    def wall_jumps(self, ms: int) -> Story:
        """The wall clock is set; the other one does not notice."""
        self.wall += ms
        return self

    def waited(self, more: int = 0) -> Story:
        """The wait is over, `more` milliseconds ago; less than nothing: it is not over yet."""
        assert self.waiting, "nothing to wait for"
        return self.after(self.waiting["until"] + more - self.mono)

    # --- what happens ---

    def sent(self) -> Story:
        """The poll answers: send."""
        self.attempt += 1
        left = self._left()
        bounds = [bound for bound in (self.policy["attempt_timeout_ms"], left) if bound is not None]
        assert left is None or left > 0, "nothing starts at the deadline"
        timeout = min(bounds, default=None)
        self.waiting = {"step": "wait", "until": NO_END if timeout is None else self.mono + timeout, "source": "attempt"}
        return self._poll({"step": "send", "attempt": self.attempt, "route": 0, "timeout_ms": timeout})

    def fails(
        self,
        evidence: dict[str, Any],
        kind: str,
        *,
        hint: tuple[str, int] | None = None,
        verdict: bool | int | None = None,
        misuse: str | None = None,
    ) -> Story:
        """The attempt fails with `evidence`, which is diagnosed as `kind` with that hint; the caller may have a verdict."""
        event: dict[str, Any] = {"failure": evidence}
        found = {"kind": kind, "retry_after_ms": hint and hint[1], "hint_source": hint and hint[0]}
        if verdict is not None:
            event["verdict"] = verdict if isinstance(verdict, bool) else {"wait_ms": verdict}
        if misuse:
            event["misuse"] = misuse
        else:
            self.hint = Hint(hint[1], hint[0]) if hint else None
            if verdict is not None and not isinstance(verdict, bool):
                self.hint = Hint(verdict, "caller")
            self.failed_at = (self.mono, self.wall)
        return self._add({**event, "diagnosis": found})

    def succeeds(self, misuse: str | None = None) -> Story:
        return self._add({"success": True, **({"misuse": misuse} if misuse else {})})

    def cancels(self) -> Story:
        return self._add({"cancel": True})

    def content(self) -> Story:
        """The first content of the answer reaches the caller."""
        return self._add({"content": True})

    # --- what the poll answers ---

    def waits(self, source: str, low: int, high: int) -> Story:
        """The poll after a failure answers: wait, for something between `low` and `high`, both included."""
        found = self._range()
        assert found is not None, f"{self.head['id']}: no attempt can start before the deadline"
        assert (found.source, found.low, found.high) == (source, low, high), f"{self.head['id']}: the law says {found}"
        self.last = draw(low, high, mix(self.seed, self.number, self.attempt))
        self.waiting = {"step": "wait", "until": self.mono + self.last, "source": source}
        return self._poll(self.waiting, delay_ms=self.last, drawn_from_ms=[low, high])

    def still_waits(self) -> Story:
        """A poll before the wait, or the attempt, is over: the same answer."""
        assert self.waiting
        return self._poll(self.waiting)

    def sent_after(self, source: str, low: int, high: int) -> Story:
        """Waits, to the end, and is sent again."""
        return self.waits(source, low, high).waited().sent()

    def stops(self, reason: str, retry_at: int | None = None) -> Story:
        """The poll answers: stop; `retry_at` in milliseconds after the failure."""
        if reason == "deadline_exceeded" and self.failed_at and self.failed_at[0] == self.mono:
            assert self._range() is None, f"{self.head['id']}: the law says {self._range()}"
        if retry_at is not None:
            assert self.failed_at
            retry_at += self.failed_at[1]
        return self._poll({"step": "stop", "reason": reason, "retry_at": retry_at})

    # --- the vector ---

    def vector(self) -> dict[str, Any]:
        return {**self.head, "given": self.given, "events": self.events}

    def _range(self) -> Any:
        return within(spread(self.policy, self.attempt, self.last, self.hint), self._left())

    def _left(self) -> int | None:
        longest = self.policy["max_elapsed_ms"]
        return None if longest is None else max(0, longest - max(0, self.mono - MONO))

    def _poll(self, step: dict[str, Any], **notes: Any) -> Story:
        return self._add({"poll": dict(step), **notes})

    def _add(self, event: dict[str, Any]) -> Story:
        self.events.append({"at": {"mono_ms": self.mono, "wall_ms": self.wall}, **event})
        return self

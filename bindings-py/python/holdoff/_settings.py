"""What one decorator, wrapper or transport was asked for: built once, shared by all of its calls."""

from __future__ import annotations

import itertools

from . import _events, _native, _wait
from ._policy import Policy, seconds_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta
    from typing import Any

    from ._failure import Failure
    from ._names import Validate

    Verdict = bool | float | timedelta | None
    On = type[BaseException] | tuple[type[BaseException], ...] | Callable[[BaseException], Verdict]


class Settings:
    """Policy and hooks of many calls.

    Args:
        policy: None takes the defaults; `fields` are the policy's own and replace single values of it.
        on_event: called with an `Event` before each wait, at each stop and at a success after a failure.
        classify: called with each `Failure`: None leaves the decision to the policy, False stops, True sends again,
            seconds (or a timedelta) send again after that long.
        cancel: an event that, once set, ends waits and stops the call.
        on: for exceptions that holdoff does not know: a class, a tuple of classes, or a function of the exception that
            answers as `classify` does.
        validate: for the seats in SDKs: `"warn"`, `"error"` or `"off"`.
    """

    __slots__ = (
        "_capped",
        "_deaf",
        "asks",
        "cancel",
        "classify",
        "first_timeout",
        "native",
        "numbers",
        "on",
        "on_event",
        "policy",
        "validate",
    )

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        on_event: Callable[[_events.Event], object] | None = None,
        classify: Callable[[Failure], Verdict] | None = None,
        cancel: _wait.Cancel | None = None,
        on: On | None = None,
        validate: Validate = "off",
        **fields: Any,
    ) -> None:
        if policy is not None and not isinstance(policy, Policy):
            raise TypeError(f"`policy` must be a Policy: got {type(policy).__name__}; pass `max_attempts=…` and the like by name")
        for name, hook in (("on_event", on_event), ("classify", classify)):
            if hook is not None and not callable(hook):
                raise TypeError(f"`{name}` must be callable: got {type(hook).__name__}")
        if cancel is not None and not (hasattr(cancel, "is_set") and hasattr(cancel, "wait")):
            raise TypeError(f"`cancel` must be an event such as threading.Event: got {type(cancel).__name__}")
        if policy is None:
            policy = Policy(**fields)
        elif fields:
            policy = policy.replace(**fields)
        self.policy = policy
        self.on_event = on_event
        self.classify = classify
        self.cancel = cancel
        self.on = _checked(on)
        #: What a seat does about requests that would be refused.
        self.validate: Validate = validate
        #: Whether anything of the caller's has a say in the decision.
        self.asks = classify is not None or on is not None
        #: Seconds the first attempt may take; inf: no bound.
        self.first_timeout = min(
            _wait.INF if policy.max_elapsed is None else policy.max_elapsed,
            _wait.INF if policy.attempt_timeout is None else policy.attempt_timeout,
        )
        #: The policy as the engine holds it.
        self.native = policy._native
        #: Where the policy has a seed: its calls are numbered from 0, so that a run of the program can be repeated.
        self.numbers = None if policy.seed is None else itertools.count()
        self._capped: dict[int, _native.Policy] = {}
        self._deaf: set[str] = set()

    def draw(self) -> tuple[int, int]:
        """Seed and number of the next call, where the policy has a seed."""
        seed, numbers = self.policy.seed, self.numbers
        assert seed is not None and numbers is not None  # what "has a seed" means
        return seed, next(numbers)

    def capped(self, attempts: int) -> _native.Policy:
        """The policy as the engine holds it, with no more than `attempts`."""
        if attempts >= self.policy.max_attempts:
            return self.native
        policy = self._capped.get(attempts)
        if policy is None:
            policy = self._capped[attempts] = self.policy.replace(max_attempts=attempts)._native
        return policy

    def verdict(self, failure: Failure, error: BaseException | None) -> bool | float | None:
        """What the caller's hooks say about a failure; None leaves it to the policy."""
        if self.classify is not None:
            verdict = self._ask("classify", self.classify, failure)
            if verdict is not None:
                return verdict
        if self.on is None or error is None or failure.kind != "unknown":
            return None
        if isinstance(self.on, tuple):
            return True if isinstance(error, self.on) else None
        # "No" to an unknown failure is what the policy says by itself, but for a 5xx without a name.
        return self._ask("on", self.on, error)

    def tell(self, event: _events.Event) -> None:
        """Calls `on_event`; an exception of the hook's is reported, and the call goes on."""
        try:
            self.on_event(event)  # type: ignore[misc]
        except Exception:  # whatever a hook raises must not replace the answer of the call
            self._report("on_event", self.on_event)

    def _ask(self, name: str, hook: Callable[[Any], Any], about: object) -> bool | float | None:
        try:
            verdict = hook(about)
            return verdict if verdict is None or isinstance(verdict, bool) else seconds_of(name, verdict)
        except Exception:  # as above
            self._report(name, hook)
            return None

    def _report(self, name: str, hook: object) -> None:
        if name not in self._deaf:
            self._deaf.add(name)
            _events.hook_failed(name, hook)


def _checked(on: Any) -> tuple[type[BaseException], ...] | Callable[[BaseException], Any] | None:
    if on is None:
        return None
    if isinstance(on, type):
        on = (on,)
    if isinstance(on, tuple):
        for entry in on:
            if not (isinstance(entry, type) and issubclass(entry, BaseException)):
                raise TypeError(f"`on` must name exception classes: got {entry!r}")
        return on
    if not callable(on):
        raise TypeError(f"`on` must be an exception class, a tuple of them, or a function: got {type(on).__name__}")
    return on  # type: ignore[no-any-return]

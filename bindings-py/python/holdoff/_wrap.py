"""`wrap`: an SDK client that retries by holdoff."""

from __future__ import annotations

import sys

from . import _anthropic, _openai
from ._check import mode
from ._policy import Policy
from ._sdk import SEAT, family
from ._settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from typing_extensions import Unpack

    from ._events import Event
    from ._failure import Failure
    from ._fields import PolicyFields
    from ._names import Validate
    from ._settings import Verdict
    from ._wait import Cancel

    Client = TypeVar("Client")

_COPIERS = ("copy", "with_options")


def wrap(
    client: Client,
    policy: Policy | None = None,
    *,
    on_event: Callable[[Event], object] | None = None,
    classify: Callable[[Failure], Verdict] | None = None,
    cancel: Cancel | None = None,
    validate: Validate | None = None,
    **fields: Unpack[PolicyFields],
) -> Client:
    """Returns a copy of an SDK client, of the same class, that retries by a policy.

    Accepts every client of the `anthropic` and `openai` packages, synchronous and asynchronous, with their Bedrock,
    Vertex, Foundry and Azure variants. The copy shares the client's connections: closing one closes both. The given
    client stays as it is.

    The SDK's own loop is off: one attempt is one send. `max_retries` of the client or of `with_options` has no effect;
    `with_options` and `copy` keep the policy. The user's middleware runs once an attempt. A call that fails for good
    raises the SDK's own exception, with the story as `.holdoff`. A stream is retried until its headers have come; what
    breaks after that is the caller's.

    Time limits (`max_elapsed`, `attempt_timeout`): an asynchronous attempt is cancelled when its time is up. In a
    synchronous one they bound the SDK's time-outs, which measure silence: a server that keeps sending a little can
    take longer.

    Args:
        client: the SDK client. One that is wrapped already is returned as it is where nothing else is given or all of
            it is the same; else the copy has the new policy and hooks in place of the old, and keeps what is not given.
        policy: the policy; None: the defaults, or what a wrapped client has.
        on_event: called with an `Event` before each wait, at each stop and at a success after a failure.
        classify: called with each `Failure`: None leaves the decision to the policy, False stops, True sends again,
            seconds send again after that long.
        cancel: an event that, once set, ends waits and stops the call.
        validate: what to do about a request that would be refused, checked before its first send against where the
            client sends, its version and betas. `"warn"` (the default) logs each cause once a process and sends it all the
            same, `"error"` raises `InvalidRequest` where a rejection is certain, `"off"` does not look.
        **fields: single fields of the policy, such as `max_attempts=3`.

    Raises:
        TypeError: not a client of these packages.
        ValueError: a policy field out of its range, or a `validate` that does not exist.

    Example:
        >>> import holdoff
        >>> import anthropic  # doctest: +SKIP
        >>> client = holdoff.wrap(anthropic.Anthropic(), max_attempts=4)  # doctest: +SKIP
    """
    kind = family(client)
    if kind is None:
        raise TypeError(
            f"`client` must be a client of the anthropic or openai package: got {_named(client)}; "
            "use holdoff.retry for functions and holdoff.httpx2 or holdoff.httpx for other HTTP clients"
        )
    old: Settings | None = vars(client).get(SEAT)
    settings = _settings(old, kind[0], policy, on_event, classify, cancel, validate, fields)
    return client if settings is old else _copy(client, settings, kind, {})


def _settings(
    old: Settings | None,
    package: str,
    policy: Policy | None,
    on_event: Any,
    classify: Any,
    cancel: Any,
    validate: Any,
    fields: PolicyFields,
) -> Settings:
    """The settings asked for: `old` itself where they are the same."""
    if validate is not None:
        validate = mode(validate)
    if old is None:
        on = _anthropic.opted_in if package == "anthropic" else None
        return Settings(policy, on_event=on_event, classify=classify, cancel=cancel, on=on, validate=validate or "warn", **fields)
    settings = Settings(
        old.policy if policy is None else policy,
        on_event=old.on_event if on_event is None else on_event,
        classify=old.classify if classify is None else classify,
        cancel=old.cancel if cancel is None else cancel,
        on=old.on,
        validate=old.validate if validate is None else validate,
        **fields,
    )
    same = all(getattr(settings, name) is getattr(old, name) for name in ("on_event", "classify", "cancel", "validate"))
    return old if same and settings.policy == old.policy else settings


def _copy(client: Any, settings: Settings, kind: tuple[str, bool], options: dict[str, Any]) -> Any:
    """A copy of the client by the SDK's own `copy`, with a seat in it."""
    cls, seat = type(client), None
    options = {**options, "max_retries": 0}
    if hasattr(cls, "middleware"):
        given = options.get("middleware", client.middleware)
        # The SDK's mark for "not given" is no sequence; None is "no middleware", the seat excepted.
        inner = () if given is None else given if hasattr(given, "__iter__") else client.middleware
        seat = (_anthropic.AsyncSeat if kind[1] else _anthropic.Seat)(settings)
        options["middleware"] = (seat, *(each for each in inner if not isinstance(each, _anthropic.Seat)))
    copied = cls.copy(client, **options)
    if seat is not None:
        seat.bind(copied)
    else:
        _openai.install(copied, settings, kind[1])

    def copy(**options: Any) -> Any:
        return _copy(copied, settings, kind, options)

    # On the instance: the SDK compares classes in places, so the class must stay what it is.
    vars(copied).update({SEAT: settings, **dict.fromkeys(_COPIERS, copy)})
    return copied


def _named(value: object) -> str:
    # A module, as in `wrap(anthropic)`, is a likely slip: say its name.
    return f"the module {value.__name__}" if isinstance(value, type(sys)) else type(value).__name__

"""`call_with_retry`: one call through an SDK client under a policy, without wrapping the client first."""

from __future__ import annotations

from ._policy import Policy
from ._sdk import family
from ._wrap import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ._events import Event
    from ._failure import Failure
    from ._settings import Verdict
    from ._wait import Cancel


def call_with_retry(
    client: Any,
    *,
    policy: Policy | None = None,
    on_event: Callable[[Event], object] | None = None,
    classify: Callable[[Failure], Verdict] | None = None,
    cancel: Cancel | None = None,
    max_retries: int | None = None,
    base_delay: float | None = None,
    max_delay: float | None = None,
    **params: Any,
) -> Any:
    """Calls `client.messages.create(**params)` under a policy and returns its result.

    With a client of the `openai` package it calls `client.chat.completions.create`. The client is wrapped for this one
    call (see `wrap`); one that is wrapped already keeps its policy and hooks, but for what is given here. For many
    calls, wrap the client once: that saves a copy per call.

    Args:
        client: a synchronous client of the `anthropic` or `openai` package.
        policy: the policy; None: the defaults, or what a wrapped client has.
        on_event: as in `wrap`.
        classify: as in `wrap`.
        cancel: as in `wrap`.
        max_retries: sends in total, the first included: the policy's `max_attempts` (default 6).
        base_delay: seconds, the policy's `initial_delay` (default 1).
        max_delay: seconds, the longest backoff (default 60).
        **params: everything else is the request: `model`, `max_tokens`, `messages`, `timeout` …

    Raises:
        TypeError: not a synchronous client of these packages.
        ValueError: a policy field out of its range.
        Exception: the SDK's own error, with the story as `.holdoff`, when the call fails for good.

    Example:
        >>> import holdoff
        >>> import anthropic  # doctest: +SKIP
        >>> holdoff.call_with_retry(  # doctest: +SKIP
        ...     anthropic.Anthropic(),
        ...     model="claude-opus-5",
        ...     max_tokens=1024,
        ...     messages=[{"role": "user", "content": "Hello"}],
        ... )
    """
    create = _create(client, False, policy, on_event, classify, cancel, max_retries, base_delay, max_delay)
    return create(**params)


async def acall_with_retry(
    client: Any,
    *,
    policy: Policy | None = None,
    on_event: Callable[[Event], object] | None = None,
    classify: Callable[[Failure], Verdict] | None = None,
    cancel: Cancel | None = None,
    max_retries: int | None = None,
    base_delay: float | None = None,
    max_delay: float | None = None,
    **params: Any,
) -> Any:
    """`call_with_retry` for asynchronous clients.

    Args:
        client: an asynchronous client of the `anthropic` or `openai` package.
        policy: as in `call_with_retry`.
        on_event: as in `wrap`.
        classify: as in `wrap`.
        cancel: as in `wrap`.
        max_retries: sends in total, the first included (default 6).
        base_delay: seconds (default 1).
        max_delay: seconds (default 60).
        **params: everything else is the request.

    Raises:
        TypeError: not an asynchronous client of these packages.
        ValueError: a policy field out of its range.
        Exception: the SDK's own error, with the story as `.holdoff`, when the call fails for good.

    Example:
        >>> import holdoff
        >>> async def hello(client):
        ...     messages = [{"role": "user", "content": "Hello"}]
        ...     return await holdoff.acall_with_retry(client, model="claude-opus-5", max_tokens=1024, messages=messages)
    """
    create = _create(client, True, policy, on_event, classify, cancel, max_retries, base_delay, max_delay)
    return await create(**params)


def _create(
    client: Any,
    is_async: bool,
    policy: Policy | None,
    on_event: Any,
    classify: Any,
    cancel: Any,
    max_retries: int | None,
    base_delay: float | None,
    max_delay: float | None,
) -> Callable[..., Any]:
    kind = family(client)
    if kind is not None and kind[1] is not is_async:
        name, needs = ("acall_with_retry", "an asynchronous") if is_async else ("call_with_retry", "a synchronous")
        other = "call_with_retry" if is_async else "acall_with_retry"
        raise TypeError(f"{name} needs {needs} client: got {type(client).__name__}; use {other}")
    given = {"max_attempts": max_retries, "initial_delay": base_delay, "max_delay": max_delay}
    fields: Any = {name: value for name, value in given.items() if value is not None}
    client = wrap(client, policy, on_event=on_event, classify=classify, cancel=cancel, **fields)
    create: Callable[..., Any] = client.messages.create if kind == ("anthropic", is_async) else client.chat.completions.create
    return create

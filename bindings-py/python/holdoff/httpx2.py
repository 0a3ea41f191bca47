"""Retrying transports for httpx2 clients."""

from __future__ import annotations

import httpx2

from ._transport import AsyncRetry, SyncRetry

__all__ = ["AsyncRetryTransport", "RetryTransport"]


class RetryTransport(SyncRetry, httpx2.BaseTransport):
    """An httpx2 transport that retries by a policy: one transport in another.

    A success costs one look at the headers. What fails is diagnosed by its status, its headers and the first 64 kB of
    its body, and its connection is free again before the wait. At the end the last response is handed back with its
    body whole, the headers `x-should-retry: false` and `x-holdoff: attempts=N;reason=R`, and the story in
    `response.extensions["holdoff"]`; or httpx2's own exception is raised with the story as `.holdoff`. Inside an SDK
    whose own loop is on, sends do not multiply.

    A request whose body is an iterator is sent once: it cannot be read a second time.

    Time limits (`max_elapsed`, `attempt_timeout`) bound httpx2's own time-outs, which measure silence.

    Args:
        transport: what sends; None: `httpx2.HTTPTransport()`. It is closed together with this one.
        policy: the policy; None: the defaults.
        on_event: called with an `Event` before each wait, at each stop and at a success after a failure.
        classify: called with each `Failure`: None leaves the decision to the policy, False stops, True sends again,
            seconds send again after that long.
        cancel: an event that, once set, ends waits and stops the call.
        **fields: single fields of the policy, such as `max_attempts=3`.

    Raises:
        TypeError: `transport` is not a synchronous transport.
        ValueError: a policy field out of its range.

    Example:
        >>> import holdoff.httpx2, httpx2
        >>> client = httpx2.Client(transport=holdoff.httpx2.RetryTransport(max_attempts=4))
    """

    _http = httpx2


class AsyncRetryTransport(AsyncRetry, httpx2.AsyncBaseTransport):
    """`RetryTransport` for asynchronous clients, under asyncio or Trio.

    An attempt that takes longer than it may (`max_elapsed`, `attempt_timeout`) is cancelled and ends as an
    `httpx2.ReadTimeout`: the time until the headers have come, however much trickles in.

    Args:
        transport: what sends; None: `httpx2.AsyncHTTPTransport()`. It is closed together with this one.
        policy: as in `RetryTransport`.
        on_event: as in `RetryTransport`.
        classify: as in `RetryTransport`.
        cancel: as in `RetryTransport`.
        **fields: as in `RetryTransport`.

    Raises:
        TypeError: `transport` is not an asynchronous transport.
        ValueError: a policy field out of its range.

    Example:
        >>> import holdoff.httpx2, httpx2
        >>> client = httpx2.AsyncClient(transport=holdoff.httpx2.AsyncRetryTransport(max_elapsed=30))
    """

    _http = httpx2

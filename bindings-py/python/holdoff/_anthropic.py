"""The seat in the Anthropic SDK: its outermost middleware, with the SDK's own retry loop off.

The SDK calls its middleware once per call when `max_retries` is 0, and the seat calls the rest of the chain once per
attempt: the user's middleware sees every attempt, and an attempt costs what it costs in the SDK's own loop. The seat
does what that loop did besides retrying: the retry count in the request's headers, and one fresh token after a 401.

A seat belongs to one client. `copy` and `with_options` of a wrapped client make a new seat (see `_wrap`).
"""

from __future__ import annotations

import sys
import weakref

from . import _replay, _wait
from ._check import check
from ._run import Run
from ._sdk import (
    INF,
    add_note,
    adopt,
    aload,
    body_of,
    capped,
    is_answer,
    is_given,
    load,
    remote_tools,
    shorter,
    spread,
    status_error,
    suspicion,
    timeout_error,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ._settings import Settings


def opted_in(error: BaseException) -> bool | None:
    """Whether a middleware asked for another attempt, by the SDK's `RetryableError` in the chain of causes."""
    retryable = getattr(sys.modules.get("anthropic"), "RetryableError", ())
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in seen:
        if isinstance(cause, retryable):
            return True
        seen.append(cause)
        cause = cause.__cause__
    return None


class Seat:
    """The middleware of a synchronous client."""

    __slots__ = ("_client", "settings")

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._client: Callable[[], Any] = lambda: None

    def bind(self, client: object) -> None:
        """Says whose seat it is, without keeping the client alive."""
        self._client = weakref.ref(client)

    def __call__(self, request: Any, call_next: Callable[[Any], Any]) -> Any:
        call = _Call(self, request)
        attempt = call.first()
        while True:
            try:
                answer = call_next(attempt)
                response = call.suspect(answer)
                if response is not None:
                    load(response)
            except Exception as error:  # noqa: BLE001 - whatever came, the engine judges it
                delay = call.failed_error(error)
            except BaseException:
                call.cancelled()
                raise
            else:
                if response is None or (response.is_success and is_answer(response)):
                    call.succeeded()
                    return answer
                if call.refresh(answer, response):
                    attempt = call.next()
                    continue
                delay = call.failed_answer(answer, response)
            if delay < 0.0:
                return call.over()
            call.run.wait(delay)
            if call.run.resumed() < 0.0:
                return call.over()
            attempt = call.next()


class AsyncSeat(Seat):
    """The middleware of an asynchronous client."""

    __slots__ = ()

    async def __call__(self, request: Any, call_next: Callable[[Any], Any]) -> Any:
        call = _Call(self, request)
        attempt = call.first()
        while True:
            try:
                answer, response = await _wait.bounded(_send(call, call_next, attempt), call.limit)
            except Exception as error:  # noqa: BLE001 - whatever came, the engine judges it
                delay = call.failed_error(error)
            except BaseException:
                call.cancelled()
                raise
            else:
                if response is None or (response.is_success and is_answer(response)):
                    call.succeeded()
                    return answer
                if call.refresh(answer, response):
                    attempt = call.next()
                    continue
                delay = call.failed_answer(answer, response)
            if delay < 0.0:
                return call.over()
            await call.run.wait_async(delay)
            if call.run.resumed() < 0.0:
                return call.over()
            attempt = call.next()


async def _send(call: _Call, call_next: Callable[[Any], Any], attempt: Any) -> tuple[Any, Any]:
    answer = await call_next(attempt)
    response = call.suspect(answer)
    if response is not None:
        await aload(response)
    return answer, response


class _Call:
    """One call through the seat. The engine's `Run` begins with the first failure."""

    __slots__ = ("_error", "_marks", "_refreshed", "_request", "_resent", "_seat", "_started", "limit", "run")

    run: Run

    def __init__(self, seat: Seat, request: Any) -> None:
        self._seat = seat
        self._request = request
        self._started = _wait.clock.mono()
        check(seat.settings.validate, seat._client(), request.url, request.json, request.options.headers)
        self._marks = _replay.mark_options(request.options)
        self._resent = 0
        self._refreshed = False
        self._error: BaseException | Callable[[], BaseException] | None = None
        #: Seconds the attempt under way may take; inf: no bound.
        self.limit = seat.settings.first_timeout

    # --- the attempts ------------------------------------------------------------------------------------------------

    def first(self) -> Any:
        """The request of the first attempt: the SDK's own, where nothing bounds it."""
        return self._request if self.limit == INF else self._attempt()

    def next(self) -> Any:
        """The request of the next attempt."""
        self._resent += 1
        _replay.rewind(self._marks)
        if hasattr(self, "run"):
            self.limit = self.run.timeout
        return self._attempt()

    def _attempt(self) -> Any:
        request = self._request
        # Not `request.copy()`, which copies the body deeply.
        options = spread(request.options)
        if self.limit != INF:
            client = self._seat._client()
            timeout = options.timeout if is_given(options.timeout) else getattr(client, "timeout", None)
            options.timeout = shorter(timeout, self.limit)
        return type(request)(
            options=options,
            cast_to=request.cast_to,
            stream=request.stream,
            stream_cls=request.stream_cls,
            retries_taken=request.retries_taken + self._resent,
        )

    # --- what came of one --------------------------------------------------------------------------------------------

    def suspect(self, answer: Any) -> Any:
        """The HTTP response in `answer` where its body must be read; None for an answer to hand on as it is."""
        response = getattr(answer, "http_response", None)
        if response is None:
            return None  # a middleware answered without sending
        return None if response.is_success and not suspicion(response) else response

    def refresh(self, answer: Any, response: Any) -> bool:
        """After a 401 to a token of the SDK's own cache: drops the token. True: send again at once, with a fresh one.

        This is no attempt of the policy's: nothing is waited for, and it happens once in a call.
        """
        cache = getattr(getattr(answer, "_client", None) or self._seat._client(), "_token_cache", None)
        if response.status_code != 401 or cache is None:
            return False
        cache.invalidate()
        if self._refreshed or not _replay.rewind(self._marks):
            return False
        self._refreshed = True
        return True

    def failed_answer(self, answer: Any, response: Any) -> float:
        """Seconds to wait, or -1.0."""
        client = getattr(answer, "_client", None) or self._seat._client()
        if "holdoff" in response.extensions:
            return self.failed_error(status_error(client, response))
        # The typed error costs more than the decision: it is made when the call is over, if it is.
        self._error = lambda: status_error(client, response)
        request = self._request
        return self._begun().failed_response(
            response.status_code,
            response.headers.raw,
            body_of(response),
            request.method.upper(),
            request.url,
            remote_tools(request.json),
        )

    def failed_error(self, error: BaseException) -> float:
        """Seconds to wait, or -1.0."""
        adopt(error)
        request = self._request
        if type(error) is _wait.AttemptTimeout:
            error = timeout_error(self._seat._client(), request.method.upper(), request.url, error)
        self._error = error
        return self._begun().failed_error(
            error, remote_tools=remote_tools(request.json), method=request.method.upper(), url=request.url
        )

    def _begun(self) -> Run:
        if not hasattr(self, "run"):
            settings = self._seat.settings
            if not _replay.rewind(self._marks):
                settings = capped(settings, 1)
            self.run = Run(settings, self._started)
        return self.run

    # --- the end -----------------------------------------------------------------------------------------------------

    def succeeded(self) -> None:
        self._error = None
        if hasattr(self, "run"):
            self.run.succeeded()

    def cancelled(self) -> None:
        self._error = None
        if hasattr(self, "run"):
            self.run.cancelled()

    def over(self) -> Any:
        """Raises the SDK's own error with the story attached; in an SDK loop that is on, hands it an end instead."""
        error = self._error
        self._error = None  # its traceback holds this object, here and where the call succeeds after it
        if not isinstance(error, BaseException):
            assert error is not None
            error = error()
        self.run.end(error)
        if self._marks is None:
            add_note(error)
        if self._loops():
            return _ended(error)
        try:
            raise error
        finally:
            error = None

    def _loops(self) -> bool:
        """Whether the SDK's own loop has been turned on again and would call the seat once more."""
        request, client = self._request, self._seat._client()
        retries = request.max_retries if is_given(request.max_retries) else getattr(client, "max_retries", 1)
        return bool(retries > request.retries_taken)


def _ended(error: BaseException) -> Any:
    """An answer that ends the SDK's loop: it is told not to retry, and reading the response raises `error`."""
    import anthropic

    class Ended(anthropic.APIResponse):  # type: ignore[type-arg]
        def __init__(self) -> None:
            self.http_response = _LastWord(error)  # type: ignore[assignment]

        def parse(self, **_: Any) -> Any:
            raise error

    return Ended()


class _LastWord:
    """A failed response whose body is an exception; the rest is as in the response behind it, where there is one."""

    is_success = False
    is_closed = False

    def __init__(self, error: BaseException) -> None:
        self._error = error
        response = getattr(error, "response", None)
        self.status_code = getattr(response, "status_code", 0)
        self.headers = {**getattr(response, "headers", {}), "x-should-retry": "false"}

    def read(self) -> bytes:
        raise self._error

    async def aread(self) -> bytes:
        raise self._error

    def __getattr__(self, name: str) -> Any:
        response = getattr(self._error, "response", None)
        if response is None:
            raise self._error
        return getattr(response, name)

"""The retry loop at the transport of httpx and httpx2: what `holdoff.httpx` and `holdoff.httpx2` share.

One transport in another: the loop calls the inner one once per attempt. A failed response's connection is free again
before the wait. The last response is handed back as it came, its body whole, with the headers `x-should-retry: false`
and `x-holdoff: attempts=N;reason=R`, so that a retry loop above, such as an SDK's own, leaves it at that.

What a loop above gets when it comes back all the same is in `_above`.
"""

from __future__ import annotations

import json

from . import _answer, _replay, _wait
from ._above import comes_back, ended, remember
from ._body import atake, put_back, take
from ._run import Run
from ._sdk import INF, add_note, capped, remote_tools
from ._settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from typing_extensions import Unpack

    from ._body import Taken
    from ._events import Event
    from ._failure import Failure
    from ._fields import PolicyFields
    from ._policy import Policy
    from ._settings import Verdict
    from ._wait import Cancel

_PARTS = ("connect", "read", "write", "pool")


class RetryBase:
    """Construction and settings, the same for both colours and both libraries."""

    _http: Any  # the library's module
    _plain: str  # its plain transport
    _handler: str  # the method that sends

    def __init__(
        self,
        transport: Any = None,
        policy: Policy | None = None,
        *,
        on_event: Callable[[Event], object] | None = None,
        classify: Callable[[Failure], Verdict] | None = None,
        cancel: Cancel | None = None,
        **fields: Unpack[PolicyFields],
    ) -> None:
        if transport is None:
            transport = getattr(self._http, self._plain)()
        if not hasattr(transport, self._handler):
            raise TypeError(f"`transport` must have {self._handler}: got {type(transport).__name__}")
        self._settings = Settings(policy, on_event=on_event, classify=classify, cancel=cancel, **fields)
        self._inner = transport


class SyncRetry(RetryBase):
    """The loop, blocking."""

    _plain, _handler = "HTTPTransport", "handle_request"

    def handle_request(self, request: Any) -> Any:
        exchange = _Exchange(self._http, self._settings, request)
        try:
            while True:
                exchange.bound()
                try:
                    response, suspicion, taken = self._send(exchange, request)
                except Exception as error:  # noqa: BLE001 - whatever came, the engine judges it
                    delay = exchange.failed_error(error)
                    taken = None
                except BaseException:
                    exchange.cancelled()
                    raise
                else:
                    if taken is None:
                        exchange.succeeded()
                        return response
                    if exchange.is_answer(response, suspicion, taken):
                        exchange.succeeded()
                        return put_back(self._http, response, taken)
                    delay = exchange.failed_response(response, taken)
                if delay >= 0.0:
                    if taken is not None:
                        taken.close()
                    exchange.run.wait(delay)
                    delay = exchange.resumed()
                if delay < 0.0:
                    return exchange.over()
        finally:
            exchange.unbound()

    def _send(self, exchange: _Exchange, request: Any) -> tuple[Any, int, Taken | None]:
        response = self._inner.handle_request(request)
        suspicion = exchange.suspicion(response)
        return response, suspicion, None if suspicion == _answer.GENUINE else take(response)

    def close(self) -> None:
        self._inner.close()


class AsyncRetry(RetryBase):
    """The loop, awaiting."""

    _plain, _handler = "AsyncHTTPTransport", "handle_async_request"

    async def handle_async_request(self, request: Any) -> Any:
        exchange = _Exchange(self._http, self._settings, request)
        while True:
            try:
                response, suspicion, taken = await _wait.bounded(self._send(exchange, request), exchange.limit)
            except Exception as error:  # noqa: BLE001 - whatever came, the engine judges it
                delay = exchange.failed_error(error)
                taken = None
            except BaseException:
                exchange.cancelled()
                raise
            else:
                if taken is None:
                    exchange.succeeded()
                    return response
                if exchange.is_answer(response, suspicion, taken):
                    exchange.succeeded()
                    return put_back(self._http, response, taken)
                delay = exchange.failed_response(response, taken)
            if delay >= 0.0:
                if taken is not None:
                    await taken.aclose()
                await exchange.run.wait_async(delay)
                delay = exchange.resumed()
            if delay < 0.0:
                return exchange.over()

    async def _send(self, exchange: _Exchange, request: Any) -> tuple[Any, int, Taken | None]:
        response = await self._inner.handle_async_request(request)
        suspicion = exchange.suspicion(response)
        return response, suspicion, None if suspicion == _answer.GENUINE else await atake(response)

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Exchange:
    """One request through the transport. The engine's `Run` begins with the first failure."""

    __slots__ = (
        "_error",
        "_http",
        "_last",
        "_marks",
        "_request",
        "_settings",
        "_started",
        "_timeout",
        "_untouched",
        "limit",
        "run",
    )

    run: Run

    def __init__(self, http: Any, settings: Settings, request: Any) -> None:
        self._http = http
        self._request = request
        self._untouched = False
        self._error: Exception | None = None
        self._last: tuple[Any, Taken] | None = None
        self._timeout: dict[str, Any] | None = None
        self._settings = settings if ended.get() is None else self._come_back(settings)
        self._marks = [] if type(request.stream) is http.ByteStream else _replay.mark_stream(request.stream)
        #: Seconds the attempt under way may take; inf: no bound.
        self.limit = settings.first_timeout
        self._started = _wait.clock.mono()

    def _come_back(self, settings: Settings) -> Settings:
        """What a loop above gets that comes back for the call that ended last."""
        last, request = ended.get(), self._request
        if last is not None and comes_back(request) and last.is_of(request):
            if last.error is not None:
                raise last.again(request)
            left = settings.policy.max_attempts - last.attempts
            if left > 0:
                return capped(settings, left)
        ended.set(None)
        return settings

    # --- time limits -------------------------------------------------------------------------------------------------

    def resumed(self) -> float:
        """After the wait: seconds the next attempt may take, or -1.0."""
        self.limit = self.run.resumed()
        return self.limit

    def bound(self) -> None:
        """Sets the library's own time-outs of the next attempt, where there is a limit."""
        if self.limit == INF:
            return
        request = self._request
        if self._timeout is None:
            self._timeout = request.extensions.get("timeout", {})
        parts = {name: self._timeout.get(name) for name in _PARTS}
        shorter = {name: self.limit if part is None else min(part, self.limit) for name, part in parts.items()}
        request.extensions = {**request.extensions, "timeout": shorter}

    def unbound(self) -> None:
        """Gives the request its own time-outs back: a redirect takes them along."""
        if self._timeout is not None:
            self._request.extensions = {**self._request.extensions, "timeout": self._timeout}

    # --- what came of one attempt ------------------------------------------------------------------------------------

    def suspicion(self, response: Any) -> int:
        """`GENUINE` for a response to hand on unread."""
        status = response.status_code
        if status >= 400:
            return _answer.FAILED
        return _answer.suspicion(response.headers, self._request) if 200 <= status < 300 else _answer.GENUINE

    def is_answer(self, response: Any, suspicion: int, taken: Taken) -> bool:
        """Whether a response that had to be read is an answer after all."""
        if suspicion == _answer.FAILED:
            return False
        body = self._decoded(response, taken)
        return body is None or not _answer.holds_failure(body)

    def failed_response(self, response: Any, taken: Taken) -> float:
        """Seconds to wait, or -1.0."""
        self._last, self._error = (response, taken), None
        request = self._request
        return self._begun().failed_response(
            response.status_code,
            response.headers.raw,
            self._decoded(response, taken),
            request.method,
            request.url.path,
            self._remote_tools(),
        )

    def failed_error(self, error: Exception) -> float:
        """Seconds to wait, or -1.0."""
        request = self._request
        if type(error) is _wait.AttemptTimeout:
            late = self._http.ReadTimeout(str(error), request=request)
            late.__cause__ = error
            error = late
        self._last, self._error = None, error
        return self._begun().failed_error(error, method=request.method, url=request.url.path, remote_tools=self._remote_tools())

    def _begun(self) -> Run:
        if not hasattr(self, "run"):
            settings = self._settings
            # A loop above that came back for reasons of its own decides; without ours its sends do not multiply.
            self._untouched = ended.get() is None and comes_back(self._request)
            if self._untouched or not _replay.rewind(self._marks):
                settings = capped(settings, 1)
            self.run = Run(settings, self._started)
        else:
            _replay.rewind(self._marks)
        return self.run

    def _remote_tools(self) -> bool:
        body = getattr(self._request.stream, "_stream", None)
        # Names of fields come as they are; within text their quotes would be escaped. Most bodies are not parsed.
        if type(body) is not bytes or not (b'"mcp_servers"' in body or b'"container"' in body):
            return False
        try:
            return remote_tools(json.loads(body))
        except ValueError:
            return False

    def _decoded(self, response: Any, taken: Taken) -> bytes | None:
        encoding = response.headers.get("content-encoding")
        if encoding is None:
            return taken.raw
        try:
            packed = self._http.Response(200, headers={"content-encoding": encoding}, stream=self._http.ByteStream(taken.raw))
            return packed.read()  # type: ignore[no-any-return]
        except Exception:  # noqa: BLE001 - cut short, or not what it says it is
            return None

    # --- the end -----------------------------------------------------------------------------------------------------

    def succeeded(self) -> None:
        self._error = self._last = None
        if hasattr(self, "run"):
            self.run.succeeded()

    def cancelled(self) -> None:
        self._error = self._last = None
        if hasattr(self, "run"):
            self.run.cancelled()

    def over(self) -> Any:
        """The last response, marked; or raises the last exception, with the story attached."""
        error, last = self._error, self._last
        self._error = self._last = None  # its traceback holds this object
        carrier = Exception() if error is None else error
        self.run.end(carrier)
        story = self.run.story
        if not self._untouched:
            remember(self._request, story, error)
        if error is not None:
            if self._marks is None:
                add_note(error)
            try:
                raise error
            finally:
                del error, carrier
        assert last is not None
        response, taken = last
        response.extensions = {**response.extensions, "holdoff": story}
        if not self._untouched:
            once = ";body=once" if self._marks is None else ""
            response.headers["x-should-retry"] = "false"
            response.headers["x-holdoff"] = f"attempts={story.attempts};reason={story.reason}{once}"
        return put_back(self._http, response, taken)

"""The seat in clients without middleware: every OpenAI and Azure OpenAI client, and old Anthropic ones.

These SDKs send everything through `client.request(cast_to, options, …)`, which holds their retry loop. The seat is
that method of the one wrapped client (an attribute of the instance, which hides the class's method): it runs the
original once per attempt with `max_retries=0` in the request's own options, so that no setting of the client's or the
call's can turn the SDK's loop on again. Each attempt is a whole one: keys are fetched afresh where they come from a
function, signatures are made anew, a file that can seek is put back to where it was, and the retry count is in the
headers. A body that cannot be read twice is sent once.

The seat sees parsed results. A 200 that holds a failure is caught where the SDK turns responses into results
(`_process_response`, a private name: without it such answers go through as the SDK hands them out).
"""

from __future__ import annotations

from . import _replay, _wait
from ._check import check
from ._run import Run
from ._sdk import (
    INF,
    add_note,
    adopt,
    aload,
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
    from typing import Any

    from ._settings import Settings

_COUNT = "x-stainless-retry-count"


def install(client: Any, settings: Settings, is_async: bool) -> None:
    """Puts the seat on `client`, which has none."""
    attributes = vars(client)
    send, process = client.request, getattr(client, "_process_response", None)
    attributes["request"] = (_async_request if is_async else _request)(client, settings, send)
    if process is not None:
        attributes["_process_response"] = (_async_process if is_async else _process)(client, process)


def _request(client: Any, settings: Settings, send: Any) -> Any:
    def request(cast_to: Any, options: Any, *args: Any, **kwargs: Any) -> Any:
        call = _Call(client, settings, options)
        while True:
            try:
                return call.succeeded(send(cast_to, call.attempt(), *args, **kwargs))
            except Exception as error:  # noqa: BLE001 - whatever came, the engine judges it
                delay = call.failed(error)
            except BaseException:
                call.cancelled()
                raise
            if delay is None:
                continue
            if delay >= 0.0:
                call.run.wait(delay)
                delay = call.run.resumed()
            if delay < 0.0:
                raise call.over()

    return request


def _async_request(client: Any, settings: Settings, send: Any) -> Any:
    async def request(cast_to: Any, options: Any, *args: Any, **kwargs: Any) -> Any:
        call = _Call(client, settings, options)
        while True:
            try:
                return call.succeeded(await _wait.bounded(send(cast_to, call.attempt(), *args, **kwargs), call.limit))
            except Exception as error:  # noqa: BLE001 - whatever came, the engine judges it
                delay = call.failed(error)
            except BaseException:
                call.cancelled()
                raise
            if delay is None:
                continue
            if delay >= 0.0:
                await call.run.wait_async(delay)
                delay = call.run.resumed()
            if delay < 0.0:
                raise call.over()

    return request


class _Call:
    """One call through the seat. The engine's `Run` begins with the first failure."""

    __slots__ = ("_client", "_error", "_marks", "_options", "_refreshed", "_resent", "_settings", "_started", "limit", "run")

    run: Run

    def __init__(self, client: Any, settings: Settings, options: Any) -> None:
        self._client = client
        self._settings = settings
        self._options = options
        self._started = _wait.clock.mono()
        check(settings.validate, client, options.url, options.json_data, options.headers)
        self._marks = _replay.mark_options(options)
        self._resent = -1
        self._refreshed = False
        self._error: BaseException | None = None
        #: Seconds the attempt under way may take; inf: no bound.
        self.limit = settings.first_timeout

    def attempt(self) -> Any:
        """The options of the next attempt."""
        self._resent += 1
        client, options = self._client, spread(self._options)
        options.max_retries = 0
        if self._resent:
            _replay.rewind(self._marks)
            if hasattr(self, "run"):
                self.limit = self.run.timeout
            headers = options.headers if is_given(options.headers) else {}
            options.headers = {_COUNT: str(self._resent), **(headers or {})}
        if self.limit != INF:
            options.timeout = shorter(options.timeout if is_given(options.timeout) else client.timeout, self.limit)
        return options

    def failed(self, error: BaseException) -> float | None:
        """Seconds to wait, -1.0 when the call is over, None to send again at once."""
        options = self._options
        method, path = options.method.upper(), options.url
        if type(error) is _wait.AttemptTimeout:
            error = timeout_error(self._client, method, path, error)
        if self._refresh(error):
            return None
        adopt(error)
        self._error = error
        if not hasattr(self, "run"):
            settings = self._settings
            if not _replay.rewind(self._marks):
                settings = capped(settings, 1)
            self.run = Run(settings, self._started)
        return self.run.failed_error(error, remote_tools=remote_tools(options.json_data), method=method, url=path)

    def _refresh(self, error: object) -> bool:
        """After a 401 to a token of the SDK's own cache, once in a call: whether to send again with a fresh one.

        This is no attempt of the policy's: nothing is waited for.
        """
        cache = getattr(self._client, "_token_cache", None)
        if cache is None or getattr(error, "status_code", None) != 401:
            return False
        cache.invalidate()
        if self._refreshed or not _replay.rewind(self._marks):
            return False
        self._refreshed = True
        return True

    def succeeded(self, result: Any) -> Any:
        self._error = None
        if hasattr(self, "run"):
            self.run.succeeded()
        if self._resent and isinstance(getattr(result, "retries_taken", None), int):
            result.retries_taken = self._resent  # of a raw response
        return result

    def cancelled(self) -> None:
        self._error = None
        if hasattr(self, "run"):
            self.run.cancelled()

    def over(self) -> BaseException:
        """The SDK's own error, with the story attached."""
        error, self._error = self._error, None  # its traceback holds this object
        assert error is not None
        self.run.end(error)
        if self._marks is None:
            add_note(error)
        return error


def _process(client: Any, process: Any) -> Any:
    def checked(*args: Any, **kwargs: Any) -> Any:
        response = kwargs.get("response")
        if response is not None and suspicion(response):
            load(response)
            if not is_answer(response):
                raise status_error(client, response)
        return process(*args, **kwargs)

    return checked


def _async_process(client: Any, process: Any) -> Any:
    async def checked(*args: Any, **kwargs: Any) -> Any:
        response = kwargs.get("response")
        if response is not None and suspicion(response):
            await aload(response)
            if not is_answer(response):
                raise status_error(client, response)
        return await process(*args, **kwargs)

    return checked

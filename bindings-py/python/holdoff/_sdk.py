"""What the seats in the vendor SDKs share: whose client it is, time limits, and the SDK's own typed error."""

from __future__ import annotations

from . import _answer
from ._settings import Settings
from ._story import Story

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

INF = float("inf")
#: Where a client keeps its seat.
SEAT = "_holdoff"
_ONCE = (
    "sent once: its body is a stream that cannot be read a second time; pass bytes or a file that can seek to have it sent again"
)


def family(client: object) -> tuple[str, bool] | None:
    """`("anthropic" | "openai", is_async)`; None for anything but a client of these packages or of a subclass."""
    for cls in type(client).__mro__:
        package = cls.__module__.partition(".")[0]
        if package in ("anthropic", "openai") and cls.__name__ in ("SyncAPIClient", "AsyncAPIClient"):
            return package, cls.__name__ == "AsyncAPIClient"
    return None


def remote_tools(json: object) -> bool:
    """Whether the request has the server use tools of its own: sent twice, they would run twice."""
    return isinstance(json, dict) and bool(json.get("mcp_servers") or json.get("container"))


def shorter(timeout: Any, limit: float) -> Any:
    """The SDK's `timeout` (seconds, an httpx `Timeout` or None), with no part of it above `limit` seconds."""
    if timeout is None:
        return limit
    if isinstance(timeout, (int, float)):
        return min(timeout, limit)
    parts = {name: getattr(timeout, name) for name in ("connect", "read", "write", "pool")}
    return type(timeout)(**{name: limit if value is None else min(value, limit) for name, value in parts.items()})


def is_given(value: object) -> bool:
    """Whether an option of the SDK has been set: its own marks for "not set" are named, not imported."""
    return type(value).__name__ not in ("NotGiven", "Omit")


def spread(options: Any) -> Any:
    """A shallow copy of the SDK's request options: the body, which may be large, is shared."""
    return options.model_copy() if hasattr(options, "model_copy") else options.copy()


def capped(settings: Settings, attempts: int) -> Settings:
    """The same settings with at most `attempts` sends."""
    attempts = min(attempts, settings.policy.max_attempts)
    policy = settings.policy.replace(max_attempts=attempts)
    hooks = {name: getattr(settings, name) for name in ("on_event", "classify", "cancel", "on", "validate")}
    return Settings(policy, **hooks)


def status_error(client: Any, response: Any) -> BaseException:
    """The typed error that the SDK raises for this response, made by the SDK itself.

    Its makers are private names of the SDK. Where one is missing or fails, the next best is taken; the last resort
    keeps the type's base class.
    """
    try:
        return client._make_status_error_from_response(response)  # type: ignore[no-any-return]
    except Exception:  # noqa: BLE001, S110 - the body could not be read, or the name has gone
        pass
    message = f"Error code: {response.status_code}"
    try:
        return client._make_status_error(message, body=None, response=response)  # type: ignore[no-any-return]
    except Exception:  # noqa: BLE001 - as above
        import sys

        package = sys.modules[(family(client) or ("anthropic", False))[0]]
        return package.APIStatusError(message, response=response, body=None)  # type: ignore[no-any-return]


def timeout_error(client: Any, method: str, path: str, late: BaseException) -> BaseException:
    """The SDK's own time-out error for an attempt that was cancelled at its limit."""
    import sys

    package = sys.modules[(family(client) or ("anthropic", False))[0]]
    http = sys.modules[type(client.base_url).__module__.partition(".")[0]]  # httpx2, or httpx in older SDKs
    url = path if "://" in path else f"{client.base_url}{path.lstrip('/')}"
    error: BaseException = package.APITimeoutError(request=http.Request(method, url))
    error.__cause__ = late
    return error


def body_of(response: Any) -> bytes | None:
    """The body of a response that has been read; None when the reading broke."""
    try:
        return response.content  # type: ignore[no-any-return]
    except Exception:  # noqa: BLE001 - ResponseNotRead of either httpx
        return None


def suspicion(response: Any) -> int:
    """What `_answer.suspicion` says of a 2xx response that the SDK has got."""
    in_memory = response.is_closed and response.is_stream_consumed
    try:
        request = response.request
    except RuntimeError:  # a response that a middleware made up
        request = None
    return _answer.suspicion(response.headers, request, in_memory)


def is_answer(response: Any) -> bool:
    """Whether a 2xx response whose body has been read is an answer."""
    found = suspicion(response)
    return found == _answer.GENUINE or (found == _answer.PEEK and not _answer.holds_failure(body_of(response) or b""))


def adopt(error: BaseException) -> None:
    """Gives `error` the story of the call within this attempt, where a retrying transport below has told one.

    The engine then ends this call too: what has been retried to its end is not retried once more.
    """
    response = getattr(error, "response", None)
    inner = getattr(error.__cause__, "holdoff", None) or getattr(response, "extensions", {}).get("holdoff")
    if type(inner) is Story and not hasattr(error, "holdoff"):
        error.holdoff = inner  # type: ignore[attr-defined]


def load(response: Any) -> None:
    """Reads and closes a failed response, so that its connection is free during the wait."""
    try:
        response.read()
    except Exception:  # noqa: BLE001, S110 - the status and headers are evidence enough
        pass
    finally:
        response.close()


async def aload(response: Any) -> None:
    """`load` for an async response."""
    try:
        await response.aread()
    except Exception:  # noqa: BLE001, S110 - as above
        pass
    finally:
        await response.aclose()


def add_note(error: BaseException) -> None:
    """Says on the error why its request was sent only once."""
    try:
        error.__notes__ = [*getattr(error, "__notes__", ()), _ONCE]
    except Exception:  # noqa: BLE001, S110 - an exception that takes no attributes
        pass

"""A diagnosed failure, and the reference it is read with."""

from __future__ import annotations

from . import _native, _wait
from ._evidence import _body, _pairs, _status, _utf8, answer, cancelled, read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from ._names import Kind
    from ._native import Failure as NativeFailure


class Failure:
    """What went wrong, whether it is worth sending again, and how to fix it. Read-only; made by `diagnose`."""

    __slots__ = ("_native",)

    _native: NativeFailure

    def __init__(self, native: NativeFailure) -> None:
        object.__setattr__(self, "_native", native)

    @property
    def kind(self) -> Kind:
        """The class of the failure, such as `"overloaded"`."""
        return self._native.kind  # type: ignore[return-value]

    @property
    def cause(self) -> str:
        """The entry of the catalogue of causes, such as `"orphan-tool-use"`."""
        return self._native.cause

    @property
    def retryable(self) -> bool:
        """Whether the same request may succeed when it is sent again."""
        return self._native.retryable

    @property
    def status(self) -> int | None:
        """The HTTP status; None where no answer came."""
        return self._native.status

    @property
    def error_type(self) -> str | None:
        """`error.type` of the body, such as `"overloaded_error"`."""
        return self._native.error_type

    @property
    def error_code(self) -> str | None:
        """`error.details.error_code` of the body, or another vendor's `error.code`."""
        return self._native.error_code

    @property
    def message(self) -> str | None:
        """The server's own words, unwrapped from what gateways put around them."""
        return self._native.message

    @property
    def field(self) -> str | None:
        """The field of the request that the server objects to, such as `"messages.0.content"`."""
        return self._native.field

    @property
    def pointer(self) -> str | None:
        """The same place as an RFC 6901 pointer into the request's JSON, such as `"/messages/0/content"`."""
        return self._native.pointer

    @property
    def request_id(self) -> str | None:
        """What support asks for."""
        return self._native.request_id

    @property
    def provider(self) -> str:
        """Who answered, such as `"anthropic"` or `"bedrock"`."""
        return self._native.provider

    @property
    def retry_after(self) -> float | None:
        """Seconds after which the server wants to be asked again; None where it did not say."""
        return self._native.retry_after

    @property
    def retry_at(self) -> float | None:
        """The same as an instant, in unix seconds."""
        return self._native.retry_at

    @property
    def maybe_processed(self) -> bool:
        """Whether the server may have done, and billed, the work."""
        return self._native.maybe_processed

    @property
    def fix(self) -> str:
        """What to do about it, in one sentence."""
        return self._native.fix

    def explain(self) -> str:
        """Some lines for a person: what was seen, what it means, what to do."""
        return self._native.explain()

    def __str__(self) -> str:
        return self._native.line()

    def __repr__(self) -> str:
        return f"<Failure {self._native.line()}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Failure):
            return NotImplemented
        return self._native is other._native or self._native.wire() == other._native.wire()

    def __hash__(self) -> int:
        return hash(tuple(self._native.wire().values()))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a failure is read-only")

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (self._native.wire(),)


def _restore(wire: dict[str, Any]) -> Failure:
    return Failure(_native.Failure.from_wire(wire))


def diagnose(
    error: BaseException | str | object | None = None,
    *,
    status: int | None = None,
    headers: Mapping[str, str] | Iterable[tuple[str, str]] | None = None,
    body: bytes | str | dict[str, Any] | None = None,
    now: float | None = None,
) -> Failure:
    """Says what a failed call failed of.

    Args:
        error: an exception of any SDK or HTTP library, a response object of one, or a text such as a line of a log.
            Nothing is read from the network: a body that has not been read yet is not looked at.
        status: the HTTP status; where given, it replaces what `error` says. So do the next two.
        headers: response headers, as a mapping or pairs.
        body: the response body: bytes, text, or the parsed JSON.
        now: the wall clock in unix seconds, against which dates in headers are read. None takes the clock.

    Raises:
        TypeError: no evidence was given, or `error` is neither an exception, nor a response, nor a text.

    Example:
        >>> failure = diagnose(status=529)
        >>> failure.kind, failure.retryable
        ('overloaded', True)
    """
    if error is None and status is None and headers is None and body is None:
        raise TypeError("diagnose needs an exception, a response, a text, or one of status, headers and body")
    if isinstance(error, Failure):
        return error
    seen: Any = (None,) * 7
    stopped = False
    if isinstance(error, BaseException):
        seen, stopped = read(error), cancelled(error)
    elif isinstance(error, str):
        seen = (None, None, None, None, _utf8(error), None, None)
    elif error is not None:
        seen = answer(error)
        if seen is None:
            raise TypeError(f"`error` must be an exception, a response or a text: got {type(error).__name__}")
    code, pairs, content, classes, text, method, url = seen
    if status is not None:
        code = _status(status)
        if code is None:
            raise ValueError(f"`status` must be an HTTP status, 100 to 999: got {status!r}")
    if headers is not None:
        pairs = _pairs(headers)
        if pairs is None:
            raise TypeError(f"`headers` must be a mapping or pairs of names and values: got {type(headers).__name__}")
    if body is not None:
        content = _body(body)
        if content is None:
            raise TypeError(f"`body` must be bytes, a text or parsed JSON: got {type(body).__name__}")
    wall = _wait.clock.wall() if now is None else float(now)
    return Failure(_native.diagnose((code, pairs, content, classes, text, method, url), False, stopped, False, wall))

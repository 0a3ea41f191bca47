"""From an exception of any library to the evidence that the engine reads.

By shape, not by class: nothing is imported that the caller does not have, and nothing is read from a socket. A body
that the library has not read yet is no evidence.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    #: Name and value; httpx has triples: the name, the same in lower case, the value.
    Headers = list[tuple[bytes, bytes]] | list[tuple[bytes, bytes, bytes]] | list[tuple[str, str]] | None
    #: status, headers, body, classes, text, method, url
    Evidence = tuple[int | None, Headers, bytes | str | None, str | None, str | None, str | None, str | None]

# How far a chain of causes is followed, and how much of a text is looked at: both are the sender's to choose.
_LONGEST_CHAIN = 10
_LONGEST_TEXT = 4_096

# Libraries whose classes the engine knows by name. A class from elsewhere counts as the first of these that it derives
# from, and says nothing where there is none: a `NetworkError` or `HTTPException` of the caller's own is not httpx's.
_KNOWN = frozenset(
    "aiohttp anthropic anyio asyncio boto3 botocore builtins concurrent curl_cffi google groq grpc h11 h2 http "
    "httpcore httpcore2 httpx httpx2 litellm niquests openai requests socket ssl trio urllib urllib3".split()
)
# Not nothing: without any class the engine takes the text for a library's own.
_OTHER = "other"
_TOO_GENERAL = (object, BaseException, Exception)

# grpc.StatusCode by name, as HTTP statuses: https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto
_GRPC = {
    "CANCELLED": 499,
    "UNKNOWN": 500,
    "INVALID_ARGUMENT": 400,
    "DEADLINE_EXCEEDED": 504,
    "NOT_FOUND": 404,
    "ALREADY_EXISTS": 409,
    "PERMISSION_DENIED": 403,
    "RESOURCE_EXHAUSTED": 429,
    "FAILED_PRECONDITION": 400,
    "ABORTED": 409,
    "OUT_OF_RANGE": 400,
    "UNIMPLEMENTED": 501,
    "INTERNAL": 500,
    "UNAVAILABLE": 503,
    "DATA_LOSS": 500,
    "UNAUTHENTICATED": 401,
}


def read(error: BaseException) -> Evidence:
    """The evidence in an exception.

    The first branch is the hot path: a status error of an SDK, whose answer says all there is to say.
    """
    try:
        response = error.response  # type: ignore[attr-defined]
        status = response.status_code
        try:
            # What httpx builds `raw` of, at a tenth of the cost.
            headers = response.headers._list
        except AttributeError:
            headers = response.headers.raw
        if 400 <= status <= 999 and type(status) is int and type(headers) is list:
            request = response._request
            # Host and path: the whole text of a URL costs as much as the rest of the reading.
            place = request.url._uri_reference
            return status, headers, response._content, None, None, request.method, f"//{place.host}{place.path}"
    except Exception:  # another shape: read it with care
        pass
    return _read(error)


def cancelled(error: BaseException) -> bool:
    """Whether the exception says that the caller stopped, rather than that something failed."""
    return any(
        base.__name__ in {"CancelledError", "Cancelled"} and base.__module__.split(".", 1)[0] in {"asyncio", "concurrent", "trio"}
        for base in type(error).__mro__
    ) or isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit))


def answer(found: object) -> Evidence | None:
    """The evidence in a response object of an HTTP library; None where it is none."""
    status, headers, body = _response(found)
    if status is None:
        return None
    method, url = _request(found)
    return status, headers, body, None, None, method, url


def _read(error: BaseException) -> Evidence:
    status = method = url = body = headers = None
    classes: list[str] = []
    texts: list[str] = []
    for item in _chain(error):
        classes.append(_name(item))
        text = _text(item)
        if text and text not in texts:
            texts.append(text)
        if method is None:
            method, url = _request(item)
        if status is None and body is None:
            status, headers, body = _answer(item)
            if status is not None and status >= 400:
                # What caused the exception that carries an answer is that answer.
                break
    return status, headers, body, "\n".join(classes), "\n".join(texts) or None, method, url


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception and what caused it, outermost first."""
    seen: list[BaseException] = []
    item: BaseException | None = error
    while item is not None and len(seen) < _LONGEST_CHAIN and not any(item is other for other in seen):
        seen.append(item)
        yield item
        item = _cause(item)


def _cause(item: BaseException) -> BaseException | None:
    cause = item.__cause__
    if cause is None and not item.__suppress_context__:
        cause = item.__context__
    if cause is not None:
        # A cancellation as a cause is how a time limit works: `asyncio.timeout` raises TimeoutError from it.
        return cause if isinstance(cause, Exception) else None
    # A group of one, as a nursery makes it, and libraries that keep the cause in a field of their own.
    group = _get(item, "exceptions")
    if isinstance(group, tuple) and len(group) == 1:
        return group[0] if isinstance(group[0], BaseException) else None
    inside = (_get(item, "reason"), _get(item, "os_error"), item.args[0] if item.args else None)
    return next((inner for inner in inside if isinstance(inner, Exception)), None)


def _name(item: BaseException) -> str:
    """`module.Class`, and the symbol of its error number: `builtins.ConnectionRefusedError:ECONNREFUSED`."""
    for kind in type(item).__mro__:
        if kind not in _TOO_GENERAL and kind.__module__.split(".", 1)[0] in _KNOWN:
            # A bare OSError may be about a full disk: only its number tells.
            name = _OTHER if kind is OSError else f"{kind.__module__}.{kind.__qualname__}"
            symbol = _symbol(item) if isinstance(item, OSError) else None
            return f"{name}:{symbol}" if symbol else name
    return _OTHER


def _symbol(item: OSError) -> str | None:
    reason = _get(item, "reason")
    if isinstance(reason, str) and reason.isascii() and reason.replace("_", "").isalnum():
        return reason  # ssl.SSLError: CERTIFICATE_VERIFY_FAILED
    number = item.errno
    if not isinstance(number, int):
        return None
    socket = sys.modules.get("socket")
    if socket is not None and isinstance(item, getattr(socket, "gaierror", ())):
        return next((name for name in dir(socket) if name.startswith("EAI_") and getattr(socket, name) == number), None)
    import errno

    return errno.errorcode.get(number)


def _text(item: BaseException) -> str:
    try:
        return _utf8(str(item)[:_LONGEST_TEXT])
    except Exception:  # a broken __str__ says nothing
        return ""


def _answer(item: BaseException) -> tuple[int | None, Headers, bytes | str | None]:
    """Status, headers and body of the answer that the exception is about."""
    response = _get(item, "response")
    if isinstance(response, dict):
        return _botocore(response)
    status, headers, body = (None, None, None) if response is None else _response(response)
    if status is None:
        # Exceptions that are answers themselves: aiohttp, urllib, gateways' own SDKs, google.api_core.
        headers = _pairs(_first(item, "headers", "hdrs"))
        status = _status(_first(item, "status_code", "status"))
        if status is None and (headers is not None or "http" in type(_get(item, "code")).__module__):
            status = _status(_get(item, "code"))
    if body is None:
        body = _body(_get(item, "body"))
    if status is None and body is None:
        return _grpc(item)
    return status, headers, body


def _response(response: object) -> tuple[int | None, Headers, bytes | str | None]:
    status = _status(_first(response, "status_code", "status"))
    if status is None:
        return None, None, None
    # `_content` is what requests and httpx have read so far; their public `content` would read on, or raise.
    body = _get(response, "_content", _get(response, "_body"))
    return status, _pairs(_get(response, "headers")), body if isinstance(body, (bytes, str)) else None


def _botocore(response: dict[Any, Any]) -> tuple[int | None, Headers, bytes | str | None]:
    """The parsed answer that a botocore `ClientError` carries; an event of a stream has no status."""
    meta, fault = response.get("ResponseMetadata"), response.get("Error")
    meta = meta if isinstance(meta, dict) else {}
    fault = fault if isinstance(fault, dict) else {}
    headers: Any = _pairs(meta.get("HTTPHeaders")) or []
    code, message = fault.get("Code"), fault.get("Message")
    if isinstance(code, str) and not any(name in ("x-amzn-errortype", b"x-amzn-errortype") for name, _ in headers):
        headers.append(("x-amzn-errortype", _utf8(code)))
    modeled = {key: value for key, value in response.items() if key not in ("ResponseMetadata", "Error")}
    return _status(meta.get("HTTPStatusCode")), headers, _body({"__type": code, **modeled, "message": message})


def _grpc(item: BaseException) -> tuple[int | None, Headers, bytes | str | None]:
    """A `grpc.RpcError`: `code()` answers a member of an enumeration, `details()` a text."""
    code = _get(item, "code")
    try:
        name = code().name if callable(code) else None
        status = _GRPC.get(name) if isinstance(name, str) else None
        if status is None:
            return None, None, None
        details = item.details()  # type: ignore[attr-defined]
    except Exception:  # something else that has a `code`
        return None, None, None
    message = details if isinstance(details, str) else None
    return status, None, _body({"error": {"code": status, "status": name, "message": message}})


def _body(body: object) -> bytes | str | None:
    if isinstance(body, bytes) or body is None:
        return body
    if isinstance(body, str):
        return _utf8(body)
    if not isinstance(body, (dict, list)):
        return None
    if (
        isinstance(body, dict)
        and "error" not in body
        and isinstance(body.get("type"), (str, type(None)))
        and "message" in body
        and "__type" not in body
    ):
        # openai's exceptions carry the inside of `error`.
        body = {"error": body}
    import json

    try:
        return json.dumps(body, default=str)
    except (TypeError, ValueError, RecursionError):
        return None


def _pairs(headers: object) -> Headers:
    if headers is None:
        return None
    raw = _get(headers, "raw")
    if isinstance(raw, list):
        return list(raw)
    try:
        items: Any = headers.items() if hasattr(headers, "items") else headers
        return [(_utf8(_string(name)), _utf8(_string(value))) for name, value in items]
    except Exception:  # not headers
        return None


def _string(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _request(item: object) -> tuple[str | None, str | None]:
    request = _first(item, "request", "request_info")
    if request is None:
        return None, None
    method, url = _get(request, "method"), _get(request, "url")
    try:
        return (_utf8(method) if isinstance(method, str) else None), (None if url is None else _utf8(str(url)))
    except Exception:  # a url that cannot be written says nothing
        return None, None


def _status(value: object) -> int | None:
    # A bool is an int, and an http.HTTPStatus is one that means it.
    return int(value) if isinstance(value, int) and not isinstance(value, bool) and 100 <= value <= 999 else None


def _first(item: object, *names: str) -> Any:
    return next((value for value in (_get(item, name) for name in names) if value is not None), None)


def _get(item: object, name: str, default: object = None) -> Any:
    try:
        return getattr(item, name, default)
    except Exception:  # a property that raises, as httpx's `request` does when there is none
        return default


def _utf8(text: str) -> str:
    """The text without lone surrogates, which cannot cross."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")

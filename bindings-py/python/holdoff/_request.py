"""The request checked before it is sent."""

from __future__ import annotations

from . import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from ._names import Endpoint, Severity, Target

    # What is given besides, as the seam takes it: flags, headers, rows of models.
    _Given = tuple[list[str] | None, list[tuple[str, str]] | None, _native.Models | None]


class Finding:
    """One thing that is wrong with a request, where, and what to do about it. Read-only.

    Attributes:
        cause: the entry of the catalogue of causes, such as `"orphan-tool-use"`: the one that the server's answer would
            be diagnosed as.
        severity: `"error"` where a rejection is certain, else `"warning"`.
        path: the place as the API writes it, such as `"messages.0.content.1.text"`; `""` for the whole request.
        pointer: the same as an RFC 6901 pointer, such as `"/messages/0/content/1/text"`.
        message: the fact, and what was expected.
        fix: what to do.
        line: line in the JSON text, 1 the first; None where the request was not a text.
        column: column in characters, 1 the first; None likewise.
        offset: bytes before it; None likewise.
    """

    __slots__ = ("cause", "column", "fix", "line", "message", "offset", "path", "pointer", "severity")

    cause: str
    severity: Severity
    path: str
    pointer: str
    message: str
    fix: str
    line: int | None
    column: int | None
    offset: int | None

    def __init__(
        self,
        cause: str,
        severity: Severity,
        path: str,
        pointer: str,
        message: str,
        fix: str,
        place: tuple[int | None, int | None, int | None] = (None, None, None),
    ) -> None:
        put = object.__setattr__
        put(self, "cause", cause)
        put(self, "severity", severity)
        put(self, "path", path)
        put(self, "pointer", pointer)
        put(self, "message", message)
        put(self, "fix", fix)
        put(self, "line", place[0])
        put(self, "column", place[1])
        put(self, "offset", place[2])

    def _parts(self) -> tuple[Any, ...]:
        place = (self.line, self.column, self.offset)
        return (self.cause, self.severity, self.path, self.pointer, self.message, self.fix, place)

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        return f"{self.severity}[{self.cause}]: {where}{self.message}"

    def __repr__(self) -> str:
        return f"<Finding {self}>"

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, Finding) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._parts())

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a finding is read-only")

    def __reduce__(self) -> tuple[object, ...]:
        return Finding, self._parts()


class Report:
    """All that a check found, in the order of the request.

    It iterates over its findings, and is true where there are any. `str(report)` reads like a compiler's output.

    Example:
        >>> report = validate({"model": "claude-opus-5", "messages": []})
        >>> [finding.cause for finding in report]
        ['missing-max-tokens', 'messages-empty']
        >>> report.ok
        False
    """

    __slots__ = ("_findings", "_found")

    def __init__(self, found: _native.Report | _Kept) -> None:
        self._found = found
        self._findings: tuple[Finding, ...] | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is certain to be refused. Warnings do not count."""
        return self._found.ok

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Errors and warnings, at most 1,000."""
        if self._findings is None:
            self._findings = tuple(Finding(*parts) for parts in self._found.findings())
        return self._findings

    @property
    def omitted(self) -> int:
        """How many more there were."""
        return self._found.omitted

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What will be refused."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What may be refused, or do something other than meant."""
        return tuple(finding for finding in self.findings if finding.severity == "warning")

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __str__(self) -> str:
        return self._found.text()

    def __repr__(self) -> str:
        return f"<Report: {len(self.errors)} errors, {len(self.warnings)} warnings>"

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (self._found.findings(), self.omitted, str(self))


class _Kept:
    """A report that comes out of a pickle."""

    def __init__(self, rows: list[tuple[Any, ...]], omitted: int, text: str) -> None:
        self._rows = rows
        self._text = text
        self.omitted = omitted
        self.ok = not any(row[1] == "error" for row in rows)

    def findings(self) -> list[tuple[Any, ...]]:
        return self._rows

    def text(self) -> str:
        return self._text


def _restore(rows: list[tuple[Any, ...]], omitted: int, text: str) -> Report:
    return Report(_Kept(rows, omitted, text))


def validate(
    request: Mapping[str, Any] | str | bytes | object,
    *,
    target: Target = "portable",
    endpoint: Endpoint = "messages",
    api_version: str | None = None,
    betas: Iterable[str] = (),
    headers: Mapping[str, str] | Iterable[tuple[str, str]] | None = None,
    models: Iterable[Mapping[str, Any]] = (),
) -> Report:
    """Says everything that can be known offline to be wrong with a request, before it is sent. Never raises for it.

    Args:
        request: the parameters as a dict (pydantic models inside are taken as the SDK sends them), or the JSON body as
            `str` or `bytes`: then findings come with line and column.
        target: where it goes. `"portable"` also holds to what older gateways and Bedrock Converse still ask for: roles
            alternate, the user begins, no `system` role.
        endpoint: what is called. For `"batches"` each item's params are checked as a message of its own.
        api_version: the `anthropic-version`. Without one, here or in the headers or body, rules bound to a version warn.
        betas: `anthropic-beta` flags, beside those of the headers.
        headers: all headers that will be sent; without them none is missed.
        models: rows beside or in place of those of the built-in table, such as
            `{"id": "team-writer", "like": "claude-opus-5", "max_output_tokens": 32000}`.

    Raises:
        ValueError: `target`, `endpoint` or a row of `models` is none that there is. The request itself never raises.

    Example:
        >>> body = '{"model": "claude-opus-5", "max_tokens": 16, "messages": [],}'
        >>> print(validate(body).errors[0].line, validate(body).errors[0].column)
        1 60
    """
    flags, sent, rows = _given(betas, headers, models) if betas or models or headers is not None else _NOTHING
    return Report(_native.validate(request, target, endpoint, api_version, flags, sent, rows, False))


def check_key(key: str, *, base_url: str | None = None, header: str | None = None) -> Report:
    """Says what is wrong with an API key, and with where it goes, before it is sent. Offline; never raises for the key.

    No finding holds, prints or raises with any part of the key but its public beginning (`sk-ant-api03-`) and its length.
    A key that is sound in form can still be revoked: only the server knows.

    Args:
        key: as it was read, white space and all.
        base_url: where the client sends it; None where that is left to the SDK.
        header: the header it travels in, such as `"x-api-key"` or `"Authorization"`; None where that is not known.

    Raises:
        TypeError: `key` is no text. None means that the environment variable is not set.

    Example:
        >>> [finding.cause for finding in check_key("$ANTHROPIC_API_KEY")]
        ['key-unexpanded-variable']
    """
    if not isinstance(key, str):
        hint = ": the variable it is read from is not set" if key is None else ""
        raise TypeError(f"`key` must be a text: got {type(key).__name__}{hint}")
    return Report(_native.check_key(key.encode("utf-8", "replace").decode(), base_url, header))


#: Most calls give nothing, and then it costs nothing.
_NOTHING: _Given = (None, None, None)


def _given(
    betas: Iterable[str],
    headers: Mapping[str, str] | Iterable[tuple[str, str]] | None,
    models: Iterable[Mapping[str, Any]],
) -> _Given:
    sent = None
    if headers is not None:
        pairs: Any = headers.items() if hasattr(headers, "items") else headers
        sent = [(str(name), _text(value)) for name, value in pairs]
    flags = [betas] if isinstance(betas, str) else list(betas)
    rows = list(models)
    return flags or None, sent, _native.Models(rows) if rows else None


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)

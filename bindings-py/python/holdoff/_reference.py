"""The reference of statuses, kinds, error types, error codes and causes, as the engine itself decides."""

from __future__ import annotations

from . import _native


class Entry(tuple):  # type: ignore[type-arg]
    """One row of the reference, as a tuple with names: meaning, retryable, action, link, column, key.

    Attributes:
        meaning: what it says, in one sentence.
        retryable: whether the same request may succeed when it is sent again.
        action: what to do, in one sentence.
        link: the page that documents it; None where there is none.
        column: what the row is about: `"status"`, `"kind"`, `"error_type"`, `"error_code"` or `"cause"`.
        key: the row's name in that column, such as `"529"` or `"overloaded"`.
    """

    __slots__ = ()

    def __new__(cls, meaning: str, retryable: bool, action: str, link: str | None, column: str, key: str) -> Entry:
        return tuple.__new__(cls, (meaning, retryable, action, link, column, key))

    def __getnewargs__(self) -> tuple[object, ...]:
        return tuple(self)

    @property
    def meaning(self) -> str:
        """What it says, in one sentence."""
        return self[0]  # type: ignore[no-any-return]

    @property
    def retryable(self) -> bool:
        """Whether the same request may succeed when it is sent again."""
        return self[1]  # type: ignore[no-any-return]

    @property
    def action(self) -> str:
        """What to do, in one sentence."""
        return self[2]  # type: ignore[no-any-return]

    @property
    def link(self) -> str | None:
        """The page that documents it; None where there is none."""
        return self[3]  # type: ignore[no-any-return]

    @property
    def column(self) -> str:
        """What the row is about."""
        return self[4]  # type: ignore[no-any-return]

    @property
    def key(self) -> str:
        """The row's name in its column."""
        return self[5]  # type: ignore[no-any-return]

    def __repr__(self) -> str:
        names = ("meaning", "retryable", "action", "link", "column", "key")
        return f"Entry({', '.join(f'{name}={value!r}' for name, value in zip(names, self, strict=True))})"

    def __str__(self) -> str:
        return f"{self.key}: {self.meaning}; {'retry' if self.retryable else 'do not retry'}; {self.action}"


def lookup(
    key: int | str | None = None,
    *,
    status: int | None = None,
    error_type: str | None = None,
    error_code: str | None = None,
    kind: str | None = None,
    cause: str | None = None,
) -> Entry:
    """The row of the reference for one name.

    Args:
        key: a status as a number, or a name of any column; the columns are tried in the order kind, error_type,
            error_code, cause. Or one of the rest, which name the column.
        status: an HTTP status.
        error_type: `error.type` of a body.
        error_code: `error.details.error_code` of a body.
        kind: `Failure.kind`.
        cause: `Failure.cause`.

    Raises:
        TypeError: not exactly one name was given.
        LookupError: the reference has no such row.

    Example:
        >>> lookup(529).retryable
        True
    """
    named = {"status": status, "error_type": error_type, "error_code": error_code, "kind": kind, "cause": cause}
    given: dict[str, int | str | None] = {column: value for column, value in named.items() if value is not None}
    if len(given) + (key is not None) != 1:
        raise TypeError("lookup needs exactly one of a key, status, error_type, error_code, kind and cause")
    if isinstance(key, int):
        given = {"status": key}
    columns = list(given.items()) or [(column, key) for column in ("kind", "error_type", "error_code", "cause")]
    for column, value in columns:
        try:
            row = _native.lookup(**{**dict.fromkeys(named), column: value})  # type: ignore[arg-type]
        except OverflowError:
            row = None
        if row is not None:
            return Entry(*row, column, str(value))
    searched = " or ".join(column for column, _ in columns)
    raise LookupError(f"the reference has no {searched} {columns[0][1]!r}: table() lists what it has")


def table() -> list[Entry]:
    """Every row of the reference, grouped by column.

    Example:
        >>> [entry.key for entry in table() if entry.column == "status"][:3]
        ['400', '401', '402']
    """
    return [
        Entry(meaning, retryable, action, link, column, key) for column, key, meaning, retryable, action, link in _native.table()
    ]

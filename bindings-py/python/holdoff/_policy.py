"""The policy of a call: how often, how long, and what may be sent again."""

from __future__ import annotations

from . import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import timedelta
    from typing import Any, Literal

    from ._names import Jitter, Kind, MidStream
    from ._native import Policy as NativePolicy

    Seconds = float | timedelta

# The policy's durations, which have other names and another unit on the wire.
_DURATIONS = ("initial_delay", "max_delay", "max_retry_after", "max_elapsed", "attempt_timeout")
_DEFAULTS = {
    "max_attempts": 6,
    "initial_delay": 1.0,
    "multiplier": 2.0,
    "max_delay": 60.0,
    "jitter": "full",
    "max_retry_after": 120.0,
    "max_elapsed": None,
    "attempt_timeout": None,
    "resend_ambiguous": True,
    "mid_stream": "stop",
    "retry_kinds": (),
    "stop_kinds": (),
    "attempts_by_kind": {"dns": 3},
    "seed": None,
}


class Policy:
    """How a call is retried. A policy that exists is valid; it does not change.

    Times are seconds, as a number or a `timedelta`, and are rounded up to whole milliseconds.

    Args:
        max_attempts: sends allowed in total, the first included; 1 never sends again. Default 6.
        initial_delay: the first backoff. Default 1.
        multiplier: the growth from one backoff to the next, at least 1. Default 2.
        max_delay: the longest wait that the server did not ask for. Default 60.
        jitter: how a backoff is spread: `"full"` (anything from 0 to the backoff), `"equal"` (half of it and anything
            up to the other half), `"decorrelated"` (from `initial_delay` to three times the last wait) or `"none"`.
            Default `"full"`.
        max_retry_after: the longest wait that is obeyed when the server asks for it; a longer one stops the call with
            `retry_after_too_long`. None obeys any. Default 120.
        max_elapsed: the end of the whole call, attempts and waits together. None has no end. Default None.
        attempt_timeout: the bound on one attempt. None leaves it to the client. Default None. Async attempts are
            cancelled at that time; in sync code it goes to the HTTP library, which bounds silence with it.
        resend_ambiguous: whether a request that the server may have carried out already is sent again: True where it
            only costs money (an inference call without remote tools), False never, `"always"` even where it has other
            effects. Default True.
        mid_stream: what happens to a stream that breaks after content has reached the caller: `"stop"`, `"restart"`
            or `"resume"`. Default `"stop"`.
        retry_kinds: kinds that are sent again although they are not worth it by themselves.
        stop_kinds: kinds that stop the call although they are. Wins over `retry_kinds`.
        attempts_by_kind: the most attempts that may fail of a kind. What is given replaces the default, `{"dns": 3}`.
        seed: a whole number from 0 to 2**53 - 1 that makes the waits repeatable. None draws one for the process.

    Raises:
        TypeError: a value has the wrong type.
        ValueError: a value cannot be meant. The text names the field, what it needs and what it got.

    Example:
        >>> policy = Policy(max_attempts=4, max_elapsed=90)
        >>> policy
        Policy(max_attempts=4, max_elapsed=90.0)
        >>> policy.replace(jitter="equal").max_delay
        60.0
    """

    __slots__ = (
        "_attempts_by_kind",
        "_hash",
        "_native",
        "attempt_timeout",
        "initial_delay",
        "jitter",
        "max_attempts",
        "max_delay",
        "max_elapsed",
        "max_retry_after",
        "mid_stream",
        "multiplier",
        "resend_ambiguous",
        "retry_kinds",
        "seed",
        "stop_kinds",
    )

    max_attempts: int
    initial_delay: float
    multiplier: float
    max_delay: float
    jitter: Jitter
    max_retry_after: float | None
    max_elapsed: float | None
    attempt_timeout: float | None
    resend_ambiguous: bool | Literal["always"]
    mid_stream: MidStream
    retry_kinds: tuple[Kind, ...]
    stop_kinds: tuple[Kind, ...]
    seed: int | None
    _attempts_by_kind: tuple[tuple[Kind, int], ...]
    _hash: int
    _native: NativePolicy

    def __init__(
        self,
        *,
        max_attempts: int = 6,
        initial_delay: Seconds = 1.0,
        multiplier: float = 2.0,
        max_delay: Seconds = 60.0,
        jitter: Jitter = "full",
        max_retry_after: Seconds | None = 120.0,
        max_elapsed: Seconds | None = None,
        attempt_timeout: Seconds | None = None,
        resend_ambiguous: bool | Literal["always"] = True,
        mid_stream: MidStream = "stop",
        retry_kinds: Iterable[Kind] = (),
        stop_kinds: Iterable[Kind] = (),
        attempts_by_kind: Mapping[Kind, int] = {"dns": 3},  # read only
        seed: int | None = None,
    ) -> None:
        fields: dict[str, Any] = {
            "max_attempts": _whole("max_attempts", max_attempts),
            "initial_delay": seconds_of("initial_delay", initial_delay),
            "multiplier": _number("multiplier", multiplier),
            "max_delay": seconds_of("max_delay", max_delay),
            "jitter": _word("jitter", jitter),
            "max_retry_after": None if max_retry_after is None else seconds_of("max_retry_after", max_retry_after),
            "max_elapsed": None if max_elapsed is None else seconds_of("max_elapsed", max_elapsed),
            "attempt_timeout": None if attempt_timeout is None else seconds_of("attempt_timeout", attempt_timeout),
            "resend_ambiguous": _bool_or_word("resend_ambiguous", resend_ambiguous),
            "mid_stream": _word("mid_stream", mid_stream),
            "retry_kinds": _kinds("retry_kinds", retry_kinds),
            "stop_kinds": _kinds("stop_kinds", stop_kinds),
            "attempts_by_kind": _limits(attempts_by_kind),
            "seed": None if seed is None else _whole("seed", seed),
        }
        put = object.__setattr__
        for name, value in fields.items():
            put(self, "_attempts_by_kind" if name == "attempts_by_kind" else name, value)
        put(self, "_native", _native.Policy(_wire(fields)))
        put(self, "_hash", hash(tuple(fields.values())))

    @property
    def attempts_by_kind(self) -> dict[Kind, int]:
        """The most attempts that may fail of a kind."""
        return dict(self._attempts_by_kind)

    def replace(self, **changes: Any) -> Policy:
        """The policy with other values for some fields.

        Raises:
            TypeError, ValueError: as for the policy itself.
        """
        return Policy(**{**self._fields(), **changes})

    def _fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _DEFAULTS}

    def __repr__(self) -> str:
        pairs = ((name, getattr(self, name), default) for name, default in _DEFAULTS.items())
        return f"Policy({', '.join(f'{name}={value!r}' for name, value, default in pairs if value != default)})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Policy):
            return NotImplemented
        return self is other or (self._hash == other._hash and self._fields() == other._fields())

    def __hash__(self) -> int:
        return self._hash

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a policy does not change: use policy.replace({name}=…)")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a policy does not change: it keeps `{name}`")

    def __copy__(self) -> Policy:
        return self

    def __deepcopy__(self, memo: object) -> Policy:
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (self._fields(),)


def _restore(fields: dict[str, Any]) -> Policy:
    return Policy(**fields)


def _wire(fields: dict[str, Any]) -> dict[str, Any]:
    wire: dict[str, Any] = {name: value for name, value in fields.items() if name not in _DURATIONS}
    wire["attempts_by_kind"] = dict(fields["attempts_by_kind"])
    for name in _DURATIONS:
        seconds = fields[name]
        wire[f"{name}_ms"] = None if seconds is None else round(seconds * 1_000)
    return wire


def seconds_of(name: str, value: object) -> float:
    """Seconds from a number or a `timedelta`, rounded up to a whole millisecond.

    Raises:
        TypeError: neither a number nor a `timedelta`.
        ValueError: negative, infinite or not a number.
    """
    if hasattr(value, "total_seconds"):
        value = value.total_seconds()
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"`{name}` must be seconds, as a number or a timedelta: got {type(value).__name__}")
    # 2**53 ms, 285 000 years: the most that is exact in every language.
    if not 0.0 <= value <= 9_007_199_254_740.0:
        raise ValueError(f"`{name}` must be a finite number of seconds, at least 0: got {value!r}")
    # A float that stands a hair above a whole millisecond (0.07 * 1000) is that millisecond.
    near = round(value * 1_000.0, 6)
    whole = int(near)
    return (whole if whole == near else whole + 1) / 1_000.0


def _whole(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"`{name}` must be a whole number: got {type(value).__name__}")
    return value


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"`{name}` must be a number: got {type(value).__name__}")
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(f"`{name}` must be a finite number: got {value!r}")
    return float(value)


def _word(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"`{name}` must be a name in a str: got {type(value).__name__}")
    return value


def _bool_or_word(name: str, value: object) -> bool | str:
    if not isinstance(value, (bool, str)):
        raise TypeError(f"`{name}` must be a bool or a name in a str: got {type(value).__name__}")
    return value


def _kinds(name: str, value: Iterable[str]) -> tuple[str, ...]:
    # A str is an iterable of letters, and the likeliest mistake here.
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        raise TypeError(f"`{name}` must be a collection of kinds, such as ['timeout']: got {type(value).__name__}")
    return tuple(sorted({_word(name, kind) for kind in value}))


def _limits(value: Mapping[Any, Any]) -> tuple[tuple[str, int], ...]:
    if not hasattr(value, "items"):
        raise TypeError(f"`attempts_by_kind` must map kinds to whole numbers: got {type(value).__name__}")
    return tuple(sorted((_word("attempts_by_kind", kind), _whole("attempts_by_kind", limit)) for kind, limit in value.items()))

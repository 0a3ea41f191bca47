"""The fields of `Policy` as keyword arguments, for type checkers."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Literal, TypedDict

from ._names import Jitter, Kind, MidStream


class PolicyFields(TypedDict, total=False):
    """What `Policy` takes; see there."""

    max_attempts: int
    initial_delay: float | timedelta
    multiplier: float
    max_delay: float | timedelta
    jitter: Jitter
    max_retry_after: float | timedelta | None
    max_elapsed: float | timedelta | None
    attempt_timeout: float | timedelta | None
    resend_ambiguous: bool | Literal["always"]
    mid_stream: MidStream
    retry_kinds: Iterable[Kind]
    stop_kinds: Iterable[Kind]
    attempts_by_kind: Mapping[Kind, int]
    seed: int | None

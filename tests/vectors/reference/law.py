"""The delay law, written down a second time.

The core computes waits in Rust. This page computes them from the law as it is documented, with Python's exact integers
and fractions and none of the core's code, so that a vector which both agree on is not one program's opinion.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

MASK = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15

Policy = dict[str, Any]

DEFAULTS: Policy = {
    "max_attempts": 6,
    "initial_delay_ms": 1_000,
    "multiplier": 2,
    "max_delay_ms": 60_000,
    "jitter": "full",
    "max_elapsed_ms": None,
    "attempt_timeout_ms": None,
}


def finalize(z: int) -> int:
    """SplitMix64's finalizer (Steele, Lea and Flood, OOPSLA 2014)."""
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


def mix(seed: int, number: int, attempt: int) -> int:
    """64 bits of (seed, call number, attempt): the finalizer, once per input."""
    z = finalize(seed + GOLDEN & MASK)
    z = finalize(z ^ (number * GOLDEN + GOLDEN & MASK))
    return finalize(z ^ (attempt * GOLDEN & MASK))


def draw(low: int, high: int, bits: int) -> int:
    """A whole number of [low, high], both ends included: the bits as a fraction of the range, rounded down."""
    return low + (bits * (high - low + 1) >> 64)


def backoff(policy: Policy, failures: int) -> int:
    """min(max_delay, initial_delay * multiplier ** (failures - 1)) in whole milliseconds, rounded up."""
    cap: int = policy["max_delay_ms"]
    grown, multiplier = Fraction(policy["initial_delay_ms"]), Fraction(policy["multiplier"])
    for _ in range(failures - 1 if multiplier > 1 and grown else 0):
        if grown >= cap:
            break
        grown *= multiplier
    if grown >= cap:
        return cap
    # Floats of 53 bits may round such a product the other way: it would be no vector, but a trap.
    assert grown.denominator == 1 or Fraction(1, 10**6) < grown % 1, f"{float(grown)} ms is too near to a whole number"
    return -(-grown.numerator // grown.denominator)


@dataclass(frozen=True)
class Hint:
    """What the server said about when, in milliseconds from the failure."""

    ms: int
    source: str

    @property
    def instruction(self) -> bool:
        return self.source != "rate_limit_reset"


@dataclass(frozen=True)
class Range:
    """Where a delay is drawn from, both ends included, and why. A firm one starts no earlier than `low`."""

    low: int
    high: int
    firm: bool
    source: str


def spread(policy: Policy, failures: int, last: int | None, hint: Hint | None) -> Range:
    """The range of the delay after `failures` failed attempts, before the deadline; `last` is the delay before it."""
    jitter, cap, step = policy["jitter"], policy["max_delay_ms"], backoff(policy, failures)
    if hint and hint.ms > 0 and hint.instruction:
        # A floor. Never earlier, and never the same instant for everyone.
        above = 0 if jitter == "none" else max(step, hint.ms // 10)
        return Range(hint.ms, hint.ms + above, True, "instruction")
    if hint and hint.ms > 0:
        # It replaces the backoff and stays within the cap, with room for a tenth on top where there is jitter.
        if jitter == "none":
            return Range(min(hint.ms, cap), min(hint.ms, cap), False, "estimate")
        low = min(hint.ms, tenth_below(cap))
        return Range(low, min(low + low // 10, cap), False, "estimate")
    if jitter == "full":
        return Range(0, step, False, "backoff")
    if jitter == "equal":
        return Range(step - step // 2, step, False, "backoff")
    if jitter == "decorrelated":
        first = policy["initial_delay_ms"]
        return Range(first, max(first, min(cap, 3 * (first if last is None else last))), False, "backoff")
    return Range(step, step, True, "backoff")


def within(found: Range, left: int | None) -> Range | None:
    """The range, cut to the `left` milliseconds before the deadline; None where no attempt can start before it."""
    if left is None:
        return found
    room = left - 1  # nothing starts at the deadline itself
    if room < 0 or (found.firm and found.low > room):
        return None
    low = found.low if found.firm else min(found.low, tenth_below(room))
    return Range(low, max(low, min(found.high, room)), found.firm, found.source)


def tenth_below(cap: int) -> int:
    """Ten elevenths of `cap`, rounded up: with a tenth of itself on top it is about `cap`."""
    return cap - cap // 11


def schedule(policy: Policy, seed: int, number: int, failures: int) -> list[int]:
    """The delays after 1, 2, … `failures` failed attempts without a hint."""
    full, last = {**DEFAULTS, **policy}, None
    delays: list[int] = []
    for failed in range(1, failures + 1):
        found = spread(full, failed, last, None)
        last = draw(found.low, found.high, mix(seed, number, failed))
        delays.append(last)
    return delays

"""The cases behind `backoff.json`: (policy, seed, call number) and the delays after some numbers of failures."""

from __future__ import annotations

from typing import Any

from .law import schedule

ALGORITHM = "https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/"
RULE = "holdoff's own rules"
MEASURED = "measured on released clients"
FIRST = [1, 2, 3, 4, 5]
LONG = {"max_attempts": 4_294_967_295}


def case(
    id: str,
    why: str,
    source: str,
    failures: list[int],
    seed: int = 7,
    number: int = 0,
    policy_seed: int | None = None,
    **policy: Any,
) -> dict[str, Any]:
    delays = schedule(policy, seed if policy_seed is None else policy_seed, number, failures[-1])
    if policy_seed is not None:
        policy["seed"] = policy_seed
    given = {"policy": policy, "seed": seed, "number": number, "failures": failures}
    return {
        "id": id,
        "why": why,
        "source": source,
        "given": given,
        "expect": {"delays_ms": [delays[failed - 1] for failed in failures]},
    }


def cases() -> list[dict[str, Any]]:
    found = [
        case(f"default-{name}", f"the default policy, {said}", ALGORITHM, FIRST, jitter=name)
        for name, said in (
            ("full", "anything up to the backoff"),
            ("equal", "from half of the backoff on"),
            ("decorrelated", "from one to three times the last delay"),
            ("none", "the backoff itself"),
        )
    ]
    for name in ("full", "equal", "decorrelated", "none"):
        found.append(
            case(
                f"cap-{name}",
                "at the cap the spread stays: peers that cut after drawing meet there",
                MEASURED,
                [*range(1, 13)],
                jitter=name,
                max_delay_ms=10_000,
                **LONG,
            )
        )
        found.append(
            case(
                f"overflow-{name}",
                "the power passes what a float can hold at the 1,025th failure, where peers crash",
                MEASURED,
                [1, 6, 7, 1_023, 1_024, 1_025, 1_026, 2_000, 5_000],
                jitter=name,
                **LONG,
            )
        )
        found.append(
            case(f"flat-{name}", "a multiplier of 1 does not grow", RULE, [1, 2, 3, 1_000], jitter=name, multiplier=1, **LONG)
        )
        found.append(
            case(f"zero-{name}", "no first delay, no later one", RULE, [1, 2, 3, 100], jitter=name, initial_delay_ms=0, **LONG)
        )
        found.append(
            case(
                f"one-cap-{name}",
                "the cap may be the first delay itself",
                RULE,
                FIRST,
                jitter=name,
                initial_delay_ms=2_000,
                max_delay_ms=2_000,
            )
        )
        found.append(
            case(
                f"fraction-{name}",
                "a fraction of a millisecond costs a whole one",
                RULE,
                [1, 2, 3, 4, 5, 6, 7],
                jitter=name,
                initial_delay_ms=7,
                multiplier=1.5,
                max_delay_ms=1_000,
                max_attempts=8,
            )
        )
        found.append(
            case(
                f"odd-growth-{name}",
                "a multiplier that no float holds exactly",
                RULE,
                [1, 2, 3, 4, 5, 6, 7, 8],
                jitter=name,
                initial_delay_ms=333,
                multiplier=1.7,
                max_attempts=9,
            )
        )
    return found + [
        case(
            "huge-multiplier",
            "a multiplier near the largest float overflows at the third failure",
            RULE,
            [1, 2, 3, 4],
            jitter="none",
            multiplier=1e300,
            initial_delay_ms=1,
            **LONG,
        ),
        case(
            "huge-cap",
            "delays beyond any use are still whole numbers",
            RULE,
            [1, 2, 3, 40, 53],
            jitter="none",
            max_delay_ms=2**53,
            **LONG,
        ),
        case("huge-cap-full", "a draw over more than 32 bits", RULE, [1, 2, 3, 40, 53], max_delay_ms=2**53, **LONG),
        case(
            "one-millisecond",
            "0 or 1: both ends are drawn",
            RULE,
            [*range(1, 17)],
            initial_delay_ms=1,
            multiplier=1,
            max_delay_ms=1,
            **LONG,
        ),
        case(
            "sub-second-draws",
            "a first delay of a second is drawn to the millisecond: one peer drew whole seconds",
            MEASURED,
            [*range(1, 9)],
            multiplier=1,
            **LONG,
        ),
        case("seed-0", "the smallest seed", RULE, FIRST, seed=0),
        case("seed-largest", "the largest seed: 2^53 - 1", RULE, FIRST, seed=2**53 - 1),
        case("number-1", "another call of the same process", RULE, FIRST, number=1),
        case("number-2-to-the-32", "call numbers pass 32 bits", RULE, FIRST, number=2**32),
        case("number-largest", "call numbers to 2^53 - 1", RULE, FIRST, number=2**53 - 1),
        case("seed-and-number-do-not-swap", "seed and number are not added up", RULE, FIRST, seed=1, number=7),
        case("policy-seed-replaces-the-seed", "a policy's own seed is the seed", RULE, FIRST, seed=99, policy_seed=7),
    ]

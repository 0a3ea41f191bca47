"""Candidates in turn, round by round, so that a slow spell of the machine hits all of them and the ratios hold."""

from __future__ import annotations

import asyncio
import gc
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping

ROUNDS = 15
#: What one turn of one candidate takes.
TURN_NS = 15_000_000


def measure(candidates: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Nanoseconds a call, the median over the rounds."""
    times: dict[str, list[float]] = {name: [] for name in candidates}
    counts = {name: _count(run) for name, run in candidates.items()}
    gc.collect()
    gc.disable()
    for _ in range(rounds):
        for name, run in candidates.items():
            turns = range(counts[name])
            began = time.perf_counter_ns()
            for _ in turns:
                run()
            times[name].append((time.perf_counter_ns() - began) / counts[name])
    gc.enable()
    return {name: statistics.median(values) for name, values in times.items()}


def measure_async(candidates: Mapping[str, Callable[[], Awaitable[object]]], rounds: int = ROUNDS) -> dict[str, float]:
    """The same for coroutine functions, all in one loop."""

    async def main() -> dict[str, float]:
        times: dict[str, list[float]] = {name: [] for name in candidates}
        for round_number in range(rounds + 1):
            for name, run in candidates.items():
                began, turns = time.perf_counter_ns(), 0
                while time.perf_counter_ns() - began < TURN_NS:
                    for _ in range(20):
                        await run()
                    turns += 20
                if round_number:  # the first one warms up
                    times[name].append((time.perf_counter_ns() - began) / turns)
        return {name: statistics.median(values) for name, values in times.items()}

    return asyncio.run(main())


def _count(run: Callable[[], object]) -> int:
    for _ in range(20):
        run()
    began = time.perf_counter_ns()
    for _ in range(20):
        run()
    once = max((time.perf_counter_ns() - began) / 20, 20)
    return max(1, int(TURN_NS / once))


def judge(what: str, ratio: float, target: float) -> None:
    """One line: the ratio, its target, and whether it holds."""
    print(f"  {what:<62} {ratio:>8.4f}  target <= {target:.4f}  {'ok' if ratio <= target else 'MISSED'}")

"""A failed attempt over real sockets: under `holdoff.wrap` beside the SDK's own loop, and under our transport beside raw
requests. Nobody waits; the pairs take turns.
"""

from __future__ import annotations

import logging
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

time.sleep = lambda *_: None  # type: ignore[assignment]
sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

import anthropic  # noqa: E402
import httpx2  # noqa: E402
from interleaved import judge  # noqa: E402

import holdoff  # noqa: E402
from faultserver import FaultServer, error, ok  # noqa: E402
from holdoff.httpx2 import RetryTransport  # noqa: E402

logging.disable(logging.CRITICAL)
ROUNDS, WARM_UP, FAILURES = 300, 20, 2
REQUEST: dict[str, Any] = {"model": "claude-sonnet-5", "max_tokens": 16, "messages": [{"role": "user", "content": "hi"}]}


def main() -> None:
    with FaultServer() as server:
        scripts = {failures: server.scenario([], log=False) for failures in (0, FAILURES)}

        def client(failures: int, **options: Any) -> anthropic.Anthropic:
            return anthropic.Anthropic(api_key="none", base_url=scripts[failures].base_url, **options)

        def sdk(failures: int) -> Callable[[], object]:
            own = client(failures, max_retries=FAILURES)
            return lambda: own.messages.create(**REQUEST)

        def wrapped(failures: int) -> Callable[[], object]:
            ours = holdoff.wrap(client(failures))
            return lambda: ours.messages.create(**REQUEST)

        def raw(failures: int) -> Callable[[], object]:
            plain, url = httpx2.Client(trust_env=False), scripts[failures].base_url + "/v1/messages"
            return lambda: [plain.post(url, json=REQUEST).read() for _ in range(failures + 1)]

        def transport(failures: int) -> Callable[[], object]:
            retrying, url = httpx2.Client(transport=RetryTransport()), scripts[failures].base_url + "/v1/messages"
            return lambda: retrying.post(url, json=REQUEST).read()

        candidates = {"SDK's own loop": sdk, "holdoff.wrap": wrapped, "raw httpx2": raw, "RetryTransport": transport}
        calls = {(name, failures): make(failures) for name, make in candidates.items() for failures in scripts}
        times: dict[tuple[str, int], list[float]] = {key: [] for key in calls}
        for round_number in range(ROUNDS + WARM_UP):
            for key, call in calls.items():
                scripts[key[1]].set([error(529, times=FAILURES), ok()] if key[1] else [], log=False)
                began = time.perf_counter()
                call()
                if round_number >= WARM_UP:
                    times[key].append((time.perf_counter() - began) * 1e6)
    medians = {key: statistics.median(values) for key, values in times.items()}
    per_failure = {name: (medians[name, FAILURES] - medians[name, 0]) / FAILURES for name in candidates}
    print(f"{'':<18} {'success':>10} {'failed attempt':>16}   (µs, median of {ROUNDS}, in turn)")
    for name in candidates:
        print(f"  {name:<16} {medians[name, 0]:>10.0f} {per_failure[name]:>16.0f}")
    judge("failed attempt, holdoff.wrap / SDK's own loop", per_failure["holdoff.wrap"] / per_failure["SDK's own loop"], 1.15)
    judge("failed attempt, RetryTransport / raw httpx2", per_failure["RetryTransport"] / per_failure["raw httpx2"], 1.15)


if __name__ == "__main__":
    main()

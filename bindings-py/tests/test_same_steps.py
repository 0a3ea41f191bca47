"""Made-up calls take the same steps in Python as on the engine that browsers run, to the millisecond."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from holdoff import _native

ROOT = Path(__file__).resolve().parents[2]
CALLS = 10_000
OVER = -1.0


def seconds(ms: float) -> float:
    return ms / 1_000


def milliseconds(value: float) -> str:
    """A time as JavaScript writes it."""
    return "Infinity" if value == math.inf else str(round(value * 1_000)) if value >= 0 else "-1"


def play(call: dict[str, Any]) -> list[str]:
    """The answers of the Python engine, in the shape of the line's `steps`."""
    policy, seed, number, mono, _ = call["begin"]
    played = _native.Call(_native.Policy(policy), seed, number, seconds(mono))
    steps: list[str] = []
    failures = []
    for seen, verdict, mono, wall, *resumed in call["attempts"]:
        status, headers, body, classes, text, method, url, flags = seen
        parts = [] if headers is None else headers.split("\0")
        pairs = list(zip(parts[::2], parts[1::2], strict=True))
        remote_tools, committed = bool(flags & 1), bool(flags & 2)
        now = (seconds(mono), seconds(wall))
        if committed:
            played.content()
        evidence = (status or None, pairs, body, classes, text, method, url)
        if verdict is None:
            delay = played.failed(evidence, remote_tools, committed, *now)
            failures.append(played.failure)
        else:
            found = _native.diagnose(evidence, remote_tools, False, committed, now[1])
            said: Any = {"NaN": None, "-1": False, "-2": True}.get(verdict, verdict)
            delay = played.decide(found, seconds(float(said)) if isinstance(said, str) else said, *now)
            failures.append(found)
        steps += [milliseconds(delay), (played.source or "") if delay >= 0 else ""]
        if delay == OVER:
            break
        left = played.resumed(seconds(resumed[0]))
        steps += [milliseconds(left), str(played.attempt)]
        if left == OVER:
            break
    retry_at = played.retry_at
    steps += [played.reason or "", "0" if retry_at is None else str(round(retry_at * 1_000))]
    return steps + [f"{failure.kind}/{failure.cause}/{failure.line()}" for failure in failures if failure is not None]


@pytest.mark.skipif(
    shutil.which("node") is None or not (ROOT / "bindings-wasm/dist/seam.js").exists(),
    reason="the wasm engine has not been built",
)
def test_made_up_calls_take_the_steps_of_the_wasm_engine() -> None:
    made = subprocess.run(
        ["node", str(ROOT / "tests/node/replay.mjs"), str(CALLS)], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    calls = [json.loads(line) for line in made.stdout.splitlines() if line]
    assert len(calls) == CALLS
    for number, call in enumerate(calls):
        assert play(call) == call["steps"], f"call {number}: {call}"

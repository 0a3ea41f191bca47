"""The vectors that every surface runs, through the Python package. See `tests/vectors/README.md`.

Diagnoses go through `holdoff.diagnose`; what it does not take (classes of other languages, a method and a URL by
themselves) and whole calls go through the seam to the core, which the drivers use.
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

import holdoff
from holdoff import _native

VECTORS = Path(__file__).resolve().parents[2] / "tests" / "vectors"
FILES = ("backoff", "call", "codes", "hints", "kinds", "messages", "shapes")
OVER = -1.0

Case = dict[str, Any]


def cases(file: str) -> list[Case]:
    read: dict[str, Any] = json.loads((VECTORS / f"{file}.json").read_text(encoding="utf-8"))
    assert read["schema"] == 1, f"{file}.json has a schema of its own"
    found: list[Case] = read["cases"]
    return found


def each(file: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in cases(file)])


def counts() -> str:
    """One line, the same from every surface."""
    return f"vectors {json.dumps({file: len(cases(file)) for file in FILES}, sort_keys=True, separators=(',', ':'))}"


# --- diagnoses ---


def evidence(given: Case) -> tuple[tuple[Any, Any, Any, Any, Any, Any, Any], bool]:
    """Evidence as the seam takes it: (status, headers, body, classes, text, method, url), and remote_tools."""
    headers = given.get("headers", [])
    pairs = [(name, value) for name, value in (headers.items() if isinstance(headers, dict) else headers)]
    classes = "\n".join(given["classes"]) if "classes" in given else None
    body, text, method, url = (given.get(name) for name in ("body", "text", "method", "url"))
    return (given.get("status"), pairs, body, classes, text, method, url), given.get("remote_tools", False)


def diagnosed(given: Case, wall_ms: int) -> holdoff.Failure:
    public = {name: value for name, value in given.items() if name not in ("wall_ms", "text")}
    if given.keys() - {"wall_ms"} and public.keys() <= {"status", "headers", "body"}:
        return holdoff.diagnose(given.get("text"), **public, now=clock(wall_ms))
    return holdoff.Failure(
        _native.diagnose(*evidence(given), given.get("cancelled", False), given.get("committed", False), clock(wall_ms))
    )


def clock(ms: int) -> float:
    """A clock in the middle of that millisecond, as clocks are: seconds in floats, which the core rounds down."""
    return (ms + 0.5) / 1_000


def check(case: Case, failure: holdoff.Failure, expect: dict[str, Any]) -> None:
    wire = failure._native.wire()
    assert {name: wire[name] for name in expect} == expect, case["why"]
    for name, value in expect.items():
        if name in ("retry_after_ms", "retry_at"):
            # Seconds, where the wire has milliseconds.
            found = failure.retry_after if name == "retry_after_ms" else failure.retry_at
            assert found == (None if value is None else value / 1_000), case["why"]
        elif hasattr(holdoff.Failure, name):
            assert getattr(failure, name) == value, case["why"]


@each("kinds")
def test_kinds(case: Case) -> None:
    check(case, diagnosed(case["given"], 0), case["expect"])


@each("shapes")
def test_shapes(case: Case) -> None:
    check(case, diagnosed(case["given"], 0), case["expect"])


@each("hints")
def test_hints(case: Case) -> None:
    check(case, diagnosed(case["given"], case["given"]["wall_ms"]), case["expect"])


@each("codes")
def test_codes(case: Case) -> None:
    expect = dict(case["expect"])
    effect = expect.pop("effect", None)
    if effect:
        expect["processed"] = {"done": "yes", "none": "no"}[effect]
    body = {
        "type": "error",
        "error": {"type": "api_error", "message": "x", "details": {"error_code": case["given"]["error_code"]}},
    }
    check(case, holdoff.diagnose(status=case["given"]["status"], body=body), expect)


@each("messages")
def test_messages(case: Case) -> None:
    def said(message: str) -> holdoff.Failure:
        return holdoff.diagnose(status=case["given"].get("status"), body={"type": "error", "error": {"message": message}})

    # How much the words say (`weak`) is the core's own affair.
    expect = {name: value for name, value in case["expect"].items() if name != "weak"}
    if "cause" in expect and expect["cause"] is None:
        # Not recognized: the cause is that of any other words.
        expect["cause"] = said("x").cause
    check(case, said(case["given"]["message"]), expect)


# --- delays ---


@each("backoff")
def test_backoff(case: Case) -> None:
    given = case["given"]
    call = _native.Call(_native.Policy(given["policy"]), given["seed"], given["number"], 0.0)
    overloaded = holdoff.diagnose(status=529)._native
    delays = [0.0]
    for _ in range(given["failures"][-1]):
        delays.append(call.decide(overloaded, None, 0.0, 0.0))
        assert call.resumed(0.0) == math.inf
    assert [delays[failures] for failures in given["failures"]] == [delay / 1_000 for delay in case["expect"]["delays_ms"]], case[
        "why"
    ]


# --- calls ---


class Story:
    """Tells a vector's events to `_native.Call`, and compares what it answers."""

    def __init__(self, given: Case) -> None:
        self.now = times(given["at"])
        self.call = _native.Call(_native.Policy(given["policy"]), given["seed"], given["number"], self.now[0])
        # What the last report answered: seconds to wait, where the next poll comes at the same time.
        self.answer: float | None = None

    def happens(self, event: Case) -> None:
        now = times(event["at"])
        if now != self.now:
            self.now, self.answer = now, None
        if "poll" in event:
            self.polled(event["poll"], event["at"]["mono_ms"])
        elif "failure" in event:
            self.answer = self.failed(event)
        elif "success" in event:
            self.call.succeeded(now[0])
        elif "content" in event:
            self.call.content()
        else:
            assert event["cancel"]
            self.call.cancelled(now[0])

    def failed(self, event: Case) -> float:
        given, verdict = event["failure"], event.get("verdict")
        if verdict is None:
            answer = self.call.failed(*evidence(given), given.get("committed", False), *self.now)
        else:
            found = diagnosed(given, event["at"]["wall_ms"])
            answer = self.call.decide(
                found._native, verdict if isinstance(verdict, bool) else verdict["wait_ms"] / 1_000, *self.now
            )
        failure = self.call.failure
        assert failure is not None
        wire = failure.wire()
        expect = event["diagnosis"] if verdict is None else {"kind": event["diagnosis"]["kind"]}
        assert {name: wire[name] for name in expect} == expect
        return answer

    def polled(self, step: Case, mono_ms: int) -> None:
        if step["step"] == "stop":
            assert self.answer in (None, OVER)
            assert self.call.resumed(self.now[0]) == OVER
            retry_at = None if step["retry_at"] is None else step["retry_at"] / 1_000
            assert (self.call.reason, self.call.retry_at) == (step["reason"], retry_at)
        elif step["step"] == "send":
            assert self.answer in (None, 0.0)
            timeout = math.inf if step["timeout_ms"] is None else step["timeout_ms"] / 1_000
            assert (self.call.resumed(self.now[0]), self.call.attempt) == (timeout, step["attempt"])
        elif step["source"] == "attempt":
            left = math.inf if step["until"] == 2**64 - 1 else max(0, step["until"] - mono_ms) / 1_000
            assert self.call.resumed(self.now[0]) == left
        elif self.answer is not None:
            assert (self.answer, self.call.source) == ((step["until"] - mono_ms) / 1_000, step["source"])
        # Else it is a poll before the end of a wait, which the seam does not have: `resumed` says that it has ended.


def times(at: Case) -> tuple[float, float]:
    return clock(at["mono_ms"]), clock(at["wall_ms"])


@each("call")
def test_call(case: Case) -> None:
    events = case["events"]
    if events[0].get("poll", {}).get("step") != "send":
        pytest.skip("a call of the seam begins with an attempt that has been sent")
    story = Story(case["given"])
    for number, event in enumerate(events, 1):
        try:
            story.happens(event)
        except AssertionError as wrong:
            raise AssertionError(f"event {number}, {event}: {wrong}\n{case['why']}") from wrong


# --- the files ---


@pytest.mark.parametrize("file", FILES)
def test_every_case_says_what_it_is(file: str) -> None:
    # Error codes are named as the API names them.
    shape = re.compile(r"[a-z0-9_]+" if file == "codes" else r"[a-z0-9]+(-[a-z0-9]+)*")
    ids = [case["id"] for case in cases(file)]
    assert len(ids) == len(set(ids))
    for case in cases(file):
        assert shape.fullmatch(case["id"]), case["id"]
        assert case["why"].strip() and case["source"].strip(), case["id"]


def test_every_kind_has_a_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert {case["expect"]["kind"] for case in cases("kinds") if "kind" in case["expect"]} == set(_native.kinds())
    with capsys.disabled():
        print(f"\n{counts()}")


def test_the_generated_files_are_fresh() -> None:
    import subprocess
    import sys

    made = subprocess.run([sys.executable, str(VECTORS / "generate.py"), "--check"], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr


if __name__ == "__main__":
    print(counts())

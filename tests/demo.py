"""The main job in one minute: the real SDK, a real server on loopback that fails on purpose, and every wait explained.

    make demo

Each chapter is one call. `send` is a request that left, `wait` is what holdoff made of the answer, and the last line is
what the server saw.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import anthropic

import holdoff
from faultserver import FaultServer, Scenario, error, hang, ok, reset

COLOUR = sys.stdout.isatty() and "NO_COLOR" not in os.environ
GREEN, RED, YELLOW, BLUE, DIM, BOLD = "32", "31", "33", "36", "2", "1"

# A fixed seed, so that the story takes the same time whenever it is told. Leave it out in a program of yours.
POLICY = holdoff.Policy(seed=11)
REQUEST: dict[str, Any] = {
    "model": "claude-sonnet-5",
    "max_tokens": 64,
    "messages": [{"role": "user", "content": "Say hello."}],
}

SPEND_LIMIT = error(
    429,
    "rate_limit_error",
    "You have reached your API usage limits: your organization has crossed the monthly threshold of its tier. "
    "You will regain access on 2026-12-01 at 00:00 UTC.",
    code="enforced_spend_limit_reached",
)
BAD_FIELD = error(
    400,
    "invalid_request_error",
    "max_tokens: 200000 > 128000, which is the maximum allowed number of output tokens for claude-sonnet-5",
)


def paint(text: str, *codes: str) -> str:
    return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if COLOUR else text


class Timeline:
    """Prints what happens as it happens, in seconds since the chapter began."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.waited = 0.0

    def line(self, word: str, text: str, *codes: str) -> None:
        at = paint(f"{time.monotonic() - self.began:7.2f} s", DIM)
        print(f"  {at}  {paint(f'{word:<5}', *codes)} {text}", flush=True)

    def on_event(self, event: holdoff.Event) -> None:
        if event.type == "success":
            return
        failure = event.failure
        answer = f"HTTP {failure.status}" if failure.status else "no answer"
        self.line("fail", f"attempt {event.attempt}: {answer}, {failure.kind} ({failure.cause})", YELLOW)
        if event.type == "wait" and event.delay is not None:
            self.waited += event.delay
            why = {
                "backoff": "backoff with full jitter",
                "instruction": f"the server asked for {failure.retry_after:g} s; never earlier, a little later"
                if failure.retry_after
                else "",
                "estimate": "until the empty bucket is full again",
            }[event.source or "backoff"]
            self.line("wait", f"{event.delay:.2f} s: {why}", BLUE)


def chapter(server: FaultServer, title: str, steps: Sequence[dict[str, Any]], **options: Any) -> float:
    """One call against one script; the seconds it waited."""
    print(f"\n{paint(title, BOLD)}")
    scenario = server.scenario(steps)
    timeline = Timeline()
    bare = anthropic.Anthropic(api_key="a-key-that-is-not-one", base_url=scenario.base_url, **options)
    # The one line that a program changes.
    client = holdoff.wrap(bare, POLICY, on_event=timeline.on_event)
    try:
        message = client.messages.create(**REQUEST)
    except anthropic.APIError as failed:
        told(timeline, failed)
    else:
        timeline.line("done", "".join(block.text for block in message.content if block.type == "text"), GREEN)
    arrivals(scenario)
    return timeline.waited


def told(timeline: Timeline, failed: anthropic.APIError) -> None:
    """The exception is the SDK's own; its `.holdoff` tells the story."""
    story: holdoff.Story = failed.holdoff  # type: ignore[attr-defined]
    timeline.line("stop", f"{type(failed).__name__}, {story.reason}, after {story.attempts} send", RED)
    for line in story.failure.explain().splitlines():
        print(f"             {paint(line, DIM)}")


def arrivals(scenario: Scenario) -> None:
    seen = scenario.arrivals()
    times = ", ".join(f"+{at - seen[0]:.2f} s" for at in seen)
    print(paint(f"             the server saw {len(seen)} request{'s' * (len(seen) > 1)}: {times}", DIM))


def main(start: Callable[[], FaultServer] = FaultServer) -> None:
    print(f"holdoff {holdoff.__version__} over anthropic {anthropic.__version__}, against a server that fails on purpose")
    with start() as server:
        waited = chapter(server, "1. The service is overloaded, twice.", [error(529, times=2), ok()])
        waited += chapter(
            server,
            "2. A rate limit, with a wait the server names.",
            [
                error(
                    429,
                    "rate_limit_error",
                    "This request would exceed your account's rate limit. Please try again later.",
                    headers={"retry-after": "2"},
                ),
                ok(),
            ],
        )
        waited += chapter(server, "3. The connection is reset before an answer.", [reset(), ok()])
        waited += chapter(server, "4. No answer at all: the client's time-out ends the attempt.", [hang(), ok()], timeout=1.0)
        waited += chapter(server, "5. A spend limit: a 429 that no waiting mends.", [SPEND_LIMIT, ok()])
        waited += chapter(server, "6. A request that is wrong: said at once, with the field.", [BAD_FIELD, ok()])
    print(f"\n{waited:.1f} s of waiting in all. Each call sent as often as you see, and not once more.")


if __name__ == "__main__":
    main()

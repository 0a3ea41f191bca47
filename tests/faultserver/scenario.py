"""Scripts: parsing, checking, and the state of one that is being played."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .answers import ERRORS, Body, error_body, to_json

if TYPE_CHECKING:
    from .log import Entry
    from .render import Answer

PLACES = ("before_headers", "after_headers", "mid_body")
# After a whole answer: the connection is gone although nothing announced it, as when a
# load balancer drops an idle one just before the client uses it again.
PLACES_TO_GO = (*PLACES, "after_body")
MAX_PAUSE_MS = 3_600_000
STEP_FIELDS = (
    "status headers body body_base64 error sse sse_events raw delay_ms drip_ms reset close hang truncate times"
).split()
EVENT_FIELDS = "event data comment exception delay_ms".split()
_ID = re.compile(r"[A-Za-z0-9._-]{1,100}\Z")


class BadScript(ValueError):
    """A script that cannot be played. `field` is the place, as in `steps[1].reset`."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Stop:
    """How and where an answer ends early. `at` counts bytes or events sent before, `None` is half."""

    how: str  # reset | close | hang
    where: str
    at: int | None = None
    name: str = ""  # what the log calls it


@dataclass(eq=False)
class Step:
    """One answer. `None` in `status`, `body` and `events` leaves the choice to the request."""

    status: int | None = None
    headers: list[tuple[str, str | None]] = field(default_factory=list)
    body: Body | None = None
    events: list[dict[str, Any]] | str | None = None
    sse_events: int | None = None
    raw: bytes | None = None
    delay: float = 0.0
    drip: float = 0.0
    stop: Stop | None = None
    times: int = 1
    rendered: dict[Any, Answer] = field(default_factory=dict)  # answers are rendered once, then reused


class Scenario:
    """One script being played: hands out a step per request and keeps the log."""

    def __init__(self, steps: list[Step], then: Step, keep_log: bool) -> None:
        self._steps = steps
        self._index = 0
        self._repeats = 0  # of the step at `_index`, so far
        self._then = then
        self._keep_log = keep_log
        self.log: list[Entry] = []
        self.sends = 0

    @property
    def left(self) -> int:
        return sum(step.times for step in self._steps[self._index :]) - self._repeats

    def take(self) -> tuple[int | None, Step]:
        """The next step and its index in the script; `None` for the answer after the last."""
        if self._index == len(self._steps):
            return None, self._then
        index, step = self._index, self._steps[self._index]
        self._repeats += 1
        if self._repeats == step.times:
            self._index, self._repeats = index + 1, 0
        return index, step

    def record(self, entry: Entry) -> None:
        self.sends += 1
        if self._keep_log:
            self.log.append(entry)


def check_id(name: str) -> None:
    if not _ID.match(name):
        raise BadScript("scenario", "a scenario id is 1 to 100 of A-Z a-z 0-9 . _ -")


def parse_script(script: Any) -> Scenario:
    """Reads `{"steps": [...], "then": step?, "log": bool?}`.

    Raises `BadScript`, which names the field, what it expected and what it got.
    """
    _known(script, "script", ["steps", "then", "log"])
    steps = script.get("steps", [])
    if not isinstance(steps, list):
        raise BadScript("steps", f"expected a list of steps, got {_what(steps)}")
    parsed = [parse_step(step, f"steps[{index}]") for index, step in enumerate(steps)]
    keep_log = script.get("log", True)
    if not isinstance(keep_log, bool):
        raise BadScript("log", f"expected true or false, got {_what(keep_log)}")
    if script.get("then") is None:
        return Scenario(parsed, Step(), keep_log)
    if isinstance(script["then"], dict) and "times" in script["then"]:
        raise BadScript("then.times", "`then` answers every later request: leave `times` out")
    return Scenario(parsed, parse_step(script["then"], "then"), keep_log)


def parse_step(step: Any, at: str) -> Step:
    _known(step, at, STEP_FIELDS)
    _one_of(step, at, ["body", "body_base64", "error", "sse", "raw"])
    _one_of(step, at, ["reset", "close", "hang", "truncate"])
    _one_of(step, at, ["sse_events", "truncate"])
    if "raw" in step and (extra := set(step) - {"raw", "delay_ms", "times"}):
        raise BadScript(f"{at}.{min(extra)}", "`raw` is the whole answer: only delay_ms and times go with it")
    parsed = Step(
        headers=_headers(step.get("headers", {}), f"{at}.headers"),
        delay=_pause(step, at, "delay_ms"),
        drip=_pause(step, at, "drip_ms"),
        times=_integer(step, at, "times", 1, 10_000_000) or 1,
        status=_integer(step, at, "status", 200, 999),
        sse_events=_integer(step, at, "sse_events", 0, 1_000_000),
    )
    if "body" in step:
        parsed.body = _body(step["body"])
    elif "body_base64" in step:
        parsed.body = Body("application/octet-stream", _base64(step["body_base64"], f"{at}.body_base64"))
    elif "error" in step:
        status, parsed.body = _error(step["error"], f"{at}.error")
        if parsed.status is None:
            parsed.status = status
    elif "sse" in step:
        parsed.events = _events(step["sse"], f"{at}.sse")
    elif "raw" in step:
        parsed.raw = _text(step["raw"], f"{at}.raw").encode("latin-1", "replace")
    parsed.stop = _stop(step, at, parsed)
    return parsed


def _stop(step: dict[str, Any], at: str, parsed: Step) -> Stop | None:
    if "sse_events" in step and parsed.events is None:
        raise BadScript(f"{at}.sse_events", "counts events of `sse`, and this step has no `sse`")
    if (count := _integer(step, at, "truncate", 0, 1 << 40)) is not None:
        if parsed.body is not None and count >= len(parsed.body.data):
            raise BadScript(f"{at}.truncate", f"must be less than the body's {len(parsed.body.data)} bytes, got {count}")
        return Stop("close", "mid_body", count, "truncated")
    for how, name in (("reset", "reset"), ("close", "closed"), ("hang", "hung")):
        if how not in step:
            continue
        places = PLACES if how == "hang" else PLACES_TO_GO
        where = step[how]
        if where not in places:
            raise BadScript(f"{at}.{how}", f"expected one of {', '.join(places)}, got {_what(where)}")
        if parsed.sse_events is not None and where != "mid_body":
            raise BadScript(f"{at}.sse_events", f"goes with {how}: mid_body, got {how}: {where}")
        return Stop(how, where, parsed.sse_events, name)
    return None


def _error(error: Any, at: str) -> tuple[int | None, Body]:
    _known(error, at, ["type", "message", "error_code", "details"])
    if "type" not in error:
        raise BadScript(f"{at}.type", "is missing: expected an error type such as overloaded_error")
    kind = _text(error["type"], f"{at}.type")
    if not isinstance(error.get("details", {}), dict):
        raise BadScript(f"{at}.details", f"expected an object, got {_what(error['details'])}")
    message = _text(error["message"], f"{at}.message") if "message" in error else None
    code = _text(error["error_code"], f"{at}.error_code") if "error_code" in error else None
    # A type the API does not have stands for one it may get: it needs no status of its own.
    status = ERRORS[kind][0] if kind in ERRORS else 500
    return status, error_body(kind, message, code, error.get("details"))


def _body(value: Any) -> Body:
    if not isinstance(value, str):
        return Body("application/json", to_json(value))
    text = value.lstrip()[:1]
    kind = {"<": "text/html; charset=utf-8", "{": "application/json", "[": "application/json"}
    return Body(kind.get(text, "text/plain; charset=utf-8"), value.encode("utf-8", "surrogatepass"))


def _events(events: Any, at: str) -> list[dict[str, Any]] | str:
    if events == "message":
        return "message"
    if not isinstance(events, list):
        raise BadScript(at, f'expected a list of events or "message", got {_what(events)}')
    for index, event in enumerate(events):
        place = f"{at}[{index}]"
        _known(event, place, EVENT_FIELDS)
        for name in ("event", "comment", "exception"):
            if name in event and "\n" in _text(event[name], f"{place}.{name}") and name != "comment":
                raise BadScript(f"{place}.{name}", "is one line: leave the line break out")
        _pause(event, place, "delay_ms")
    return events


def _headers(headers: Any, at: str) -> list[tuple[str, str | None]]:
    pairs = list(headers.items()) if isinstance(headers, dict) else headers
    if not isinstance(pairs, list) or not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in pairs):
        raise BadScript(at, "expected an object or a list of [name, value] pairs")
    checked: list[tuple[str, str | None]] = []
    for name, value in pairs:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(name, str) or not (value is None or isinstance(value, str)):
            raise BadScript(f"{at}.{name}", f"expected a string, a number or null, got {_what(value)}")
        line = f"{name}{value or ''}"
        if not name or "\r" in line or "\n" in line or any(ord(char) > 255 for char in line):
            raise BadScript(f"{at}.{name}", "a header is one line of characters up to U+00FF: send others with `raw`")
        checked.append((name, value))
    return checked


def _base64(value: Any, at: str) -> bytes:
    try:
        return base64.b64decode(_text(value, at), validate=True)
    except binascii.Error as error:
        raise BadScript(at, f"is not base64: {error}") from None


def _pause(step: dict[str, Any], at: str, name: str) -> float:
    value = step.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= MAX_PAUSE_MS:
        raise BadScript(f"{at}.{name}", f"expected 0 to {MAX_PAUSE_MS} milliseconds, got {_what(value)}")
    return value / 1000


def _integer(step: dict[str, Any], at: str, name: str, low: int, high: int) -> int | None:
    if name not in step:
        return None
    value = step[name]
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadScript(f"{at}.{name}", f"expected a whole number from {low} to {high}, got {_what(value)}")
    return value


def _text(value: Any, at: str) -> str:
    if not isinstance(value, str):
        raise BadScript(at, f"expected a string, got {_what(value)}")
    return value


def _known(value: Any, at: str, names: list[str]) -> None:
    if not isinstance(value, dict):
        raise BadScript(at, f"expected an object, got {_what(value)}")
    for name in value:
        if name not in names:
            raise BadScript(f"{at}.{name}", f"is not a known field: expected one of {', '.join(names)}")


def _one_of(step: dict[str, Any], at: str, names: list[str]) -> None:
    if len(given := [name for name in names if name in step]) > 1:
        raise BadScript(f"{at}.{given[1]}", f"does not go with `{given[0]}`: give one of {', '.join(names)}")


def _what(value: Any) -> str:
    text = to_json(value).decode("utf-8", "replace")
    return text if len(text) <= 60 else text[:57] + "..."

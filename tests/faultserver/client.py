"""The Python side of the fault server: starts it, scripts it, reads its log.

    with FaultServer() as server:
        scenario = server.scenario([error(529, "overloaded_error"), ok()])
        ...  # point a client at scenario.base_url
        assert scenario.sends == 2

Pauses are milliseconds (`delay_ms`), as in the protocol. Every builder takes the other
fields of a step by name: `ok(delay_ms=50, times=3)`.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

Step = dict[str, Any]


class FaultServer:
    """The server process. It ends with the `with` block, and with this process at the latest."""

    def __init__(self) -> None:
        self.port = 0
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> FaultServer:
        """Starts the process and waits for its port. Raises `RuntimeError` if it ends before."""
        root = str(Path(__file__).resolve().parent.parent)
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "faultserver", "--exit-with-parent"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the fault server ended with code {self.process.wait()}: see its stderr above")
        self.port = json.loads(line)["port"]
        return self

    def stop(self) -> None:
        """Ends the process; what hangs is dropped. Does nothing the second time."""
        process, self.process = self.process, None
        if process is None:
            return
        assert process.stdin is not None and process.stdout is not None
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()

    def __enter__(self) -> FaultServer:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def scenario(self, steps: Sequence[Step] = (), then: Step | None = None, *, log: bool = True) -> Scenario:
        """A new scenario under an id of its own. With `log=False` requests are only counted.

        Raises `ValueError` for a script the server refuses, with the field in its text.
        """
        scenario = Scenario(self, uuid.uuid4().hex)
        scenario.set(steps, then, log=log)
        return scenario

    def counters(self) -> dict[str, Any]:
        """`served` requests, `opened` connections, `cpu_s` seconds of processor time, all since the start."""
        counters: dict[str, Any] = self.control("GET", "")
        return counters

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """One request to `/_fault<path>`. A connection each: nothing to share between threads or forks."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, "/_fault" + path, None if body is None else json.dumps(body))
            response = connection.getresponse()
            data = response.read()
        finally:
            connection.close()
        answer: Any = json.loads(data) if data else None
        if response.status >= 400:
            raise ValueError(answer["error"]["message"])
        return answer


class Scenario:
    """One script on a running server."""

    def __init__(self, server: FaultServer, name: str) -> None:
        self.server = server
        self.name = name

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}/s/{self.name}"

    def set(self, steps: Sequence[Step] = (), then: Step | None = None, *, log: bool = True) -> None:
        """Replaces the script, clears the log and drops what is still being answered."""
        self.server.control("PUT", "/" + self.name, {"steps": list(steps), "then": then, "log": log})

    def log(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.server.control("GET", "/" + self.name)["log"]
        return entries

    @property
    def sends(self) -> int:
        """How many requests have come."""
        sends: int = self.server.control("GET", f"/{self.name}?brief")["sends"]
        return sends

    @property
    def left(self) -> int:
        """How many requests the steps will still answer, repeats included."""
        left: int = self.server.control("GET", f"/{self.name}?brief")["left"]
        return left

    def arrivals(self) -> list[float]:
        """When each request came, in seconds since the server's start."""
        return [entry["t"] for entry in self.log()]

    def wait_for(self, done: Callable[[list[dict[str, Any]]], bool], timeout: float = 5.0) -> list[dict[str, Any]]:
        """The log once `done(log)` is true. The server learns of a client's leaving a moment after the client.

        Raises `TimeoutError` with the log's endings after `timeout` seconds.
        """
        end = time.monotonic() + timeout
        while not done(log := self.log()):
            if time.monotonic() > end:
                raise TimeoutError(f"not so after {timeout} s: {[entry['ended'] for entry in log]}")
            time.sleep(0.005)
        return log

    def delete(self) -> None:
        self.server.control("DELETE", "/" + self.name)


def answer(status: int = 200, body: Any = "", headers: Any = None, **fields: Any) -> Step:
    """A step that says all of it: a body as JSON value or text."""
    return _step({"body": body, **fields}, status=status, headers=headers)


def ok(headers: Any = None, **fields: Any) -> Step:
    """The success that fits the request: a message, its stream, a batch, a chat completion …"""
    return _step(fields, headers=headers)


def error(
    status: int | None = None,
    type: str = "overloaded_error",
    message: str | None = None,
    *,
    code: str | None = None,
    headers: Any = None,
    **fields: Any,
) -> Step:
    """A first-party error. Without a status or message, the ones the API sends this type with."""
    inner = _step({}, type=type, message=message, error_code=code)
    return _step(fields, status=status, error=inner, headers=headers)


def reset(where: str = "before_headers", **fields: Any) -> Step:
    """The connection is reset (TCP RST)."""
    return _step(fields, reset=where)


def close(where: str = "before_headers", **fields: Any) -> Step:
    """The connection is closed in good order (TCP FIN), the answer unfinished."""
    return _step(fields, close=where)


def hang(where: str = "before_headers", **fields: Any) -> Step:
    """The server falls silent and keeps the connection open."""
    return _step(fields, hang=where)


def truncate(count: int, **fields: Any) -> Step:
    """`count` bytes of the promised body (or events of `sse`) come, then the connection is closed."""
    return _step(fields, truncate=count)


def sse(events: Sequence[dict[str, Any]] | str = "message", **fields: Any) -> Step:
    """A stream of events, `{"event", "data", "delay_ms", "comment"}` each; by default one full message.

    `faultserver.message_events()` gives that message as a list, to cut or add to.
    """
    return _step(fields, sse=events if isinstance(events, str) else list(events))


def _step(fields: dict[str, Any], **known: Any) -> Step:
    return {**{name: value for name, value in known.items() if value is not None}, **fields}

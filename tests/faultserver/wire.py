"""What the tests of the fault server share: plain requests over http.client and bare sockets."""

from __future__ import annotations

import http.client
import json
import socket
from typing import Any

from faultserver import Scenario

KEY = "sk-ant-api03-not-a-real-key-0123456789"
PARAMS: dict[str, Any] = {
    "model": "claude-opus-5",
    "max_tokens": 16,
    "messages": [{"role": "user", "content": "hello"}],
}


class Reply:
    """What one request got: status, headers (repeats joined) and body."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.pairs = [(name.lower(), value) for name, value in response.getheaders()]
        self.headers = dict(self.pairs)
        self.body = response.read()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def send(
    scenario: Scenario,
    path: str = "/v1/messages",
    body: Any = PARAMS,
    *,
    method: str = "POST",
    headers: dict[str, str] | None = None,
    timeout: float = 5.0,
) -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", scenario.server.port, timeout=timeout)
    try:
        data = None if body is None else json.dumps(body)
        connection.request(method, f"/s/{scenario.name}{path}", data, headers or {})
        return Reply(connection.getresponse())
    finally:
        connection.close()


def open_socket(scenario: Scenario, timeout: float = 5.0) -> socket.socket:
    return socket.create_connection(("127.0.0.1", scenario.server.port), timeout=timeout)


def request_bytes(scenario: Scenario, body: bytes = b"{}", *headers: str) -> bytes:
    lines = [f"POST /s/{scenario.name}/v1/messages HTTP/1.1", "host: x", *headers, f"content-length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def receive(sock: socket.socket) -> tuple[bytes, type[BaseException] | None]:
    """All that comes, and how it ended: `None` is an orderly end."""
    got = b""
    try:
        while data := sock.recv(65536):
            got += data
    except OSError as failure:
        return got, type(failure)
    return got, None

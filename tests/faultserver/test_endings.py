"""Answers that come late, break off, or never come."""

from __future__ import annotations

import http.client
from typing import Any

import pytest

from faultserver import FaultServer, answer, close, error, hang, ok, reset, sse, truncate
from faultserver.wire import open_socket, receive, request_bytes, send


@pytest.mark.parametrize(
    ("where", "arrives"),
    [("before_headers", "nothing"), ("after_headers", "head"), ("mid_body", "half"), ("after_body", "all")],
)
@pytest.mark.parametrize(("build", "ending", "name"), [(reset, ConnectionResetError, "reset"), (close, None, "closed")])
def test_connection_ends_where_it_should(
    server: FaultServer, where: str, arrives: str, build: Any, ending: Any, name: str
) -> None:
    scenario = server.scenario([build(where, body="x" * 1000)])
    with open_socket(scenario) as sock:
        sock.sendall(request_bytes(scenario))
        got, how = receive(sock)
    head, _, body = got.partition(b"\r\n\r\n")
    lengths = {"nothing": (False, 0), "head": (True, 0), "half": (True, 500), "all": (True, 1000)}
    assert (b"content-length: 1000" in head, len(body)) == lengths[arrives]
    assert how is ending
    assert scenario.log()[0]["ended"] == name


def test_truncated_body_is_an_incomplete_read(server: FaultServer) -> None:
    scenario = server.scenario([truncate(7, body="0123456789")])
    with pytest.raises(http.client.IncompleteRead) as caught:
        send(scenario)
    assert caught.value.partial == b"0123456"
    assert scenario.log()[0]["ended"] == "truncated"


@pytest.mark.parametrize(("where", "got"), [("before_headers", 0), ("after_headers", 1), ("mid_body", 1)])
def test_hang_is_silent_until_the_client_goes(server: FaultServer, where: str, got: int) -> None:
    scenario = server.scenario([hang(where)])
    with open_socket(scenario, timeout=0.2) as sock:
        sock.sendall(request_bytes(scenario))
        data, how = receive(sock)
        (entry,) = scenario.log()
    assert how is TimeoutError
    assert data.count(b"HTTP/1.1 200") == got
    assert entry["ended"] == "hung"
    (later,) = scenario.wait_for(lambda log: log[0]["ended_t"] > entry["ended_t"])
    assert later["ended"] == "hung"


def test_client_that_leaves_early_is_logged(server: FaultServer) -> None:
    scenario = server.scenario([ok(delay_ms=60_000)])
    with pytest.raises(TimeoutError):
        send(scenario, timeout=0.1)
    (entry,) = scenario.wait_for(lambda log: log[0]["ended"] is not None)
    assert entry["ended"] == "client_gone"


def test_client_that_leaves_in_its_own_body_takes_no_step(server: FaultServer) -> None:
    scenario = server.scenario([error(529)])
    with open_socket(scenario) as sock:
        sock.sendall(request_bytes(scenario, b"x" * 100)[:-50])
    (entry,) = scenario.wait_for(lambda log: len(log) == 1)
    assert (entry["ended"], entry["step"]) == ("client_gone", None)
    assert scenario.left == 1


def test_delay_and_drip_hold_the_answer_back(server: FaultServer) -> None:
    scenario = server.scenario([ok(delay_ms=60), answer(body="x" * 80, drip_ms=10), ok()])
    assert send(scenario).status == 200
    assert send(scenario).body == b"x" * 80
    assert send(scenario).status == 200
    delayed, dripped, plain = (entry["ended_t"] - entry["t"] for entry in scenario.log())
    assert delayed >= 0.06
    assert dripped >= 0.07  # eight pieces, seven pauses
    assert plain < delayed


def test_events_come_after_their_own_delay(server: FaultServer) -> None:
    events: list[dict[str, Any]] = [
        {"data": "one"},
        {"comment": "still here", "delay_ms": 80},
        {"event": "x", "data": {"two": 2}},
    ]
    scenario = server.scenario([sse(events)])
    with open_socket(scenario, timeout=0.04) as sock:
        sock.sendall(request_bytes(scenario))
        early, how = receive(sock)
        assert how is TimeoutError
        assert b"data: one\n\n" in early
        assert b"still here" not in early
        sock.settimeout(5)
        late = b""
        while not late.endswith(b"0\r\n\r\n"):
            late += sock.recv(65536)
    assert b": still here\n\n" in late
    assert b'event: x\ndata: {"two":2}\n\n' in late

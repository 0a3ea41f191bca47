"""Requests are read in every form clients send, many at once, and logged without secrets."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json

from faultserver import FaultServer, error, hang, ok, sse
from faultserver.wire import KEY, PARAMS, open_socket, receive, request_bytes, send


def test_keep_alive_carries_many_requests(server: FaultServer) -> None:
    scenario = server.scenario([error(529), ok(), ok(delay_ms=1), sse()])
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    for status in (529, 200, 200, 200):
        connection.request("POST", f"/s/{scenario.name}/v1/messages", json.dumps(PARAMS))
        response = connection.getresponse()
        response.read()
        assert response.status == status
    connection.close()
    assert len({entry["connection"] for entry in scenario.log()}) == 1


def test_pipelined_requests_are_answered_in_order(server: FaultServer) -> None:
    scenario = server.scenario([ok(delay_ms=20), {"status": 404}])
    with open_socket(scenario) as sock:
        sock.sendall(request_bytes(scenario) + request_bytes(scenario, b"{}", "connection: close"))
        got, how = receive(sock)
    assert how is None
    assert got.index(b"HTTP/1.1 200") < got.index(b"HTTP/1.1 404")


def test_chunked_request_body_is_read_byte_by_byte(server: FaultServer) -> None:
    scenario = server.scenario()
    head = f"POST /s/{scenario.name}/v1/messages HTTP/1.1\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n"
    with open_socket(scenario) as sock:
        for byte in head.encode() + b'4\r\n{"a"\r\n3;x=y\r\n:1}\r\n0\r\nx-trailer: t\r\n\r\n':
            sock.send(bytes([byte]))
        receive(sock)
    (entry,) = scenario.log()
    assert (entry["body"], entry["body_len"]) == ({"a": 1}, 7)


def test_large_bodies_pass_and_larger_ones_are_refused(server: FaultServer) -> None:
    scenario = server.scenario()
    send(scenario, body="x" * 20_000_000)
    assert scenario.log()[0]["body_len"] == 20_000_002
    with open_socket(scenario) as sock:
        sock.sendall(request_bytes(scenario).replace(b"content-length: 2", b"content-length: 67108865"))
        assert receive(sock)[0].startswith(b"HTTP/1.1 413 ")


def test_expect_continue_is_answered(server: FaultServer) -> None:
    scenario = server.scenario()
    with open_socket(scenario) as sock:
        sock.sendall(request_bytes(scenario, b"{}", "expect: 100-continue")[:-2])
        assert sock.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(b"{}")
        assert sock.recv(100).startswith(b"HTTP/1.1 200 ")


def test_garbage_is_refused(server: FaultServer) -> None:
    with open_socket(server.scenario()) as sock:
        sock.sendall(b"hello\r\n\r\n")
        assert receive(sock)[0].startswith(b"HTTP/1.1 400 ")


def test_log_shows_requests_without_their_secrets(server: FaultServer) -> None:
    scenario = server.scenario()
    headers = {"X-Api-Key": KEY, "authorization": f"Bearer {KEY}", "x-goog-api-key": "short", "X-Other": "kept"}
    send(scenario, f"/v1/messages?beta=true&key={KEY}", headers=headers)
    (entry,) = scenario.log()
    assert KEY[8:] not in json.dumps(entry)
    assert "short" not in json.dumps(entry)
    assert entry["headers"]["x-api-key"] == f"sk-ant-... ({len(KEY)} characters)"
    assert entry["headers"]["authorization"] == f"Bearer sk-ant-... ({len(KEY)} characters)"
    assert entry["headers"]["x-other"] == "kept"
    assert entry["path"] == "/v1/messages?beta=true&key=..."
    assert (entry["method"], entry["body"], entry["status"]) == ("POST", PARAMS, 200)
    assert entry["body_len"] == len(json.dumps(PARAMS))
    assert scenario.arrivals() == [entry["t"]]


def test_log_can_be_left_out(server: FaultServer) -> None:
    scenario = server.scenario(log=False)
    send(scenario)
    assert (scenario.log(), scenario.sends) == ([], 1)


def test_two_hundred_connections_hang_at_once(server: FaultServer) -> None:
    scenario = server.scenario([hang(times=200)])
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(open_socket(scenario)) for _ in range(200)]
        for sock in sockets:
            sock.sendall(request_bytes(scenario))
        log = scenario.wait_for(lambda log: [entry["ended"] for entry in log] == ["hung"] * 200)
        assert send(scenario).status == 200  # and one more is answered meanwhile
        scenario.delete()
        assert {receive(sock)[0] for sock in sockets} == {b""}
    assert len({entry["connection"] for entry in log}) == 200


def test_two_hundred_connections_are_answered(server: FaultServer) -> None:
    scenario = server.scenario(then=ok(delay_ms=20))

    async def one() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(request_bytes(scenario, b"{}", "connection: close"))
        data = await reader.read()
        writer.close()
        return data

    async def burst() -> list[bytes]:
        return await asyncio.gather(*(one() for _ in range(200)))

    answers = asyncio.run(burst())
    assert all(data.startswith(b"HTTP/1.1 200 ") and data.endswith(b"}") for data in answers)
    assert [entry["ended"] for entry in scenario.log()] == ["answered"] * 200

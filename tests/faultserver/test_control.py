"""Scripts are checked, replaced and forgotten."""

from __future__ import annotations

import http.client
from typing import Any

import pytest

from faultserver import FaultServer, error, hang
from faultserver.wire import Reply, open_socket, receive, request_bytes, send


@pytest.mark.parametrize(
    ("step", "field"),
    [
        ({"stauts": 200}, "steps[0].stauts: is not a known field"),
        ({"status": 99}, "steps[0].status: expected a whole number"),
        ({"status": True}, "steps[0].status: expected a whole number"),
        ({"delay_ms": -1}, "steps[0].delay_ms: expected 0 to"),
        ({"times": 0}, "steps[0].times: expected"),
        ({"reset": "soon"}, "steps[0].reset: expected one of before_headers"),
        ({"hang": "after_body"}, "steps[0].hang: expected one of"),
        ({"reset": "mid_body", "hang": "mid_body"}, "steps[0].hang: does not go with `reset`"),
        ({"body": 1, "sse": []}, "steps[0].sse: does not go with `body`"),
        ({"truncate": 3, "body": "abc"}, "steps[0].truncate: must be less than the body's 3 bytes"),
        ({"sse_events": 1}, "steps[0].sse_events: counts events of `sse`"),
        ({"sse": "messages"}, "steps[0].sse: expected a list of events"),
        ({"sse": [{"name": "x"}]}, "steps[0].sse[0].name: is not a known field"),
        ({"error": {"message": "x"}}, "steps[0].error.type: is missing"),
        ({"headers": {"a": "b\r\nc: d"}}, "steps[0].headers.a: a header is one line"),
        ({"headers": [["a"]]}, "steps[0].headers: expected an object or a list"),
        ({"body_base64": "%"}, "steps[0].body_base64: is not base64"),
        ({"raw": "x", "status": 200}, "steps[0].status: `raw` is the whole answer"),
        ([], "steps[0]: expected an object"),
    ],
)
def test_bad_step_is_refused_by_its_field(server: FaultServer, step: Any, field: str) -> None:
    with pytest.raises(ValueError) as caught:
        server.scenario([step])
    assert str(caught.value).startswith(field)


def test_bad_script_is_a_400_and_leaves_the_old_one(server: FaultServer) -> None:
    scenario = server.scenario([error(529)])
    for body in ("{", '{"steps": 1}', '{"then": {"times": 2}}', '{"extra": 1}', "[]"):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
        connection.request("PUT", f"/_fault/{scenario.name}", body)
        reply = Reply(connection.getresponse())
        connection.close()
        assert reply.status == 400
        assert reply.json["error"]["message"].startswith(reply.json["error"]["field"] + ": ")
    assert scenario.left == 1


def test_set_clears_the_log_and_delete_forgets(server: FaultServer) -> None:
    scenario = server.scenario([error(529)])
    send(scenario)
    scenario.set([hang()])
    assert (scenario.sends, scenario.left) == (0, 1)
    with open_socket(scenario) as sock:
        sock.sendall(request_bytes(scenario))
        scenario.wait_for(lambda log: [entry["ended"] for entry in log] == ["hung"])
        scenario.delete()
        assert receive(sock)[0] == b""
    reply = send(scenario)
    assert reply.status == 404
    assert f"scenario `{scenario.name}` is not set" in reply.json["error"]["message"]


def test_browsers_may_call(server: FaultServer) -> None:
    scenario = server.scenario([error(529)])
    asks = {
        "origin": "http://page.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,x-api-key",
    }
    preflight = send(scenario, body=None, method="OPTIONS", headers=asks)
    assert preflight.status == 204
    assert preflight.headers["access-control-allow-headers"] == "authorization,x-api-key"
    assert scenario.sends == 0
    reply = send(scenario, headers={"origin": "http://page.example"})
    assert reply.headers["access-control-allow-origin"] == "*"
    assert reply.headers["access-control-expose-headers"] == "*"

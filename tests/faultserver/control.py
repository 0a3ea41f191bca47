"""The control protocol: `/_fault/...`, and what is said about unknown paths."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from .answers import to_json
from .reader import Request
from .scenario import BadScript, check_id, parse_script

if TYPE_CHECKING:
    from .server import Server

PREFIX = "/_fault"


def is_preflight(request: Request) -> bool:
    return request.method == "OPTIONS" and "access-control-request-method" in request.headers


def handle(server: Server, request: Request) -> bytes:
    """The whole answer to a request that is not part of a scenario."""
    keep = request.keep_alive
    if is_preflight(request):
        # `*` covers neither `authorization` nor requests with credentials: names are echoed.
        allowed = {
            "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS",
            "access-control-allow-headers": request.headers.get("access-control-request-headers", "*"),
            "access-control-allow-private-network": "true",
            "access-control-max-age": "600",
        }
        return reply(204, None, keep, allowed)
    path, _, query = request.target.partition("?")
    if path in (PREFIX, PREFIX + "/"):
        counters = {"served": server.served, "opened": server.opened, "cpu_s": time.process_time()}
        return reply(200, {"scenarios": sorted(server.scenarios), **counters}, keep)
    if path.startswith(PREFIX + "/"):
        return _scenario(server, request, path[len(PREFIX) + 1 :], query, keep)
    if path.startswith("/s/"):
        name = path[3:].partition("/")[0]
        return _error(404, f"scenario `{name}` is not set: PUT its script to {PREFIX}/{name} first", keep)
    return _error(404, f"`{path}` is neither {PREFIX}/<scenario> nor /s/<scenario>/...", keep)


def _scenario(server: Server, request: Request, name: str, query: str, keep: bool) -> bytes:
    scenario = server.scenarios.get(name)
    if request.method == "PUT":
        try:
            check_id(name)
            try:
                script = json.loads(request.body)
            except ValueError as error:
                raise BadScript("script", f"is not JSON: {error}") from None
            parsed = parse_script(script)
        except BadScript as bad:
            return _error(400, f"{bad.field}: {bad}", keep, field=bad.field)
        server.scenarios[name] = parsed
        if scenario is not None:
            server.forget(scenario)
        return reply(200, {"left": parsed.left}, keep)
    if scenario is None:
        return _error(404, f"scenario `{name}` is not set: PUT its script first", keep)
    if request.method == "GET":
        counts = {"left": scenario.left, "sends": scenario.sends}
        if query == "brief":
            return reply(200, counts, keep)
        return reply(200, {"log": [entry.shown(server.started) for entry in scenario.log], **counts}, keep)
    if request.method == "DELETE":
        del server.scenarios[name]
        server.forget(scenario)
        return reply(204, None, keep)
    return _error(405, f"{request.method} means nothing here: expected PUT, GET or DELETE", keep)


def _error(status: int, message: str, keep: bool, **more: Any) -> bytes:
    # Without the header an SDK would retry some of these and blur the test's own mistake.
    body = {"type": "error", "error": {"type": "fault_server_error", "message": message, **more}}
    return reply(status, body, keep, {"x-should-retry": "false"})


def reply(status: int, body: Any, keep: bool, headers: dict[str, str] | None = None) -> bytes:
    """One whole response with a JSON body; `None` is no body."""
    data = b"" if body is None else to_json(body)
    lines = [f"HTTP/1.1 {status} Fault Server", "access-control-allow-origin: *", "access-control-expose-headers: *"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if status != 204:
        lines += ["content-type: application/json", f"content-length: {len(data)}"]
    if not keep:
        lines.append("connection: close")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + data

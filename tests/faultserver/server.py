"""The server: one `Connection` per socket, one `Server` for what they share."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
import sys

from . import control
from .log import Entry
from .reader import BadRequest, Reader, Request
from .render import Answer, Stamper, render
from .scenario import Scenario, Step

# A reset makes some systems drop what the client has received and not yet read. So what was
# sent before it gets this long to be read: 20 ms is far more than a busy loopback needs.
READ_PAUSE = 0.02
_LINGER_ZERO = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)


class Server:
    """Scenarios, open connections and counters."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.started = self.loop.time()
        self.scenarios: dict[str, Scenario] = {}
        self.connections: set[Connection] = set()
        self.stamp = Stamper()
        self.served = 0
        self.opened = 0
        self._listener: asyncio.Server | None = None

    async def listen(self, port: int) -> int:
        """Opens 127.0.0.1 and returns the port; 0 takes a free one. Raises `OSError`."""
        self._listener = await self.loop.create_server(lambda: Connection(self), "127.0.0.1", port, backlog=1024)
        bound: int = self._listener.sockets[0].getsockname()[1]
        return bound

    def stop(self) -> None:
        if self._listener is not None:
            self._listener.close()
        for connection in list(self.connections):
            connection.drop()

    def forget(self, scenario: Scenario) -> None:
        """Ends what is still under way for a scenario, the hung above all."""
        for connection in list(self.connections):
            if connection.scenario is scenario:
                connection.drop()


class Connection(asyncio.Protocol):
    """Requests of one socket, answered one after the other."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.reader = Reader()
        self.scenario: Scenario | None = None
        """Set while a request of it is being answered."""
        self.entry: Entry | None = None
        self.task: asyncio.Task[None] | None = None
        self.drained: asyncio.Future[None] | None = None
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.server.opened += 1
        self.number = self.server.opened
        self.server.connections.add(self)
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        transport.set_write_buffer_limits(high=0)  # so that `pause_writing` says: not all is sent yet

    def data_received(self, data: bytes) -> None:
        self.reader.feed(data)
        if self.task is None:
            self._advance()

    def connection_lost(self, exc: Exception | None) -> None:
        self.server.connections.discard(self)
        if self.task is not None:
            self.task.cancel()
        if self.entry is not None:
            self.entry.end("client_gone", self.server.loop.time())
        if self.reader.partial is not None:
            self._record_partial(self.reader.partial)

    def pause_writing(self) -> None:
        self.drained = self.server.loop.create_future()

    def resume_writing(self) -> None:
        if self.drained is not None and not self.drained.done():
            self.drained.set_result(None)
        self.drained = None

    def drop(self) -> None:
        self.transport.abort()

    def answer(self, data: bytes, keep: bool) -> None:
        self.transport.write(data)
        if not keep:
            self.transport.close()

    def _advance(self) -> None:
        while self.task is None and not self.transport.is_closing():
            try:
                request = self.reader.next(self.server.loop.time())
            except BadRequest as bad:
                self.reader.partial = None
                self.answer(control.reply(bad.status, {"error": {"message": str(bad)}}, keep=False), keep=False)
                return
            if request is None:
                if self.reader.wants_continue:
                    self.reader.wants_continue = False
                    self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                return
            self._handle(request)

    def _handle(self, request: Request) -> None:
        found = self._find(request)
        if found is None:
            self.answer(control.handle(self.server, request), request.keep_alive)
            return
        scenario, path = found
        server = self.server
        index, step = scenario.take()
        server.served += 1
        number = b"01%022d" % server.served
        entry = Entry(request, path, self.number, index)
        entry.request_id = "req_" + number.decode()
        scenario.record(entry)
        answer = render(step, request.method, path, request.body, "origin" in request.headers, not request.keep_alive)
        entry.status = answer.status
        if answer.whole is not None:
            self.answer(server.stamp(answer.whole, number), not answer.close)
            entry.end("answered", server.loop.time())
            return
        self.scenario, self.entry = scenario, entry
        self.task = server.loop.create_task(self._play(step, answer, entry, number))
        self.task.add_done_callback(self._played)

    def _find(self, request: Request) -> tuple[Scenario, str] | None:
        """The scenario a request belongs to and the path inside it; `None` is for the control part."""
        if not request.target.startswith("/s/") or control.is_preflight(request):
            return None
        name, slash, rest = request.target[3:].partition("/")
        scenario = self.server.scenarios.get(name)
        return None if scenario is None else (scenario, slash + rest)

    async def _play(self, step: Step, answer: Answer, entry: Entry, number: bytes) -> None:
        if step.delay:
            await asyncio.sleep(step.delay)
        for pause, data in answer.pieces:
            if pause:
                await asyncio.sleep(pause)
            self.transport.write(self.server.stamp(data, number))
            if self.drained is not None:
                await self.drained
        now = self.server.loop.time()
        if answer.stop is None:
            entry.end("answered", now)
            if answer.close:
                self.transport.close()
            return
        entry.end(answer.stop.name, now)
        if answer.stop.how == "hang":
            await self.server.loop.create_future()  # until the client goes or the server stops
        elif answer.stop.how == "close":
            self.transport.close()
        else:
            if answer.pieces:
                await asyncio.sleep(READ_PAUSE)
            self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_ZERO)
            self.transport.abort()

    def _played(self, task: asyncio.Task[None]) -> None:
        self.task = self.entry = self.scenario = None
        if not task.cancelled() and (error := task.exception()) is not None:
            print(f"fault server: {error!r}", file=sys.stderr, flush=True)
            self.drop()
        else:
            self._advance()

    def _record_partial(self, request: Request) -> None:
        """A client that left in the middle of its body has sent, too: it is logged, but takes no step."""
        found = self._find(request)
        if found is not None:
            entry = Entry(request, found[1], self.number, None)
            entry.end("client_gone", self.server.loop.time())
            found[0].record(entry)

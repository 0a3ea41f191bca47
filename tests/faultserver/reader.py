"""Reads HTTP/1.1 requests from a stream of bytes."""

from __future__ import annotations

MAX_HEAD = 256 * 1024
MAX_BODY = 64 * 1024 * 1024


class BadRequest(Exception):
    """Bytes that cannot be answered as a request; the connection ends with `status`."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Request:
    """One request, its head first; `body` is empty until all of it is here."""

    __slots__ = ("arrived", "body", "headers", "keep_alive", "method", "target")

    def __init__(self, head: bytes, arrived: float) -> None:
        first, *lines = head.decode("latin-1").split("\r\n")
        parts = first.split(" ")
        if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
            raise BadRequest(400, "the first line is not an HTTP/1.1 request line")
        self.method, self.target, version = parts
        self.headers: dict[str, str] = {}
        for line in lines:
            name, colon, value = line.partition(":")
            if not colon:
                raise BadRequest(400, "a header line has no colon")
            name, value = name.lower(), value.strip()
            self.headers[name] = f"{self.headers[name]}, {value}" if name in self.headers else value
        wish = self.headers.get("connection", "").lower()
        self.keep_alive = wish != "close" if version == "HTTP/1.1" else wish == "keep-alive"
        self.arrived = arrived
        self.body = b""


class Reader:
    """Bytes in, whole requests out. A request's arrival is the arrival of its head."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._length = 0
        self._chunks: list[bytes] | None = None
        self._got = 0  # bytes of body in `_chunks`
        self.partial: Request | None = None
        """The request whose head is here and whose body is not."""
        self.wants_continue = False

    def feed(self, data: bytes) -> None:
        self._buffer += data

    def next(self, now: float) -> Request | None:
        """The next whole request, or `None` while more bytes are needed. Raises `BadRequest`."""
        if self.partial is None and not self._head(now):
            return None
        request = self.partial
        assert request is not None
        if self._chunks is not None:
            if not self._chunked():
                return None
            request.body = b"".join(self._chunks)
        else:
            if len(self._buffer) < self._length:
                return None
            request.body = bytes(self._buffer[: self._length])
            del self._buffer[: self._length]
        self.partial = None
        return request

    def _head(self, now: float) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            if len(self._buffer) > MAX_HEAD:
                raise BadRequest(431, f"the head is longer than {MAX_HEAD} bytes")
            return False
        request = Request(bytes(self._buffer[:end]), now)
        del self._buffer[: end + 4]
        headers = request.headers
        self._chunks, self._got, self._length = None, 0, 0
        if headers.get("transfer-encoding", "").lower() == "chunked":
            self._chunks = []
        elif length := headers.get("content-length"):
            if not length.isdecimal():
                raise BadRequest(400, "content-length is not a number")
            self._length = int(length)
        if self._length > MAX_BODY:
            raise BadRequest(413, f"the body is longer than {MAX_BODY} bytes")
        self.wants_continue = headers.get("expect", "").lower() == "100-continue"
        self.partial = request
        return True

    def _chunked(self) -> bool:
        """Moves whole chunks to `_chunks`; true once the last one and its trailer are read."""
        assert self._chunks is not None
        position = 0
        try:
            while (line := self._buffer.find(b"\r\n", position)) >= 0:
                try:
                    size = int(self._buffer[position:line].partition(b";")[0], 16)
                except ValueError:
                    raise BadRequest(400, "a chunk does not begin with its size") from None
                if size == 0:
                    # A trailer ends with an empty line, which comes at once where there is none.
                    end = line if self._buffer[line : line + 4] == b"\r\n\r\n" else self._buffer.find(b"\r\n\r\n", line)
                    if end < 0:
                        return False
                    position = end + 4
                    return True
                if self._got + size > MAX_BODY:
                    raise BadRequest(413, f"the body is longer than {MAX_BODY} bytes")
                if len(self._buffer) < line + 4 + size:
                    return False
                self._chunks.append(bytes(self._buffer[line + 2 : line + 2 + size]))
                self._got += size
                position = line + 4 + size
            return False
        finally:
            del self._buffer[:position]

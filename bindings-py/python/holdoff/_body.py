"""The body of a failed response: read for the diagnosis, and put back for the caller."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Bytes that are read to diagnose a failure. What a longer body has beyond them is read by the caller, or dropped.
LIMIT = 65_536


class Taken:
    """The beginning of a body: all of it, unless there is a `rest` or it was `broken` off."""

    __slots__ = ("broken", "raw", "rest", "source")

    def __init__(self, source: Any, chunks: list[bytes], rest: Any, broken: Exception | None) -> None:
        self.source = source
        self.raw = b"".join(chunks)
        self.rest = rest
        self.broken = broken

    def close(self) -> None:
        """Drops the rest: the connection is free."""
        rest, self.rest = self.rest, None
        if rest is not None:
            rest.close()
            self.source.close()

    async def aclose(self) -> None:
        """`close` for an async response."""
        rest, self.rest = self.rest, None
        if rest is not None:
            await rest.aclose()
            await self.source.aclose()


def take(response: Any) -> Taken:
    """Reads up to `LIMIT` bytes. The connection is free afterwards, unless there is a rest."""
    chunks, size, broken, source = [], 0, None, response.stream
    stream = iter(source)
    try:
        for chunk in stream:
            chunks.append(chunk)
            size += len(chunk)
            if size > LIMIT:
                return Taken(source, chunks, stream, None)
    except Exception as error:  # noqa: BLE001 - the status says enough
        broken = error
    source.close()
    return Taken(source, chunks, None, broken)


async def atake(response: Any) -> Taken:
    """`take` for an async response."""
    chunks, size, broken, source = [], 0, None, response.stream
    stream = source.__aiter__()
    try:
        async for chunk in stream:
            chunks.append(chunk)
            size += len(chunk)
            if size > LIMIT:
                return Taken(source, chunks, stream, None)
    except Exception as error:  # noqa: BLE001 - as above
        broken = error
    await source.aclose()
    return Taken(source, chunks, None, broken)


def put_back(http: Any, response: Any, taken: Taken) -> Any:
    """The response with its body as it came: the bytes, then the rest or the error that broke it off."""
    if taken.rest is None and taken.broken is None:
        response.stream = http.ByteStream(taken.raw)
        return response

    class Rejoined(http.SyncByteStream, http.AsyncByteStream):  # type: ignore[misc]
        def __iter__(self) -> Any:
            yield taken.raw
            if taken.broken is not None:
                raise taken.broken
            yield from taken.rest

        async def __aiter__(self) -> Any:
            yield taken.raw
            if taken.broken is not None:
                raise taken.broken
            async for chunk in taken.rest:
                yield chunk

        def close(self) -> None:
            taken.source.close()

        async def aclose(self) -> None:
            await taken.source.aclose()

    response.stream = Rejoined()
    return response

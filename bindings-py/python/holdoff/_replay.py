"""Whether the body of a request can be sent a second time, and putting it back to where it began.

A generator is empty after the first send, and a file is at its end: sending them again would send
something else. Bytes, text, lists and tuples are the same every time; a file that can seek is put back.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    Marks = list[tuple[Any, int]]

_CONSTANT = (bytes, bytearray, memoryview, str)
_MISSING = object()


def mark(bodies: Iterable[object]) -> Marks | None:
    """Where each file among `bodies` stands now. `None` when one of them cannot be read twice."""
    marks: Marks = []
    for body in bodies:
        if body is None or isinstance(body, _CONSTANT):
            continue
        if not callable(getattr(body, "read", None)):
            # Other iterables may hand out the same spent iterator again, so only plain containers are trusted.
            if type(body) in (list, tuple):
                continue
            return None
        try:
            if not body.seekable():  # type: ignore[attr-defined]
                return None
            marks.append((body, body.tell()))  # type: ignore[attr-defined]
        except Exception:  # noqa: BLE001 - a file that cannot say where it stands cannot be put back
            return None
    return marks


def rewind(marks: Marks | None) -> bool:
    """Puts every file back. `False` when that is not possible: the request must not be sent again."""
    if marks is None:
        return False
    try:
        for body, position in marks:
            body.seek(position)
    except Exception:  # noqa: BLE001 - closed since, most likely
        return False
    return True


def mark_options(options: Any) -> Marks | None:
    """`mark` for the request options of a generated SDK: raw content and files to upload."""
    content, files = getattr(options, "content", None), getattr(options, "files", None)
    return [] if content is None and not files else mark((content, *_contents(files)))


def mark_stream(stream: Any) -> Marks | None:
    """`mark` for the body stream of an httpx or httpx2 request."""
    fields = getattr(stream, "fields", None)
    if fields is not None:
        # A multipart stream goes back to the start of its files by itself, where they can seek.
        files = (getattr(field, "file", None) for field in fields)
        return [] if all(file is None or isinstance(file, _CONSTANT) or hasattr(file, "seek") for file in files) else None
    source = getattr(stream, "_stream", _MISSING)
    return None if source is _MISSING else mark((source,))


def _contents(files: Any) -> Iterator[object]:
    for _, file in (files.items() if hasattr(files, "items") else files) if files else ():
        yield file[1] if isinstance(file, tuple) and len(file) > 1 else file

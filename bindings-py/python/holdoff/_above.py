"""What a retry loop above the transport gets when it comes back.

A response that ended a call carries `x-should-retry: false`. An exception has no such header, and an SDK sends again
after its own kinds of failure too. It is recognised by the count that it sends (`x-stainless-retry-count`):

- It comes back for a call that ended here by an exception: the same exception again, and nothing is sent.
- It comes back after a response was handed back (an SDK does so once after a 401): what is left of the attempts.
- It comes back for reasons of its own, such as a body that broke on the way: one send, its answer untouched.
"""

from __future__ import annotations

import contextvars

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._story import Story

_COUNT = "x-stainless-retry-count"


def comes_back(request: Any) -> bool:
    """Whether a loop above is past its first attempt."""
    return request.headers.get(_COUNT, "0") not in ("0", "")


class Ended:
    """How a call ended, without its body and its frames: this may lie here until the thread's next request."""

    __slots__ = ("_method", "_text", "_url", "attempts", "error", "story")

    def __init__(self, request: Any, story: Story, error: Exception | None) -> None:
        self._method = request.method
        self._url = str(request.url)
        self._text = str(error)
        self.story = story
        self.attempts = story.attempts
        self.error = None if error is None else type(error)

    def is_of(self, request: Any) -> bool:
        """Whether `request` is for the same thing."""
        return bool(request.method == self._method and str(request.url) == self._url)

    def again(self, request: Any) -> Exception:
        """The exception that ended the call, made once more."""
        kind: Any = self.error
        try:
            error: Exception = kind(self._text, request=request)
        except TypeError:
            error = kind(self._text)
        error.holdoff = self.story  # type: ignore[attr-defined]
        return error


#: The call that ended last in this thread or task, where a loop above may come back for it.
ended: contextvars.ContextVar[Ended | None] = contextvars.ContextVar("holdoff_ended", default=None)


def remember(request: Any, story: Story, error: Exception | None) -> None:
    """Notes the end of a call that a loop above may come back for."""
    if request.headers.get(_COUNT) is not None:
        ended.set(Ended(request, story, error))

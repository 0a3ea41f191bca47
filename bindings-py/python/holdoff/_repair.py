"""What can be mended in a request without guessing."""

from __future__ import annotations

from . import _native
from ._request import Report, _given

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from ._names import Endpoint, Target

    Patch = list[dict[str, Any]]


class Repair:
    """What a repair did. Read-only.

    Attributes:
        request: the request after the patch, of the kind that came in: a dict that shares with the old one what has not
            changed, or text. The very same object where nothing is to mend.
        patch: the operations of RFC 6902, in the order in which they apply: dicts with `op` (`"add"`, `"remove"`,
            `"replace"` or `"move"`), `path`, and `value` or `from`. Each also has `cause`, the entry of the catalogue that
            it mends, and `reason`; appliers pass over members they do not know.
        report: what is left after the patch. The fix of a finding that could not be mended safely says why.
    """

    __slots__ = ("patch", "report", "request")

    request: Any
    patch: Patch
    report: Report

    def __init__(self, request: Any, patch: Patch, report: Report) -> None:
        put = object.__setattr__
        put(self, "request", request)
        put(self, "patch", patch)
        put(self, "report", report)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a repair is read-only")

    def __repr__(self) -> str:
        # Never the request, nor values of the patch: they hold prompts.
        return f"<Repair: {len(self.patch)} operations, {self.report!r}>"


def repair(
    request: Mapping[str, Any] | str | bytes | object,
    *,
    target: Target = "portable",
    endpoint: Endpoint = "messages",
    api_version: str | None = None,
    betas: Iterable[str] = (),
    headers: Mapping[str, str] | Iterable[tuple[str, str]] | None = None,
    models: Iterable[Mapping[str, Any]] = (),
    answer_missing_tools: bool = False,
) -> Repair:
    """Mends what can be mended in a request without guessing, and says what it did.

    System messages move into the top-level `system`, neighbours of one role become one message (both where the target or
    model wants it), blank text and messages that say nothing are dropped, white space at the end of the assistant's last
    text is cut, `max_tokens` is cut to the model's maximum, tool results that answer nothing or answer twice are dropped
    and the others moved to the front, tools defined twice in the same words are dropped, cache markers are thinned to four,
    and halves of surrogate pairs become U+FFFD. No other text is lost. What is not safe is left, and the report says so.

    Args:
        request: as for `validate`. It is never changed.
        target: as for `validate`, as are `endpoint`, `api_version`, `betas`, `headers` and `models`.
        answer_missing_tools: answer tool calls that have no result with a result that says so and is marked as an error.

    Raises:
        ValueError: `target`, `endpoint` or a row of `models` is none that there is. The request itself never raises.

    Example:
        >>> mended = repair({"model": "claude-opus-5", "max_tokens": 16, "messages": [
        ...     {"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]})
        >>> mended.request["system"], mended.report.ok
        ('Be brief.', True)
        >>> [(step["op"], step["path"]) for step in mended.patch]
        [('move', '/system'), ('remove', '/messages/0')]
    """
    flags, sent, rows = _given(betas, headers, models)
    wire, report, text = _native.repair(request, target, endpoint, api_version, flags, sent, rows, answer_missing_tools)
    if wire == "[]":
        return Repair(request, [], Report(report))
    import json

    patch: Patch = json.loads(wire)
    mended: Any
    if text is None:
        mended = _patched(request, patch)
    else:
        mended = text.encode() if isinstance(request, bytes) else text
    return Repair(mended, patch, Report(report))


def _patched(request: object, patch: Patch) -> Any:
    """The request after the patch. What the patch does not reach into is shared; nothing of the request is changed."""
    # By identity, and held, so that no identity comes again.
    own: dict[int, object] = {}

    def copy(value: Any) -> Any:
        if id(value) in own:
            return value
        # What is neither is a model of pydantic.
        whole: Any = value if isinstance(value, (dict, list, tuple)) else _native.dumped(value)
        fresh: Any = dict(whole) if isinstance(whole, dict) else list(whole)
        own[id(fresh)] = fresh
        return fresh

    root = [copy(request)]

    def find(pointer: str) -> tuple[Any, Any]:
        """The container a pointer leads to, fit to be changed, and the place in it."""
        steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
        holder: Any = root
        key: Any = 0
        for step in steps:
            holder[key] = copy(holder[key])
            holder = holder[key]
            key = step if isinstance(holder, dict) else len(holder) if step == "-" else int(step)
        return holder, key

    for step in patch:
        if step["op"] == "move":
            holder, key = find(step["from"])
            value = holder.pop(key)
        else:
            value = step.get("value")
        holder, key = find(step["path"])
        if step["op"] == "remove":
            del holder[key]
        elif step["op"] == "replace" or isinstance(holder, dict):
            holder[key] = value
        else:
            holder.insert(key, value)
    return root[0]

"""Retries for Claude API calls: what a failure was, whether to send again, and when.

    import anthropic, holdoff

    client = holdoff.wrap(anthropic.Anthropic())        # the same client, retried by holdoff

    @holdoff.retry(max_attempts=4)                      # or any function of yours
    def ask(): ...

    holdoff.diagnose(error).explain()                   # what went wrong, and how to fix it
    print(holdoff.validate(params))                     # what would go wrong, before it is sent

Times are seconds. An exception that ends a call is the SDK's own; its `.holdoff` tells the story.
"""

from ._attempts import Attempt, attempts
from ._events import Event
from ._failure import Failure, diagnose
from ._native import __version__
from ._policy import Policy
from ._reference import Entry, lookup, table
from ._repair import Repair, repair
from ._request import Finding, Report, check_key, validate
from ._retry import retry
from ._story import Story

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import httpx as httpx, httpx2 as httpx2, testing as testing
    from ._check import InvalidRequest
    from ._guide import acall_with_retry, call_with_retry
    from ._names import Endpoint, Jitter, Kind, MidStream, Severity, Source, StopReason, Target, Validate
    from ._wrap import wrap

__all__ = [
    "Attempt",
    "Endpoint",
    "Entry",
    "Event",
    "Failure",
    "Finding",
    "InvalidRequest",
    "Jitter",
    "Kind",
    "MidStream",
    "Policy",
    "Repair",
    "Report",
    "Severity",
    "Source",
    "StopReason",
    "Story",
    "Target",
    "Validate",
    "__version__",
    "acall_with_retry",
    "attempts",
    "call_with_retry",
    "check_key",
    "diagnose",
    "lookup",
    "repair",
    "retry",
    "table",
    "validate",
    "wrap",
]

# Loaded when first used: name -> module. An empty name is the module itself.
_LAZY = {
    "wrap": "_wrap",
    "call_with_retry": "_guide",
    "acall_with_retry": "_guide",
    "Endpoint": "_names",
    "Jitter": "_names",
    "Kind": "_names",
    "MidStream": "_names",
    "Severity": "_names",
    "Source": "_names",
    "StopReason": "_names",
    "InvalidRequest": "_check",
    "Target": "_names",
    "Validate": "_names",
    "httpx": "",
    "httpx2": "",
    "testing": "",
}


def __getattr__(name: str) -> object:
    module = _LAZY.get(name)
    if module is None:
        raise AttributeError(f"module 'holdoff' has no attribute {name!r}")
    # `import_module`, without the import of importlib that it costs.
    __import__(f"holdoff.{module or name}")
    import sys

    found = sys.modules[f"holdoff.{module or name}"]
    value: object = getattr(found, name) if module else found
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})

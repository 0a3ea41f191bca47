# The private seam between the Python drivers and the Rust core. Nothing here is public.
# Times in and out are seconds as float: `mono` from time.monotonic(), `wall` from time.time().
from typing import Any, TypeAlias, final

@final
class Policy:
    # The wire's fields (milliseconds); ValueError names the field, the value, the need.
    def __new__(cls, fields: dict[str, Any]) -> Policy: ...
    def wire(self) -> dict[str, Any]: ...
    @property
    def max_elapsed(self) -> float | None: ...
    @property
    def attempt_timeout(self) -> float | None: ...

@final
class Failure:
    kind: str
    cause: str
    retryable: bool
    status: int | None
    error_type: str | None
    error_code: str | None
    message: str | None
    field: str | None
    pointer: str | None
    request_id: str | None
    provider: str
    retry_after: float | None
    retry_at: float | None
    maybe_processed: bool
    fix: str
    def explain(self) -> str: ...
    def line(self) -> str: ...
    def wire(self) -> dict[str, Any]: ...  # for pickling
    @staticmethod
    def from_wire(wire: dict[str, Any]) -> Failure: ...

# status; headers (name and value, or the triples of httpx); body; exception classes, outermost first,
# following __cause__, "module.Class" or "module.Class:CODE", one a line; what the exceptions say, or free text; method; url
_Headers: TypeAlias = list[tuple[bytes, bytes]] | list[tuple[bytes, bytes, bytes]] | list[tuple[str, str]]
_Evidence: TypeAlias = tuple[int | None, _Headers | None, bytes | str | None, str | None, str | None, str | None, str | None]

def diagnose(
    evidence: _Evidence,
    remote_tools: bool,  # the request names mcp_servers or a container
    cancelled: bool,
    committed: bool,  # content of the answer has reached the caller
    wall: float,
) -> Failure: ...

# What to think of where the service itself has failed for long; None where it has not. `elapsed` in seconds.
def lasting(failures: list[Failure], elapsed: float) -> str | None: ...

@final
class Call:
    # A call whose first attempt has been sent.
    def __new__(cls, policy: Policy, seed: int, number: int, mono: float) -> Call: ...
    # Diagnose and decide in one crossing: seconds to wait, or -1.0 when the call is over (see `reason`).
    def failed(self, evidence: _Evidence, remote_tools: bool, committed: bool, mono: float, wall: float) -> float: ...
    # The same for a failure that has been diagnosed; verdict: None, False (stop), True (send again), or seconds (send again after).
    def decide(self, failure: Failure, verdict: bool | float | None, mono: float, wall: float) -> float: ...
    # After the wait: seconds the next attempt may take (inf: no bound), or -1.0 when the call is over.
    def resumed(self, mono: float) -> float: ...
    def content(self) -> None: ...  # content of the answer has reached the caller
    def succeeded(self, mono: float) -> None: ...
    def cancelled(self, mono: float) -> None: ...
    @property
    def attempt(self) -> int: ...  # sends so far
    @property
    def reason(self) -> str | None: ...  # stop reason
    @property
    def source(self) -> str | None: ...  # of the last wait: backoff, retry_after, estimate, classify
    @property
    def retry_at(self) -> float | None: ...  # unix seconds, on stop
    @property
    def failure(self) -> Failure | None: ...  # the last one
    @property
    def failures(self) -> list[Failure]: ...  # all of them
    @property
    def waits(self) -> list[float]: ...  # decided so far

def lookup(
    status: int | None, error_type: str | None, error_code: str | None, kind: str | None, cause: str | None
) -> tuple[str, bool, str, str | None] | None: ...
def table() -> list[
    tuple[str, str, str, bool, str, str | None]
]: ...  # (column, key, meaning, retryable, action, link); column: status, kind, error_type, error_code, cause
def kinds() -> list[str]: ...
def causes() -> list[str]: ...
def stop_reasons() -> list[tuple[str, str]]: ...  # (name, what it means)
def entropy() -> int: ...  # a seed, 0…2^53−1, from the operating system

__version__: str
__all__ = [
    "Call",
    "Failure",
    "Models",
    "Policy",
    "Report",
    "__version__",
    "causes",
    "check_key",
    "diagnose",
    "dumped",
    "endpoint",
    "entropy",
    "kinds",
    "lasting",
    "lookup",
    "repair",
    "stop_reasons",
    "table",
    "target",
    "validate",
]

@final
class Models:
    def __new__(cls, rows: object) -> Models: ...  # a list of dicts; ValueError names the field, the value, the need

@final
class Report:
    @property
    def ok(self) -> bool: ...
    @property
    def omitted(self) -> int: ...
    # cause, severity, path, pointer, message, fix, (line, column, offset)
    def findings(
        self,
    ) -> list[tuple[str, str, str, str, str, str, tuple[int | None, int | None, int | None]]]: ...
    def text(self) -> str: ...

# The request as bytes or str is read as JSON; anything else as the object that will be sent.
def validate(
    request: object,
    target: str,
    endpoint: str,
    api_version: str | None,
    betas: list[str] | None,
    headers: list[tuple[str, str]] | None,
    models: Models | None,
    sdk_params: bool,  # what an SDK's method is called with, not the body that becomes of it
) -> Report: ...
def target(base_url: str) -> str: ...
def endpoint(path: str) -> str | None: ...  # None: not one that is checked
def check_key(key: str, base_url: str | None, header: str | None) -> Report: ...

# The patch as a JSON list, what is left, and the repaired text where the request is one and changes.
def repair(
    request: object,
    target: str,
    endpoint: str,
    api_version: str | None,
    betas: list[str] | None,
    headers: list[tuple[str, str]] | None,
    models: Models | None,
    answer_missing_tools: bool,
) -> tuple[str, Report, str | None]: ...

# What `model_dump` makes of a model of pydantic, as the SDKs send it; None for anything else.
def dumped(value: object) -> object: ...

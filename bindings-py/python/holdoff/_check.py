"""Requests checked on their way out, before the first send: what `wrap(client, validate=…)` does."""

from __future__ import annotations

from . import _native
from ._events import WARNING, logger
from ._request import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._names import Validate

MODES = ("warn", "error", "off")

#: Causes of which the log has been told.
_told: set[str] = set()


class InvalidRequest(ValueError):
    """A request that was not sent, since it is certain to be refused: `wrap(client, validate="error")`.

    Attributes:
        report: all that is wrong with it.
    """

    report: Report

    def __init__(self, report: Report) -> None:
        super().__init__(f"not sent: the request would be refused\n{report}")
        self.report = report

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (str(self), self.report)


def _restore(text: str, report: Report) -> InvalidRequest:
    error = InvalidRequest(report)
    error.args = (text,)
    return error


def mode(value: object) -> Validate:
    """`value`, where it is one that there is."""
    if value not in MODES:
        raise ValueError(f'`validate` must be "warn", "error" or "off": got {value!r}')
    return value  # type: ignore[return-value]


def check(validate: Validate, client: Any, path: str, params: object, headers: object) -> None:
    """Checks what an SDK's method is called with, where its path is one that is checked.

    Target, version and betas are the client's and the call's own.

    Raises:
        InvalidRequest: something is certain to be refused, and `validate` is `"error"`.
    """
    endpoint = None if validate == "off" or params is None else _native.endpoint(path)
    if endpoint is None:
        return
    version, betas = _said(client, headers)
    report = Report(_native.validate(params, _native.target(_base_url(client)), endpoint, version, betas, None, None, True))
    if validate == "error" and not report.ok:
        raise InvalidRequest(report)
    if len(report):
        _log(report)


def _base_url(client: Any) -> str:
    return str(getattr(client, "base_url", ""))


def _said(client: Any, headers: object) -> tuple[str | None, list[str]]:
    """The version and the beta flags that will be sent."""
    version: str | None = None
    betas: list[str] = []
    for source in (getattr(client, "default_headers", None), headers):
        for name, value in getattr(source, "items", tuple)():
            if not isinstance(name, str) or not isinstance(value, str):
                continue  # the SDK's marks for "left out"
            lower = name.lower()
            if lower == "anthropic-version":
                version = value
            elif lower == "anthropic-beta":
                betas += (flag.strip() for flag in value.split(","))
    return version, betas


def _log(report: Report) -> None:
    log = logger(WARNING)
    if log is None:
        return
    for finding in report:
        if finding.cause not in _told:
            _told.add(finding.cause)
            log.warning("%s (fix: %s; logged once)", finding, finding.fix)

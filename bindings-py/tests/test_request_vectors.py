"""The vectors of requests, as objects and as text, and of keys: the findings that every surface has."""

import datetime
import json
import re
from pathlib import Path

import pytest

from holdoff import check_key, validate

VECTORS = Path(__file__).parents[2] / "tests" / "vectors" / "requests"


CASES = [
    pytest.param(case, id=f"{path.stem}-{case['id']}")
    for path in sorted(VECTORS.glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]


def cycle():
    value = []
    value.append(value)
    return value


def deep():
    value = "Hello"
    for _ in range(2_000):
        value = [value]
    return value


FOREIGN = {
    "non_finite": lambda: float("nan"),
    "lone_surrogate": lambda: "half a pair: \ud83d",
    "non_string_key": lambda: 1,
    "bytes": lambda: b"bytes",
    "set": lambda: {"a", "set"},
    "date_time": lambda: datetime.datetime(2026, 11, 24),
    "cycle": cycle,
    "too_deep": deep,
    "other": object,
}


def expanded(value):
    """What a case's request stands for: `$times`, `$numbered`, `$join` and `$foreign` written out."""
    if isinstance(value, list):
        return [expanded(item) for item in value]
    if not isinstance(value, dict):
        return value
    match list(value.items()):
        case [("$times", [what, times])]:
            return expanded(what) * times
        case [("$numbered", [what, count])]:
            text = json.dumps(what)
            return [json.loads(text.replace("#", str(number))) for number in range(count)]
        case [("$join", parts)]:
            first, *rest = map(expanded, parts)
            for part in rest:
                first = first + part
            return first
        case [("$foreign", name)]:
            return FOREIGN[name]()
    keys = {key: FOREIGN[key.removeprefix("$foreign ")]() if key.startswith("$foreign ") else key for key in value}
    # Findings come in the order of the members, and in a vector that is the order of their names.
    return {keys[key]: expanded(value[key]) for key in sorted(value)}


def options(case):
    given = {key: case[key] for key in ("endpoint", "api_version", "betas", "headers") if key in case}
    return {"target": case.get("target", "anthropic"), **given}


def check(report, case):
    # A cycle is found where it closes, and what is too deep at its bottom: both below the place that a vector names.
    below = "(\\.0)+$" if any(f'"$foreign": "{name}"' in json.dumps(case) for name in ("cycle", "too_deep")) else "$^"
    # Where a vector has nothing but that fact, Python has a list, which may be of the wrong type too.
    if '"too_deep"' in json.dumps(case):
        report = [finding for finding in report if finding.cause != "field-type-wrong"]
    found = [[finding.severity, finding.cause, re.sub(below, "", finding.path)] for finding in report]
    assert found == [[severity, cause, re.sub(below, "", path)] for severity, cause, path, *_ in case["finds"]]
    for finding, row in zip(report, case["finds"], strict=True):
        for more in row[3:]:
            assert more["mentions"] in finding.message
        assert finding.message
        assert finding.fix


@pytest.mark.parametrize("case", [case for case in CASES if not isinstance(case.values[0]["request"], str)])
def test_objects(case):
    report = validate(expanded(case["request"]), **options(case))
    check(report, case)
    assert all(finding.line is None for finding in report)


@pytest.mark.parametrize("case", [case for case in CASES if "$foreign" not in json.dumps(case.values[0]["request"])])
def test_text(case):
    request = case["request"]
    text = request if isinstance(request, str) else json.dumps(expanded(request), indent=1)
    lines = text.count("\n") + 1
    for body in (text, text.encode()):
        report = validate(body, **options(case))
        check(report, case)
        assert all(finding.line is None or 1 <= finding.line <= lines for finding in report)


def test_every_foreign_value_is_met():
    met = json.dumps([case.values[0]["request"] for case in CASES])
    assert [name for name in FOREIGN if f'"{name}"' not in met and f"$foreign {name}" not in met] == []


KEYS = json.loads((VECTORS.parent / "keys.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in KEYS])
def test_keys(case):
    sound = f"sk-ant-api03-{('Ab1_Cd2-Ef3' * 9)[:93]}AA"
    where = {name: value for name, value in case["given"].items() if name != "key"}
    report = check_key(case["given"]["key"].replace("{key}", sound), **where)
    assert [[finding.severity, finding.cause] for finding in report] == case["finds"], case["why"]

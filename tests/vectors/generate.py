"""Writes `backoff.json` and `call.json` from the stories and the law in `reference/`.

    python tests/vectors/generate.py            # writes them
    python tests/vectors/generate.py --check    # fails when they are stale

Standard library only; it does not call holdoff.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reference.calls import STORIES
from reference.schedules import cases

HERE = Path(__file__).resolve().parent
NOTE = "Written by generate.py: change reference/, not this file. See README.md."
BACKOFF = (
    f"The delays after the given numbers of failed attempts, in milliseconds, where the server says nothing about when. {NOTE}"
)
CALL = f"Whole calls: what happens when, and the step each poll answers. {NOTE}"


def text(comment: str, found: list[dict[str, Any]]) -> str:
    """The file: one line for a case, or for each event where a case has events."""
    rows = ",\n".join(row(case) for case in found)
    return f'{{\n  "_comment": {dump(comment)},\n  "schema": 1,\n  "cases": [\n{rows}\n  ]\n}}\n'


def row(case: dict[str, Any]) -> str:
    if "events" not in case:
        return f"    {dump(case)}"
    head = dump({name: value for name, value in case.items() if name != "events"})
    events = ",\n".join(f"      {dump(event)}" for event in case["events"])
    return f'    {head[:-1]}, "events": [\n{events}\n    ]}}'


def dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def files() -> Iterator[tuple[Path, str]]:
    yield HERE / "backoff.json", text(BACKOFF, cases())
    yield HERE / "call.json", text(CALL, [story.vector() for story in STORIES])


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print("usage: generate.py [--check]", file=sys.stderr)
        return 2
    stale = [(path, wanted) for path, wanted in files() if not path.exists() or path.read_text(encoding="utf-8") != wanted]
    for path, wanted in stale:
        if arguments:
            print(f"{path.name} is stale: run {Path(__file__).name}", file=sys.stderr)
        else:
            path.write_text(wanted, encoding="utf-8")
            print(f"wrote {path.name}")
    return 1 if arguments and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

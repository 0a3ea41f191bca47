"""`holdoff.validate` beside what a request costs anyway, and beside checks that know its shape alone.

A chat of 20 kB and a body of 20 MB with an image in base64, as text and as objects. `json.loads` and `json.dumps` are what
a client pays in any case; the SDK's types under pydantic, and a JSON Schema under jsonschema and jsonschema-rs, are what else
could check a request. They look at far less, and are left out where they are not installed.
"""

from __future__ import annotations

import base64
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from typing import Any

from interleaved import judge, measure

import holdoff

WORDS = (
    "every reply that was cut short is asked for again later, once the “busy” service says so — naïve loops don't wait "
    "über-long, they just café-hop"
).split()
IMAGE_BYTES = 14_900_000


def prose(random: random.Random, length: int) -> str:
    """Words, some beyond ASCII, with quotes, line breaks and tabs that JSON escapes."""
    words, size = [], 0
    while size < length:
        word = random.choice(WORDS)
        if random.random() < 0.05:
            word = f'"{word}"\n\t'
        words.append(word)
        size += len(word) + 1
    return " ".join(words)


def tool(random: random.Random, number: int) -> dict[str, Any]:
    properties = {
        "path": {"type": "string", "description": prose(random, 60)},
        "lines": {"type": "integer", "minimum": 1, "maximum": 500},
        "how": {"type": "string", "enum": ["read", "write", "append"]},
    }
    schema = {"type": "object", "properties": properties, "required": ["path"]}
    return {"name": f"tool_{number}", "description": prose(random, 180), "input_schema": schema}


def turns(random: random.Random, count: int) -> list[dict[str, Any]]:
    """Four messages a turn: a question, a tool call, its result, an answer."""
    messages: list[dict[str, Any]] = []
    for number in range(count):
        call = f"toolu_{number:024}"
        given = {"path": f"/data/{number}.txt", "lines": 10 + number, "how": "read"}
        result = {"type": "tool_result", "tool_use_id": call, "content": [{"type": "text", "text": prose(random, 480)}]}
        messages += [
            {"role": "user", "content": prose(random, 420)},
            {
                "role": "assistant",
                "content": [
                    {"type": "text", "text": prose(random, 300)},
                    {"type": "tool_use", "id": call, "name": "tool_1", "input": given},
                ],
            },
            {"role": "user", "content": [{**result, "is_error": False}, {"type": "text", "text": prose(random, 120)}]},
            {"role": "assistant", "content": [{"type": "text", "text": prose(random, 360)}]},
        ]
    return messages


def chat(random: random.Random) -> dict[str, Any]:
    marked = {"type": "text", "text": prose(random, 900), "cache_control": {"type": "ephemeral"}}
    return {
        "model": "claude-sonnet-4-5",
        "max_tokens": 4096,
        "temperature": 0.7,
        "metadata": {"user_id": "u_1"},
        "system": [marked],
        "tools": [tool(random, number) for number in range(6)],
        "messages": turns(random, 6),
    }


def picture(random: random.Random) -> dict[str, Any]:
    data = base64.b64encode(random.randbytes(IMAGE_BYTES)).decode()
    source = {"type": "base64", "media_type": "image/png", "data": data}
    asked = [{"type": "image", "source": source}, {"type": "text", "text": prose(random, 40)}]
    return {"model": "claude-sonnet-4-5", "max_tokens": 4096, "messages": [*turns(random, 2), {"role": "user", "content": asked}]}


def by_pydantic(request: dict[str, Any]) -> Callable[[], object] | None:
    try:
        from anthropic.types.message_create_params import MessageCreateParamsNonStreaming
        from pydantic import TypeAdapter
    except ImportError:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        adapter = TypeAdapter(MessageCreateParamsNonStreaming)
    # `messages` is an Iterable: it is checked as it is read.
    return lambda: list(adapter.validate_python(request)["messages"])


def schema() -> dict[str, Any]:
    """The shape of messages and tools, and nothing of what they say."""
    text = {"type": "string"}
    block = {"type": "object", "required": ["type"], "properties": {"type": text, "text": text, "id": text}}
    message = {
        "type": "object",
        "required": ["role", "content"],
        "properties": {
            "role": {"enum": ["user", "assistant"]},
            "content": {"anyOf": [text, {"type": "array", "items": block}]},
        },
    }
    entry = {"type": "object", "required": ["name", "input_schema"]}
    properties = {
        "model": text,
        "max_tokens": {"type": "integer", "minimum": 1},
        "messages": {"type": "array", "minItems": 1, "items": message},
        "tools": {"type": "array", "items": entry},
    }
    return {"type": "object", "required": ["model", "max_tokens", "messages"], "properties": properties}


def by_jsonschema(request: dict[str, Any]) -> Callable[[], object] | None:
    try:
        import jsonschema
    except ImportError:
        return None
    checker = jsonschema.Draft202012Validator(schema())
    return lambda: list(checker.iter_errors(request))


def by_jsonschema_rs(request: dict[str, Any]) -> Callable[[], object] | None:
    try:
        import jsonschema_rs
    except ImportError:
        return None
    checker = jsonschema_rs.validator_for(schema())
    return lambda: list(checker.iter_errors(request))


def times(title: str, request: dict[str, Any]) -> dict[str, float]:
    body = json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode()
    candidates: dict[str, Callable[[], object]] = {
        "json.loads(bytes)": lambda: json.loads(body),
        "validate(bytes)": lambda: holdoff.validate(body),
        "json.dumps(dict)": lambda: json.dumps(request),
        "validate(dict)": lambda: holdoff.validate(request),
    }
    peers = {
        "pydantic, SDK's types": by_pydantic(request),
        "jsonschema, shape alone": by_jsonschema(request),
        "jsonschema-rs, shape alone": by_jsonschema_rs(request),
    }
    for name, peer in peers.items():
        if peer is not None:
            candidates[name] = peer
    measured = measure(candidates)
    print(f"\n{title}, {len(body):,} bytes, {len(holdoff.validate(body))} findings")
    for name, value in measured.items():
        print(f"  {name:<28} {value / 1_000:>12.1f} us")
    return measured


#: The most memory a process has held, read before and after one check of a text that is its only large object.
CHECK_ONE = """
import pathlib, re, sys
import holdoff

def most():
    # Not `getrusage`, which counts what the parent held.
    return int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) * 1_024

body = pathlib.Path(sys.argv[1]).read_bytes()
holdoff.validate(b"{}")
before = most()
holdoff.validate(body)
print(most() - before)
"""


def memory(request: dict[str, Any]) -> float | None:
    """Megabytes that a check of its text takes beside the text; None where the system does not tell."""
    if not pathlib.Path("/proc/self/status").exists():
        return None
    with tempfile.TemporaryDirectory() as directory:
        body = pathlib.Path(directory, "body.json")
        body.write_text(json.dumps(request), encoding="utf-8")
        ran = subprocess.run([sys.executable, "-c", CHECK_ONE, str(body)], check=True, capture_output=True, text=True)
    return int(ran.stdout) / 1e6


def main() -> None:
    source = random.Random(24)
    small, large = chat(source), picture(source)
    kept = memory(large)
    few = times("a chat", small)
    many = times("a chat with an image", large)
    print()
    judge("20 kB, validate(bytes) / json.loads", few["validate(bytes)"] / few["json.loads(bytes)"], 1 / 2)
    judge("20 MB, validate(bytes) / json.loads", many["validate(bytes)"] / many["json.loads(bytes)"], 1 / 8)
    judge("20 kB, validate(dict) / json.dumps", few["validate(dict)"] / few["json.dumps(dict)"], 1 / 4)
    judge("20 MB, validate(dict), ms", many["validate(dict)"] / 1e6, 5.0)
    if kept is not None:
        judge("20 MB, memory beside the text, MB", kept, 1.0)


if __name__ == "__main__":
    main()

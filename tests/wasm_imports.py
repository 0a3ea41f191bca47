"""Fails when a wasm module imports anything: the core takes time and randomness as arguments and needs nothing else.

usage: python tests/wasm_imports.py MODULE.wasm
"""

from __future__ import annotations

import sys


def leb128(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def imports(data: bytes) -> list[str]:
    """Names of a module's imports, as `module.name`. Source: WebAssembly core specification, §5.5.5."""
    if data[:4] != b"\0asm":
        raise SystemExit("not a wasm module")
    at, found = 8, []
    while at < len(data):
        section, at = data[at], at + 1
        size, at = leb128(data, at)
        if section == 2:
            count, here = leb128(data, at)
            for _ in range(count):
                names = []
                for _ in range(2):
                    length, here = leb128(data, here)
                    names.append(data[here : here + length].decode())
                    here += length
                found.append(".".join(names))
                kind, here = data[here], here + 1
                if kind == 0:
                    _, here = leb128(data, here)
                else:
                    raise SystemExit(f"{found[-1]}: an import that is no function")
        at += size
    return found


def main() -> None:
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    found = imports(data)
    if found:
        raise SystemExit("the core imports from its host: " + ", ".join(found))
    print(f"{len(data)} bytes of wasm, no import")


if __name__ == "__main__":
    main()

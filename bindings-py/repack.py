"""Packs wheels anew: the same files, as small as deflate allows. What maturin writes is 6 % larger.

usage: python bindings-py/repack.py WHEEL...
"""

from __future__ import annotations

import io
import pathlib
import sys
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import zopfli


def read(wheel: bytes) -> list[tuple[ZipInfo, bytes]]:
    with ZipFile(io.BytesIO(wheel)) as files:
        return [(info, files.read(info)) for info in files.infolist()]


def archive(files: list[tuple[ZipInfo, bytes]]) -> bytes:
    packed = io.BytesIO()
    with zopfli.ZipFile(packed, "w", ZIP_DEFLATED) as wheel:
        for info, data in files:
            wheel.writestr(info, data)
    return packed.getvalue()


def main() -> None:
    for path in map(pathlib.Path, sys.argv[1:]):
        before = path.read_bytes()
        files = read(before)
        after = archive(files)
        kept = [(info.filename, info.external_attr, data) for info, data in read(after)]
        if kept != [(info.filename, info.external_attr, data) for info, data in files]:
            raise SystemExit(f"{path.name}: other files came out than went in")
        path.write_bytes(after)
        print(f"{path.name}: {len(before) / 1000:.0f} kB, now {len(after) / 1000:.0f} kB")


if __name__ == "__main__":
    main()

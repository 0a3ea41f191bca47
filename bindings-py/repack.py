"""Packs wheels anew: the same files, as small as deflate allows. What maturin writes is 7 % larger.

usage: python bindings-py/repack.py WHEEL...

The module `zipfile` cannot choose its compressor, so the archive is written here. Source: APPNOTE.TXT of PKWARE, §4.3.
"""

from __future__ import annotations

import io
import pathlib
import struct
import sys
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import zopfli.zlib

UTF8_NAME = 0x800
VERSION_NEEDED = 20


def compressed(data: bytes) -> tuple[int, bytes]:
    """The method and the bytes of an entry."""
    # Without the two bytes before and the four behind that make a zlib stream of it.
    deflated = zopfli.zlib.compress(data)[2:-4]
    return (ZIP_DEFLATED, deflated) if len(deflated) < len(data) else (ZIP_STORED, data)


def archive(files: list[tuple[ZipInfo, bytes]]) -> bytes:
    entries, directory = bytearray(), bytearray()
    for info, data in files:
        method, body = compressed(data)
        name = info.filename.encode()
        year, month, day, hour, minute, second = info.date_time
        time, date = hour << 11 | minute << 5 | second // 2, year - 1980 << 9 | month << 5 | day
        sizes = (info.CRC, len(body), len(data), len(name), 0)
        header = struct.pack("<5H3L2H", VERSION_NEEDED, UTF8_NAME, method, time, date, *sizes)
        made_by = struct.pack("<2B", info.create_version, info.create_system)
        place = struct.pack("<3H2L", 0, 0, info.internal_attr, info.external_attr, len(entries))
        entries += b"PK\3\4" + header + name + body
        directory += b"PK\1\2" + made_by + header + place + name
    count = len(files)
    end = struct.pack("<4H2LH", 0, 0, count, count, len(directory), len(entries), 0)
    return bytes(entries + directory + b"PK\5\6" + end)


def read(wheel: io.BytesIO) -> list[tuple[ZipInfo, bytes]]:
    with ZipFile(wheel) as files:
        return [(info, files.read(info)) for info in files.infolist()]


def main() -> None:
    for path in map(pathlib.Path, sys.argv[1:]):
        before = path.read_bytes()
        files = read(io.BytesIO(before))
        after = archive(files)
        kept = [(info.filename, info.external_attr, data) for info, data in read(io.BytesIO(after))]
        if kept != [(info.filename, info.external_attr, data) for info, data in files]:
            raise SystemExit(f"{path.name}: other files came out than went in")
        path.write_bytes(after)
        print(f"{path.name}: {len(before) / 1000:.0f} kB, now {len(after) / 1000:.0f} kB")


if __name__ == "__main__":
    main()

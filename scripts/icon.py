"""Draws src/icon.png, the packages' icon: two half-moons of points, one of them generated. Usage: scripts/icon.py"""

import math
import pathlib
import struct
import zlib

SIZE, FINE = 128, 4
BACK, REAL, GENERATED = (24, 32, 56), (120, 170, 255), (255, 160, 80)


def points():
    for i in range(12):
        angle = math.pi * (i + 0.5) / 12
        yield 50 + 34 * math.cos(angle), 72 - 34 * math.sin(angle), REAL
        yield 78 + 34 * math.cos(angle), 56 + 34 * math.sin(angle), GENERATED


def colour(x, y):
    for px, py, of in DOTS:
        if (x - px) ** 2 + (y - py) ** 2 < 4.2 ** 2:
            return of
    return BACK


DOTS = list(points())
rows = bytearray()
for y in range(SIZE):
    rows.append(0)  # no filter
    for x in range(SIZE):
        fine = [colour(x + (i + 0.5) / FINE, y + (j + 0.5) / FINE) for i in range(FINE) for j in range(FINE)]
        rows += bytes(round(sum(c[k] for c in fine) / len(fine)) for k in range(3))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + chunk(b"IEND", b"")
(pathlib.Path(__file__).parent.parent / "src" / "icon.png").write_bytes(png)

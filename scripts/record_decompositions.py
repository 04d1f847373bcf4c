#!/usr/bin/env python3
"""Writes src/Primitives/decompositions.txt: Unicode's canonical decompositions of one step, a line each (a character and what it consists of), without Hangul,
whose are computed, and without the ideographs that are kept for other standards' sake only."""
import pathlib
import unicodedata

lines = []
for code in range(0xC0, 0x10000):
    parts = unicodedata.decomposition(chr(code))
    if parts and not parts.startswith("<") and not 0xAC00 <= code <= 0xD7A3 and not 0xF900 <= code <= 0xFAFF:
        lines.append(f"{code:04X} {parts}\n")
target = pathlib.Path(__file__).parent.parent / "src" / "Primitives" / "decompositions.txt"
target.write_text("".join(lines), encoding="ascii")
print(f"{len(lines)} decompositions of Unicode {unicodedata.unidata_version}: {target}")

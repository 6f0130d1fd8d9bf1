"""Makes a picture of a page smaller: 256 colours instead of millions, which no reader misses."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
CHANNELS = {2: 3, 6: 4}
"""Colour type of a PNG file (RGB, RGBA) → bytes of a pixel."""
PALETTE = 3
BITS = 8
SUB, UP, AVERAGE = 1, 2, 3
"""The filters of a row, beside none (0) and Paeth (4)."""


def smaller(png: bytes) -> bytes:
    """Return a picture that Chromium wrote with a palette; its transparency is dropped."""
    width, height, pixels = decoded(png)
    counts = Counter(pixels)
    palette = [colour for colour, _ in counts.most_common(COLOURS)]
    index = {colour: at for at, colour in enumerate(palette)}
    for colour in counts.keys() - index.keys():
        index[colour] = nearest(colour, palette)
    indices = bytes(map(index.__getitem__, pixels))
    rows = (indices[start : start + width] for start in range(0, len(indices), width))
    return SIGNATURE + b"".join(
        (
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, BITS, PALETTE, 0, 0, 0)),
            chunk(b"PLTE", b"".join(palette)),
            chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)),
            chunk(b"IEND", b""),
        )
    )


def decoded(png: bytes) -> tuple[int, int, list[bytes]]:
    """Return width, height and pixels (three bytes each); raises ValueError for another kind."""
    chunks = list(chunks_of(png))
    width, height, depth, kind, *_, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if depth != BITS or kind not in CHANNELS or interlaced:
        raise ValueError("Only pictures as Chromium writes them are understood.")
    size = CHANNELS[kind]
    raw = zlib.decompress(b"".join(data for name, data in chunks if name == b"IDAT"))
    stride = width * size
    row, pixels = bytearray(stride), []
    for start in range(0, height * (stride + 1), stride + 1):
        row = unfiltered(raw[start], raw[start + 1 : start + 1 + stride], row, size)
        pixels += [bytes(row[at : at + 3]) for at in range(0, stride, size)]
    return width, height, pixels


def unfiltered(kind: int, line: bytes, above: bytearray, size: int) -> bytearray:
    """Return a row as it was before its filter: none, sub, up, average or Paeth."""
    row = bytearray(line)
    for at, value in enumerate(row if kind else b""):
        left, corner = (row[at - size], above[at - size]) if at >= size else (0, 0)
        up = above[at]
        if kind == SUB:
            guess = left
        elif kind == UP:
            guess = up
        elif kind == AVERAGE:
            guess = (left + up) // 2
        else:
            guess = paeth(left, up, corner)
        row[at] = (value + guess) & 255
    return row


def paeth(left: int, up: int, corner: int) -> int:
    """Return the one of the three that is nearest to left + up - corner, the first of equals."""
    to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if to_left <= to_up and to_left <= to_corner:
        return left
    return up if to_up <= to_corner else corner


def nearest(colour: bytes, palette: list[bytes]) -> int:
    return min(
        range(len(palette)),
        key=lambda at: sum((a - b) ** 2 for a, b in zip(colour, palette[at], strict=True)),
    )


def chunks_of(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        yield name, png[at + 8 : at + 8 + length]
        at += length + 12


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), name) + data + struct.pack(">I", zlib.crc32(name + data))

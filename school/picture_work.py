"""How much work a picture asks of whoever decodes it, seen before that is done.

The number of pixels does not say it: a JPEG may go over all of them in a million scans of ten bytes
each, or be cut into a million parts. Decoders set no limit, so a small file could hold one for
minutes. No camera writes more than a few dozen scans, and a few thousand parts.
"""

import re

MOST_SCANS = 100
MOST_PARTS = 20_000
"""Chunks of a PNG; segments of a JPEG, and bytes between those of its head."""
JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)
"""Of a segment; what a scan holds has none, since a zero follows each byte like it there."""
START_OF_SCAN, END = 0xDA, 0xD9
ALONE = {0x01, 0xD8, END}
FIRST = 0xC0
"""Below it no marker is in use, so that no length follows."""
LENGTH, CHUNK = 2, 12


def jpeg_scans(file: bytes) -> int:
    """Return how many scans a JPEG has. Raises ValueError for too many of them, or of parts."""
    at, parts, scans = len(JPEG), 0, 0
    while found := MARKER.search(file, at):
        code = found[1][0]
        parts += 1 if scans else 1 + found.start() - at
        scans += code == START_OF_SCAN
        if parts > MOST_PARTS or scans > MOST_SCANS:
            raise ValueError("This JPEG asks too much work of its decoder.")
        at = found.end()
        if code == END:
            break
        if code >= FIRST and code not in ALONE:
            at += max(int.from_bytes(file[at : at + LENGTH]), LENGTH)
    return scans


def check_work(file: bytes) -> None:
    """Raise ValueError for a JPEG or PNG that asks too much work."""
    if file.startswith(JPEG):
        jpeg_scans(file)
    elif file.startswith(PNG):
        _check_chunks(file)


def _check_chunks(file: bytes) -> None:
    at = len(PNG)
    for _part in range(MOST_PARTS):
        if at >= len(file):
            return
        at += CHUNK + int.from_bytes(file[at : at + 4])
    raise ValueError("This PNG has too many chunks.")

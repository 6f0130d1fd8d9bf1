"""Small files that would keep a server busy for minutes, or take all of its memory."""

import time
import zlib
from io import BytesIO

import pytest
from PIL import Image

from homevisits.photo_image import MOST_PIXELS, drawn_photo
from homevisits.tests.pictures import encoded
from school.picture_work import MOST_PARTS, MOST_SCANS, jpeg_scans
from workflow.errors import NotNow

pytestmark = pytest.mark.once

SIDE = (1000, 1000)
SQUARE = Image.new("RGB", SIDE, "teal")
START_OF_SCAN, START_OF_FRAME = b"\xff\xda", b"\xff\xc0"
ALL_OF_ONE_COLOUR = b"\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x00"
"""A scan without a body: its decoder goes over each block of the picture all the same."""
EMPTY_CHUNK = bytes(4) + b"vpAg" + zlib.crc32(b"vpAg").to_bytes(4)


def scanned(times: int) -> bytes:
    file = encoded(Image.new("L", SIDE), progressive=True)
    return file[:-2] + ALL_OF_ONE_COLOUR * times + file[-2:]


def in_three_scans(width: int, height: int) -> bytes:
    """Return a JPEG that is not progressive, whose colours come one after the other."""
    file = encoded(Image.new("RGB", (16, 16)), subsampling=0)
    at, size = file.index(START_OF_FRAME) + 5, height.to_bytes(2) + width.to_bytes(2)
    head = file[:at] + size + file[at + 4 : file.index(START_OF_SCAN)]
    tables = ((1, 0x00), (2, 0x11), (3, 0x11))
    scans = (b"\xff\xda\x00\x08\x01%c%c\x00\x3f\x00" % each for each in tables)
    return head + b"".join(scans) + b"\xff\xd9"


def after_head(kind: str, more: bytes) -> bytes:
    file, head = encoded(Image.new("RGB", (16, 16)), kind), {"JPEG": 2, "PNG": 33}[kind]
    return file[:head] + more + file[head:]


HEAVY = {
    "a scan too many": scanned(MOST_SCANS),
    "a million scans": scanned(1_000_000),
    "a JPEG of a million segments": after_head("JPEG", b"\xff\xef\x00\x02" * 1_000_000),
    "a JPEG with padding": after_head("JPEG", b"\xff" * 10_000_000),
    "a PNG of a million chunks": after_head("PNG", EMPTY_CHUNK * 1_000_000),
    "a large picture that is read whole": in_three_scans(8000, MOST_PIXELS // 8000),
}


@pytest.mark.parametrize("file", HEAVY.values(), ids=HEAVY)
def test_a_file_that_asks_too_much_work_is_refused_before_it_is_decoded(file: bytes) -> None:
    began = time.process_time()
    with pytest.raises(NotNow):
        drawn_photo(BytesIO(file), len(file))
    assert time.process_time() - began < 1


GOOD = {
    "scans that are few": (scanned(20), SIDE),
    "colours one after the other": (in_three_scans(64, 48), (64, 48)),
    "what follows the end of a picture": (encoded(SQUARE) + START_OF_SCAN * 1000, SIDE),
    "a preview with scans of its own": (
        after_head("JPEG", b"\xff\xe1\x03\xea" + START_OF_SCAN * 500),
        (16, 16),
    ),
    "marks to begin anew after each block": (encoded(SQUARE, restart_marker_blocks=1), SIDE),
    "many chunks": (after_head("PNG", EMPTY_CHUNK * (MOST_PARTS // 2)), (16, 16)),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_file_as_cameras_and_programs_write_it_is_drawn(name: str) -> None:
    file, size = GOOD[name]
    drawn = drawn_photo(BytesIO(file), len(file))
    assert (drawn.width, drawn.height) == size


def test_scans_cannot_be_hidden_from_the_count() -> None:
    """An end that stands within a segment ends nothing; neither does a mark nobody knows."""
    comment = b"\xff\xfe\x00\x04\xff\xd9"
    file = encoded(SQUARE)[:-2] + comment + b"\xff\x10" + ALL_OF_ONE_COLOUR * MOST_SCANS
    with pytest.raises(ValueError, match="work"):
        jpeg_scans(file)

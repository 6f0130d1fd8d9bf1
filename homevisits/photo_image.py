"""A photo that somebody sends, drawn anew as a picture of our own and a small one.

Nothing of the file itself is kept: not where and when it was taken, nor what may be hidden in it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, NamedTuple

from django.utils.translation import gettext as _
from PIL import Image

from school.logo_image import UNREADABLE
from school.picture_work import check_work, jpeg_scans
from workflow.errors import Busy, NotNow

FORMATS = ("JPEG", "PNG", "WEBP")
JPEGS = {"JPEG", "MPO"}
"""Some cameras put several pictures into one JPEG: the first is the photo."""
MOST_BYTES = 15 * 2**20
MOST_PIXELS = 64_000_000
"""Of a JPEG that is read at a fraction of its size: a phone's largest setting has 50 million.

One of several scans is not: its decoder keeps all of it until the last scan.
"""
MOST_AT_ONCE = {"JPEG": 16_000_000, "PNG": 12_000_000, "WEBP": 8_000_000}
"""Of a file that must be read whole: its decoder takes 7, 12 or 22 bytes for each pixel."""
WIDEST, SMALL = 1600, 320
CONTENT_TYPE = "image/webp"
ORIENTATION = 0x0112
T = Image.Transpose
UPRIGHT = {
    2: T.FLIP_LEFT_RIGHT,
    3: T.ROTATE_180,
    4: T.FLIP_TOP_BOTTOM,
    5: T.TRANSPOSE,
    6: T.ROTATE_270,
    7: T.TRANSVERSE,
    8: T.ROTATE_90,
}
"""Orientation in EXIF → what makes the picture upright."""
HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"mif1", b"msf1", b"avif")
ONE_AT_A_TIME = threading.Lock()
"""Two threads of a process do not hold two large pictures at once."""
LONGEST_WAIT = 3
"""Seconds for a turn; longer, and all threads of a process may stand and wait for one picture."""
SIXTEEN_BITS = 256
HEAD = 12


class DrawnPhoto(NamedTuple):
    picture: bytes
    small: bytes
    width: int
    height: int


def drawn_photo(file: IO[bytes], size: int) -> DrawnPhoto:
    """Return the picture of a file of `size` bytes as WebP. Raises NotNow with what to do, Busy."""
    if size > MOST_BYTES:
        raise NotNow(
            _("This photo is larger than %(mb)s MB. Choose a smaller size in the camera.")
            % {"mb": MOST_BYTES // 2**20}
        )
    file.seek(0)
    head = file.read(HEAD)
    if head[4:8] == b"ftyp" and head[8:12] in HEIC:
        raise NotNow(
            _(
                "This photo is HEIC, a format of iPhones. Open Settings, Camera, Formats and "
                "choose “Most Compatible”, then take it again; or send a screenshot of it."
            )
        )
    file.seek(0)
    content = file.read()
    try:
        check_work(content)
        with _turn(), Image.open(BytesIO(content), formats=FORMATS) as image:
            _check_size(image, content)
            return _drawn(image)
    except UNREADABLE:
        raise NotNow(_("This is no photo that can be read: send a JPEG, PNG or WebP.")) from None


@contextmanager
def _turn() -> Iterator[None]:
    if not ONE_AT_A_TIME.acquire(timeout=LONGEST_WAIT):
        raise Busy(_("Another photo is being stored just now. Send this one again in a moment."))
    try:
        yield
    finally:
        ONE_AT_A_TIME.release()


def _check_size(image: Image.Image, content: bytes) -> None:
    is_jpeg = image.format in JPEGS
    is_read_in_part = is_jpeg and jpeg_scans(content) == 1 and not image.info.get("progressive")
    whole = MOST_AT_ONCE["JPEG" if is_jpeg else image.format or ""]
    most = MOST_PIXELS if is_read_in_part else whole
    if image.width * image.height > most:
        raise NotNow(
            _("This photo has too many pixels (%(width)s × %(height)s). Take it smaller.")
            % {"width": image.width, "height": image.height}
        )


def _drawn(image: Image.Image) -> DrawnPhoto:
    orientation = _orientation(image)
    if image.format in JPEGS:
        image.draft("RGB", (WIDEST, WIDEST))
    image.load()
    reduced = _in_colours(image)
    reduced.thumbnail((WIDEST, WIDEST))
    if orientation in UPRIGHT:
        reduced = reduced.transpose(UPRIGHT[orientation])
    fresh = Image.new("RGB", reduced.size, "white")
    fresh.paste(reduced, mask=reduced.getchannel("A") if reduced.mode == "RGBA" else None)
    small = fresh.copy()
    small.thumbnail((SMALL, SMALL))
    return DrawnPhoto(_as_webp(fresh, 80), _as_webp(small, 70), *fresh.size)


def _orientation(image: Image.Image) -> int:
    """Return how the camera was held; 1, upright, if that cannot be read."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except (*UNREADABLE, AttributeError):
        return 1


def _in_colours(image: Image.Image) -> Image.Image:
    """Return the picture in RGB, or in RGBA if a part of it is clear."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda v: v / SIXTEEN_BITS).convert("L").convert("RGB")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _as_webp(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()

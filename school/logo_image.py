"""A logo that somebody sends, drawn anew as a small picture of our own.

Nothing of the file itself is kept: not its comments, its place or camera, nor what may be hidden
behind the picture.
"""

import struct
import zlib
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from school.picture_work import check_work
from workflow.errors import NotNow

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 5 * 2**20
MOST_PIXELS = 25_000_000
"""Of the file; as many take 100 MB of memory while they are read."""
WIDEST = 400
"""Pixels: papers print a logo 2 cm wide, so that is 500 dots to an inch."""
CONTENT_TYPE = "image/webp"
UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    OverflowError,
    ZeroDivisionError,
    MemoryError,
    zlib.error,
    struct.error,
    Image.DecompressionBombError,
)
"""What Pillow raises for files that are torn, or made to hurt."""


def drawn_logo(file: bytes) -> bytes:
    """Return the picture of a file as WebP. Raises NotNow with the reason."""
    if len(file) > MOST_BYTES:
        raise NotNow(_("The file is larger than %(mb)s MB.") % {"mb": MOST_BYTES // 2**20})
    try:
        check_work(file)
        with Image.open(BytesIO(file), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotNow(
                    _("The picture has too many pixels (%(width)s × %(height)s). Make it smaller.")
                    % {"width": image.width, "height": image.height}
                )
            return _drawn(image)
    except UNREADABLE:
        raise NotNow(
            _(
                "This is no PNG, JPEG or WebP picture that can be read. Save an SVG, PDF or Word "
                "file as PNG first."
            )
        ) from None


def _drawn(image: Image.Image) -> bytes:
    image.draft("RGB", (2 * WIDEST, 2 * WIDEST))
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((WIDEST, WIDEST))
    fresh = Image.new("RGBA", upright.size, (255, 255, 255, 0))
    fresh.paste(upright, (0, 0))
    out = BytesIO()
    fresh.save(out, "WEBP", quality=90)
    return out.getvalue()

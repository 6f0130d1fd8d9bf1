"""Pictures and photos for tests."""

from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from PIL import Image

from homevisits.models import Photo, Visit
from homevisits.photo_image import drawn_photo
from homevisits.workflow import add_photo
from school.models import User


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


JPEG = encoded(Image.new("RGB", (40, 30), "teal"))
DRAWN = drawn_photo(BytesIO(JPEG), len(JPEG))


def photo_of(visit: Visit, by: User, *, key: UUID | None = None, caption: str = "") -> Photo:
    return add_photo(visit, by=by, key=key or uuid4(), drawn=DRAWN, caption=caption)

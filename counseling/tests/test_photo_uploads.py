"""What people send as photos: nothing unsafe is stored, no good one is refused, never a 500."""

import os
import random
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cases.tests import factories as cases
from counseling.tests.uploads import HIDING, MARK, NO_PHOTO, Sent, good, hostile, picture
from homevisits.models import Photo
from homevisits.photo_image import WIDEST
from homevisits.tests import factories as visits
from school.tests.cast import small_school
from workflow.submits import FIELD
from workflow.tests.browser_free import rolled_back, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
HOSTILE = 396 if IS_LONG else len(NO_PHOTO) + len(HIDING)
GOOD = 126 if IS_LONG else 9
LIMIT = 300 * 2**20
"""Bytes that a process may take with the largest pictures."""


@pytest.fixture
def upload(settings: Any, tmp_path: Path) -> Any:
    """Return a function that sends a file as a counselor does: its status and what was stored."""
    settings.MEDIA_ROOT = tmp_path
    cast = small_school()
    visit = visits.scheduled_visit(cases.direct_case(cast), cast.bk, cast.principal)
    client = signed_in(cast.bk)

    def send(sent: Sent) -> tuple[int, list[bytes]]:
        url = reverse("homevisits:add_photo", args=[visit.pk, uuid4()])
        file = SimpleUploadedFile("x.jpg", sent.content, "image/jpeg")
        file._name = sent.name  # type: ignore[attr-defined]  (as it comes, before Django mends it)
        with rolled_back():
            data = {FIELD: str(uuid4()), "file": file}
            answer = client.post(url, data, headers={"accept": "application/json"})
            rows = Photo.objects.count()
        stored = [path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()]
        assert len(stored) == 2 * rows, sent.kind
        for path in tmp_path.rglob("*.webp"):
            path.unlink()
        return answer.status_code, stored

    return send


def why_unsafe(content: bytes) -> str:
    """Return what is wrong with a stored file; empty if nothing is."""
    if MARK in content or b"<script" in content:
        return "a part of the file that was sent"
    with Image.open(BytesIO(content)) as image:
        image.load()
        if image.format != "WEBP" or getattr(image, "n_frames", 1) != 1:
            return f"{image.format}"
        if max(image.size) > WIDEST:
            return f"{image.size}"
        if {"exif", "xmp", "icc_profile", "comment"} & image.info.keys() or image.getexif():
            return "metadata"
    chunks = {b"EXIF", b"XMP ", b"ICCP", b"ANIM"}
    return "a chunk of metadata" if any(name in content[:64] for name in chunks) else ""


def test_nothing_of_a_hostile_file_is_stored_and_none_breaks_the_page(
    upload: Any, record_property: Any
) -> None:
    unsafe, broken, taken = [], [], []
    for sent in hostile(random.Random(8), HOSTILE):
        status, stored = upload(sent)
        if status not in {200, 409}:
            broken.append((sent.kind, status))
        if sent.must_fail and stored:
            taken.append(sent.kind)
        unsafe += [(sent.kind, why) for content in stored if (why := why_unsafe(content))]
    record_property("hostile photos", HOSTILE)
    record_property("unsafe photos stored", len(unsafe) + len(taken))
    record_property("hostile photos that broke the page", len(broken))
    assert (unsafe, taken, broken) == ([], [], [])


def test_no_good_photo_is_refused(upload: Any, record_property: Any) -> None:
    refused, unsafe = [], []
    for sent in good(random.Random(9), GOOD):
        status, stored = upload(sent)
        if status != 200 or len(stored) != 2:
            refused.append((sent.kind, status))
        unsafe += [(sent.kind, why) for content in stored if (why := why_unsafe(content))]
    record_property("good photos", GOOD)
    record_property("good photos refused", len(refused))
    assert (refused, unsafe) == ([], [])


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photo_stands_upright_however_the_camera_was_held(upload: Any, turn: int) -> None:
    """A picture whose upper left corner is dark comes out with that corner there."""
    upright = Image.new("RGB", (80, 60), "white")
    upright.paste("black", (0, 0, 30, 20))
    turns = Image.Transpose
    held = {
        1: None,
        2: turns.FLIP_LEFT_RIGHT,
        3: turns.ROTATE_180,
        4: turns.FLIP_TOP_BOTTOM,
        5: turns.TRANSPOSE,
        6: turns.ROTATE_90,
        7: turns.TRANSVERSE,
        8: turns.ROTATE_270,
    }[turn]
    exif = Image.Exif()
    exif[0x0112] = turn
    out = BytesIO()
    (upright if held is None else upright.transpose(held)).save(out, "JPEG", exif=exif, quality=95)
    _status, stored = upload(Sent("turned", "a.jpg", out.getvalue()))
    for content in stored:
        with Image.open(BytesIO(content)) as image:
            assert image.size == (80, 60)
            assert [image.getpixel(at)[0] < 60 for at in ((5, 5), (75, 5), (5, 55))] == [
                True,
                False,
                False,
            ]


LARGEST = {
    "PNG with a clear part": ("RGBA", (3464, 3464), "PNG", {"compress_level": 1}),
    "PNG of 16 bits": ("I;16", (3464, 3464), "PNG", {"compress_level": 1}),
    "WebP": ("RGBA", (2828, 2828), "WEBP", {"method": 0, "quality": 20}),
    "progressive JPEG": ("RGB", (4000, 4000), "JPEG", {"progressive": True, "quality": 40}),
    "JPEG of the largest phone": ("RGB", (8000, 8000), "JPEG", {"quality": 20}),
}
READS = """
import re, sys
import django
django.setup()
from homevisits.photo_image import drawn_photo
with open(sys.argv[1], "rb") as file:
    drawn_photo(file, 1)
with open("/proc/self/status") as status:
    print(re.search(r"VmHWM:\\s+([0-9]+) kB", status.read())[1])
"""


@pytest.mark.parametrize("kind", LARGEST if IS_LONG else list(LARGEST)[:1])
def test_the_largest_pictures_take_less_than_300_mb(
    kind: str, tmp_path: Path, record_property: Any
) -> None:
    mode, size, form, options = LARGEST[kind]
    soft = picture(random.Random(1), "L", (200, 200)).resize(size)
    image = Image.merge(mode, [soft] * len(mode)) if mode.startswith("RGB") else soft.convert(mode)
    path = tmp_path / "large"
    image.save(path, form, **options)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "counseling.settings_test"}
    read = subprocess.run(
        [sys.executable, "-c", READS, str(path)],
        env=environment,
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    peak = int(read.stdout) * 1024
    record_property(f"MB of memory for a {kind}", peak // 2**20)
    assert peak < LIMIT

"""The school's profile, letterhead with logos, and letter numbers."""

import struct
import zlib
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from PIL import Image, PngImagePlugin

from school.logo_image import MOST_BYTES, drawn_logo
from school.models import LetterNumber, Logo, SchoolProfile
from school.models.letters import LetterKind
from school.tests import factories as make
from school.tests.cast import small_school
from workflow.clock import day_start, still_at
from workflow.errors import NotNow
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast():
    return small_school(1)


def page_of(file):
    return Image.open(BytesIO(drawn_logo(file)))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def huge_png(width, height):
    """Return a small file that says it is a huge picture."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


def talkative_png():
    """Return a picture whose comment unpacks to 20 MB."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "a" * 20_000_000, zip=True)
    return make.picture("PNG", pnginfo=info)


EMPTY_SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x00"
HOSTILE = {
    "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a PDF": b"%PDF-1.7\n1 0 obj<<>>endobj",
    "a GIF": make.picture("GIF"),
    "a TIFF": make.picture("TIFF"),
    "nothing": b"",
    "half a PNG": make.picture("PNG", (300, 300))[:200],
    "half a JPEG": make.picture("JPEG", (300, 300))[:400],
    "half a WebP": make.picture("WEBP", (300, 300))[:40],
    "a head without a body": make.picture("PNG")[:33],
    "a bomb of pixels": huge_png(60_000, 60_000),
    "a line of pixels": huge_png(30_000_000, 1),
    "a comment that unpacks to 20 MB": talkative_png(),
    "too many bytes": make.picture("PNG") + bytes(MOST_BYTES),
    "a million scans": make.picture("JPEG", progressive=True)[:-2] + EMPTY_SCAN * 400_000,
}


@pytest.mark.parametrize("file", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_small_picture_is_refused_in_words(file):
    with pytest.raises(NotNow):
        drawn_logo(file)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_a_small_webp(kind):
    drawn = page_of(make.picture(kind, (1200, 600)))
    assert (drawn.format, drawn.size) == ("WEBP", (400, 200))


def test_a_small_picture_keeps_its_size():
    assert page_of(make.picture("PNG", (40, 30))).size == (40, 30)


def test_nothing_but_the_picture_is_kept_of_a_file():
    exif = Image.Exif()
    exif[0x010E] = "RUMAH-SISWA"
    exif[0x8825] = {1: "S", 2: (7.0, 12.0, 3.0)}
    file = (
        make.picture("JPEG", exif=exif, comment=b"RAHASIA") + b"PK\x03\x04<script>alert(1)</script>"
    )
    drawn = drawn_logo(file)
    for hidden in (b"RUMAH-SISWA", b"RAHASIA", b"PK\x03\x04", b"<script>", b"EXIF", b"Exif"):
        assert hidden not in drawn


def test_a_picture_that_lies_on_its_side_is_turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert page_of(make.picture("JPEG", (40, 20), exif=exif)).size == (20, 40)


def test_a_clear_background_stays_clear():
    out = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert page_of(out.getvalue()).convert("RGBA").getpixel((5, 5))[3] == 0


def upload(user, file, name="logo.png", side="kiri"):
    sent = {"file": SimpleUploadedFile(name, file), "side": side}
    return post(signed_in(user), "/sekolah/kop/logo/", sent)


def test_an_uploaded_logo_is_on_the_letterhead_and_everybody_can_load_it(cast):
    upload(cast.operator, make.picture())
    logo = Logo.objects.get()
    school = SchoolProfile.objects.get()
    assert (school.left_logo, school.right_logo) == (logo, None)
    drawn = render_to_string("components/letterhead.html", {"school": school})
    assert f'src="/sekolah/logo/{logo.pk}/"' in drawn
    page = signed_in(cast.guru).get(f"/sekolah/logo/{logo.pk}/")
    assert (page.headers["Content-Type"], page.content[:4]) == ("image/webp", b"RIFF")
    assert "private" in page.headers["Cache-Control"]


def test_a_file_that_is_no_picture_says_so_and_changes_nothing(cast):
    page = upload(cast.operator, HOSTILE["an SVG"], "logo.svg")
    assert "PNG" in str(next(iter(page.context["messages"])))
    assert not Logo.objects.exists()
    assert SchoolProfile.objects.get().version == 1


def test_a_logo_is_removed_and_the_history_says_so(cast):
    upload(cast.operator, make.picture(), side="kanan")
    client = signed_in(cast.operator)
    post(client, "/sekolah/kop/logo/", {"side": "kanan", "remove": "1"})
    assert SchoolProfile.objects.get().right_logo is None
    (removed, _set, *_first) = client.get("/sekolah/kop/riwayat/").context["edits"]
    assert [d.now for d in removed.differences] == ["–"]


def test_only_two_sides_have_a_logo(cast):
    assert upload(cast.operator, make.picture(), side="tengah").status_code == 200
    assert not Logo.objects.exists()


def test_a_form_without_a_file_says_so(cast):
    page = post(signed_in(cast.operator), "/sekolah/kop/logo/", {"side": "kiri"})
    assert [str(said) for said in page.context["messages"]] == ["Pilih filenya."]


def test_without_logos_a_school_prints_none_and_the_demo_the_drawn_ones():
    for is_demo, pictures in ((False, 0), (True, 2)):
        school = SchoolProfile(name="SMA", is_demo=is_demo)
        drawn = render_to_string("components/letterhead.html", {"school": school})
        assert drawn.count("<img") == pictures


def test_the_preview_shows_what_is_typed(cast):
    client = signed_in(cast.operator)
    typed = {"address": "Jl. <b>Baru</b> 1", "department_line": "Dinas " + "x" * 500}
    html = client.get("/sekolah/kop/contoh/", typed).content.decode()
    assert "Jl. &lt;b&gt;Baru&lt;/b&gt; 1" in html
    assert SchoolProfile.objects.get().address == ""


def test_a_school_without_a_profile_gets_one_with_its_first_save(cast):
    SchoolProfile.objects.all().delete()
    given = {"name": "SMA Baru", "head_title": "Kepala Sekolah", "counseling_room": "Ruang BK"}
    given |= {"time_zone_label": "WITA", "paper_size": "A4", "read_at": 1}
    assert post(signed_in(cast.operator), "/sekolah/profil/", given).status_code == 303
    assert SchoolProfile.objects.get().name == "SMA Baru"


@pytest.mark.parametrize("values", [{"npsn": "12a"}, {"npsn": "123456789"}, {"name": ""}])
def test_what_is_no_profile_is_refused(cast, values):
    client = signed_in(cast.operator)
    initial = client.get("/sekolah/profil/").context["form"].initial
    page = post(client, "/sekolah/profil/", {**initial, **values})
    assert list(page.context["form"].errors) == list(values)


@pytest.mark.parametrize(
    "pattern",
    [
        "422/BK/{tahun}",
        "{urut}/{urut}",
        "{urut}/{bulan}",
        "{urut}/{",
        "}{urut}",
        "{urut}" + "x" * 58,
    ],
)
def test_a_pattern_that_gives_no_number_is_refused(cast, pattern):
    given = {"summons_number_pattern": pattern, "assignment_number_pattern": "{urut}", "read_at": 1}
    given["referral_number_pattern"] = "{urut}"
    page = post(signed_in(cast.operator), "/sekolah/nomor-surat/", given)
    assert list(page.context["form"].errors) == ["summons_number_pattern"]


def test_the_page_says_the_next_number(cast):
    LetterNumber.objects.take(LetterKind.SUMMONS, "422/031/BK/X/2026", date(2026, 10, 4))
    with still_at(day_start(date(2026, 11, 5))):
        page = signed_in(cast.operator).get("/sekolah/nomor-surat/")
    field = page.context["form"].fields["summons_number_pattern"]
    assert "422/032/BK/XI/2026" in field.help_text


def test_a_digit_before_the_running_number_is_not_taken_for_it():
    SchoolProfile.objects.create(pk=1, name="SMA", summons_number_pattern="421.3-{urut}/{tahun}")
    LetterNumber.objects.take(LetterKind.SUMMONS, "421.3-007/2021", date(2021, 10, 4))
    proposed = LetterNumber.objects.proposed(LetterKind.SUMMONS, date(2021, 10, 5))
    assert proposed == "421.3-008/2021"

"""The drafts of a first message: word for word, by the hour, and without any word of the case."""

from datetime import datetime
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from cases.tests import factories as make
from cases.wording import first_messages
from school.models import SchoolProfile, User
from school.tests.cast import small_school
from workflow import clock
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

TO_PARENTS = (
    "Selamat {part}, Bapak/Ibu. Saya Retno Wulandari, Guru BK SMA Negeri 1 Candiroto. Apakah benar "
    "ini nomor orang tua/wali siswa kami? Bila berkenan, kapan saya dapat menghubungi Bapak/Ibu? "
    "Terima kasih."
)
TO_STUDENT = "Selamat {part}. Ini Bu Retno, Guru BK. Kapan bisa bicara sebentar?"


def at(hour: int, minute: int = 0):
    """Return an hour of the school's clock, which is not that of the server."""
    today = datetime(2026, 10, 5, hour, minute, tzinfo=ZoneInfo("Asia/Jakarta"))
    return clock.shifted_to(today)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    ("hour", "minute", "part"),
    [
        *((0, 0, "pagi"), (10, 59, "pagi"), (11, 0, "siang"), (14, 59, "siang")),
        *((15, 0, "sore"), (17, 59, "sore"), (18, 0, "malam"), (23, 59, "malam")),
    ],
)
def test_the_links_of_a_case_carry_these_texts_percent_encoded(hour, minute, part, language):
    cast = small_school()
    User.objects.update(language=language)
    with at(hour, minute):
        case = make.direct_case(cast)
        page = signed_in(cast.bk).get(reverse("cases:case", args=[case.pk])).content.decode()
    links = {part.split('"')[0] for part in page.split("https://wa.me/")[1:]}
    texts = {parse_qs(urlsplit(link).query)["text"][0] for link in links}
    assert texts == {TO_PARENTS.format(part=part), TO_STUDENT.format(part=part)}
    assert not any(sign in link for link in links for sign in " &,'")


def test_names_of_school_and_writer_come_from_the_data():
    cast = small_school()
    SchoolProfile.objects.update(name="MTs Al-Hikmah & Ar-Rahman")
    cast.bk.name, cast.bk.goes_by = "Nur'aini", "Bu Nur"
    drafts = first_messages(cast.bk)
    assert "Saya Nur'aini, Guru BK MTs Al-Hikmah & Ar-Rahman." in drafts.to_parents
    assert "Ini Bu Nur, Guru BK." in drafts.to_student


@pytest.mark.parametrize(
    ("who", "role"),
    [
        *(("bk", "Guru BK"), ("coordinator", "Guru BK"), ("wali", "Wali Kelas X MIPA 3")),
        ("principal", "Kepala Sekolah"),
    ],
)
def test_each_writes_in_the_own_office(who, role):
    drafts = first_messages(getattr(small_school(), who))
    assert f", {role} SMA Negeri 1 Candiroto." in drafts.to_parents
    assert drafts.to_student.split(", ")[1].startswith(f"{role}.")

"""The papers of a visit are in Indonesian, whatever language the reader has chosen."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.tests import factories as cases
from homevisits.tests import factories as make
from homevisits.workflow import cancel, fill_number, reschedule
from school.tests.cast import small_school
from workflow import clock
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast():
    cast = small_school()
    cast.bk.nip, cast.bk.grade_rank, cast.bk.position = "198609262015051001", "Penata", "Guru BK"
    cast.bk.language = "en"
    cast.bk.save()
    return cast


@pytest.fixture
def visit(cast):
    case = cases.direct_case(cast)
    return make.scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.bk, cast.wali])


def text_of(person, visit, name):
    return signed_in(person).get(reverse(f"homevisits:{name}", args=[visit.pk])).content.decode()


def test_the_assignment_letter_names_the_officers_and_is_signed_by_the_principal(cast, visit):
    fill_number(visit, by=cast.bk, number="421.3/031/2021")
    text = text_of(cast.bk, visit, "assignment_letter")
    for words in (
        "Surat Tugas",
        "421.3/031/2021",
        "19860926 201505 1 001",
        "Penata",
        "Agus Santoso",
        visit.case.student.name,
        visit.case.student.address,
        "Kunjungan rumah dalam rangka layanan bimbingan dan konseling",
        "Surat Kesediaan Orang Tua/Wali",
        "Sri Wahyuni",
    ):
        assert words in text
    assert "Melengkapi data" not in text


def test_the_report_has_its_14_rows_and_three_signatures(cast, visit):
    make.save_report(
        visit,
        by=cast.bk,
        values={"outcome": "MET", "met": ["MOTHER"], "topic": "Tidak ikut", "minutes_spent": 45},
        read_at=0,
    )
    make.record(visit, by=cast.bk)
    text = text_of(cast.bk, visit, "report_print")
    assert [f'<td class="n">{number}</td>' in text for number in range(1, 16)] == [True] * 14 + [
        False
    ]
    for words in ("Bidang layanan", "Tidak ikut", "(45 menit)", "Orang Tua/Wali", "Kepala Sekolah"):
        assert words in text


@pytest.mark.parametrize("outcome", ["NOBODY", "MOVED", "REFUSED"])
def test_a_family_that_was_not_met_is_not_asked_to_sign(cast, visit, outcome):
    assert "Orang Tua/Wali," in text_of(cast.bk, visit, "report_print")
    make.save_report(visit, by=cast.bk, values={"outcome": outcome}, read_at=0)
    make.record(visit, by=cast.bk)
    assert "Orang Tua/Wali," not in text_of(cast.bk, visit, "report_print")


def test_a_new_day_is_on_the_letter_at_once(cast, visit):
    later = clock.now() + timedelta(days=3)
    reschedule(visit, by=cast.bk, scheduled_for=later, visitors=[cast.guru])
    text = text_of(cast.bk, visit, "assignment_letter")
    assert "Hadi Susanto" in text
    assert "Agus Santoso" not in text


def test_of_a_cancelled_visit_there_is_no_letter(cast, visit):
    cancel(visit, by=cast.bk)
    response = signed_in(cast.principal).get(
        reverse("homevisits:assignment_letter", args=[visit.pk])
    )
    assert response.headers["Location"] == visit.get_absolute_url()

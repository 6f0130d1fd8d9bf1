"""The report of a semester that is over waits for its texts, then for the principal."""

import pytest

from cases.tests import factories as cases
from counseling.tests.waiting import lines
from reports.workflow import freeze, report_of, unfreeze, write_texts
from school.tests.cast import small_school

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WRITTEN = {"introduction": "Laporan", "conclusion": "Membaik", "plans": "Lanjutkan"}
PAGE = "/laporan/semester/2021/2022-1/"
TO_WRITE = ("Tulis laporan semester: Ganjil 2021/2022", "", f"{PAGE}teks/")
TO_EVALUATE = (
    "Tulis evaluasi: Ganjil 2021/2022",
    "milik Anda, untuk koordinator",
    "/evaluasi/?semester=2021/2022-1",
)
TO_FREEZE = ("Bekukan laporan semester: Ganjil 2021/2022", "", PAGE)


def test_a_running_semester_asks_for_no_report():
    cast = small_school()
    assert lines(cast.coordinator) == lines(cast.principal) == []


def test_the_texts_wait_for_the_coordinator_and_the_report_for_the_principal():
    cast = small_school()
    cases.next_semester(cast)
    assert lines(cast.coordinator) == [TO_WRITE]
    assert lines(cast.principal) == [TO_FREEZE]
    assert lines(cast.bk) == [TO_EVALUATE]
    assert lines(cast.student_affairs) == lines(cast.operator) == []
    write_texts(cast.semester, by=cast.coordinator, values={**WRITTEN, "plans": ""}, read_at=0)
    assert lines(cast.coordinator) == [TO_WRITE]
    now = report_of(cast.semester)
    write_texts(cast.semester, by=cast.coordinator, values=WRITTEN, read_at=now.version)
    assert lines(cast.coordinator) == []
    freeze(cast.semester, by=cast.principal)
    assert lines(cast.principal) == []
    unfreeze(cast.semester, by=cast.principal, reason="Keliru")
    assert lines(cast.principal) == [TO_FREEZE]


def test_several_semesters_are_one_line():
    cast = small_school()
    later = cases.next_semester(cast, begins_in=-40)
    type(later).objects.filter(pk=later.pk).update(ends_on=cast.semester.ends_on)
    assert lines(cast.principal) == [(TO_FREEZE[0], "1 semester lagi", PAGE)]

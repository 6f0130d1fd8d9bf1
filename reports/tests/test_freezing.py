"""The semester report: who drafts, freezes and unfreezes it, and what it keeps."""

import pytest

from cases.tests import factories as cases
from reports.models import TEXTS, ReportStatus, SemesterReport
from reports.tests.factories import over
from reports.workflow import freeze, report_of, unfreeze, write_texts
from school.models import Enrolment, OfficeHolding, Semester, User
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.errors import EditConflict, NotAllowed, NotNow, WrongState
from workflow.models import ActionEntry

pytestmark = pytest.mark.django_db

WRITTEN = {"introduction": "Laporan", "conclusion": "Membaik", "plans": "Lanjutkan"}
"""The texts of a report."""


@pytest.fixture
def cast() -> Cast:
    cast = small_school()
    over(cast.semester)
    return cast


def acts() -> list[tuple[str, str]]:
    entries = ActionEntry.objects.filter(kind="reports.semesterreport").order_by("pk")
    return list(entries.values_list("action", "office"))


def test_the_principal_freezes_what_the_coordinator_wrote(cast):
    write_texts(cast.semester, by=cast.coordinator, values=WRITTEN, read_at=0)
    report = freeze(cast.semester, by=cast.principal)
    assert (report.status, report.number, report.frozen_by) == ("FROZEN", 1, cast.principal)
    assert report.content["texts"] == WRITTEN
    assert Semester.objects.get().frozen_at == report.frozen_at
    assert acts() == [("begin", "COORDINATOR"), ("write", "COORDINATOR"), ("freeze", "PRINCIPAL")]


def test_a_report_can_be_frozen_without_any_text(cast):
    report = freeze(cast.semester, by=cast.principal)
    assert report.content["texts"] == dict.fromkeys(TEXTS, "")


@pytest.mark.parametrize("who", ["coordinator", "bk", "student_affairs", "operator", "wali"])
def test_nobody_else_freezes_or_unfreezes(cast, who):
    with pytest.raises(NotAllowed):
        freeze(cast.semester, by=getattr(cast, who))
    assert not Semester.objects.get().frozen_at
    freeze(cast.semester, by=cast.principal)
    with pytest.raises(NotAllowed):
        unfreeze(cast.semester, by=getattr(cast, who), reason="Keliru")


def test_any_counselor_writes_where_there_is_no_coordinator(cast):
    with pytest.raises(NotAllowed):
        write_texts(cast.semester, by=cast.bk, values=WRITTEN, read_at=0)
    OfficeHolding.objects.filter(user=cast.coordinator).delete()
    cast.bk.forget_ties()
    assert write_texts(cast.semester, by=cast.bk, values=WRITTEN, read_at=0).plans == "Lanjutkan"


def test_a_semester_is_not_frozen_on_its_last_day(cast):
    Semester.objects.update(ends_on=clock.today())
    with pytest.raises(NotNow, match="Semester ini berlangsung sampai"):
        freeze(cast.semester, by=cast.principal)
    assert not SemesterReport.objects.exists()


def test_it_keeps_figures_and_names_as_they_were(cast):
    cases.direct_case(cast)
    User.objects.filter(pk=cast.principal.pk).update(title_before="Dra.", nip="1" * 18)
    cast.principal.refresh_from_db()
    OfficeHolding.objects.filter(user=cast.principal).update(acting="Plt.")
    cases.Case.objects.update(status="RESOLVED", ended_at=clock.now())
    kept = freeze(cast.semester, by=cast.principal).content
    User.objects.update(name="Berganti")
    Enrolment.objects.all().delete()
    assert SemesterReport.objects.get().content == kept
    assert kept["people"]["principal"] == {
        "name": "Dra. Sri Wahyuni",
        "nip": "11111111 111111 1 111",
        "role": "Plt. Kepala Sekolah",
    }
    assert kept["people"]["coordinator"] == {"name": "Endang Rahayu", "nip": "-"}
    assert [one["name"] for one in kept["people"]["counselors"]] == [
        "Bambang Irawan",
        "Retno Wulandari",
    ]
    total = {"label": "Jumlah", "students": 6, "cases": 1, "rate": "16.67"}
    assert kept["by_grade"]["problem_rate"]["total"] == total
    assert [row["label"] for row in kept["by_class"]["handling"]["rows"]] == [
        "X MIPA 3",
        "X MIPA 4",
    ]


def test_a_frozen_report_is_neither_frozen_again_nor_written(cast):
    freeze(cast.semester, by=cast.principal)
    for act in (
        lambda: freeze(cast.semester, by=cast.principal),
        lambda: write_texts(cast.semester, by=cast.coordinator, values=WRITTEN, read_at=1),
    ):
        with pytest.raises(NotNow, match="dibekukan"):
            act()


def test_unfreezing_keeps_the_old_version_and_begins_a_draft_with_its_texts(cast):
    write_texts(cast.semester, by=cast.coordinator, values=WRITTEN, read_at=0)
    kept = freeze(cast.semester, by=cast.principal).content
    with pytest.raises(NotNow, match="alasan"):
        unfreeze(cast.semester, by=cast.principal, reason=" ")
    draft = unfreeze(cast.semester, by=cast.principal, reason="Angka keliru")
    assert (draft.number, draft.status, draft.conclusion) == (2, "DRAFT", "Membaik")
    old = SemesterReport.objects.get(number=1)
    assert (old.status, old.content) == (ReportStatus.EARLIER, kept)
    assert not Semester.objects.get().frozen_at
    with pytest.raises(WrongState):
        unfreeze(cast.semester, by=cast.principal, reason="Lagi")
    assert freeze(cast.semester, by=cast.principal).content["version"] == 2
    assert [report.number for report in SemesterReport.objects.current()] == [2]


def test_two_who_write_at_once_see_both_texts(cast):
    first = WRITTEN | {"plans": "Kunjungan rumah"}
    write_texts(cast.semester, by=cast.coordinator, values=first, read_at=0)
    with pytest.raises(EditConflict) as conflict:
        write_texts(cast.semester, by=cast.coordinator, values=WRITTEN, read_at=0)
    assert conflict.value.current.plans == "Kunjungan rumah"
    now = report_of(cast.semester)
    write_texts(cast.semester, by=cast.coordinator, values=WRITTEN, read_at=now.version)
    assert report_of(cast.semester).plans == "Lanjutkan"


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("bk2", [1, 2, 3]),
        ("coordinator", [1, 2, 3]),
        ("principal", [1, 2, 3]),
        ("student_affairs", [3]),
        ("wali", []),
        ("guru", []),
        ("operator", []),
    ],
)
def test_who_reads_which_version(cast, who, seen):
    for number in (1, 2):
        freeze(cast.semester, by=cast.principal)
        unfreeze(cast.semester, by=cast.principal, reason="Keliru")
        assert number == SemesterReport.objects.filter(status="EARLIER").count()
    freeze(cast.semester, by=cast.principal)
    rows = SemesterReport.objects.visible_to(getattr(cast, who))
    assert list(rows.values_list("number", flat=True)) == seen

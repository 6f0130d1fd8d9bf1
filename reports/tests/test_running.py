"""A semester that goes on: where its cases stand, their trend, and who waits for whom."""

from datetime import datetime, timedelta

import pytest

from cases import workflow as cases
from cases.models import Case
from cases.tests import factories as of_cases
from recaps.tasks.late import late_in
from recaps.workflow import return_recap
from reports.running.late import offices
from reports.running.stands import open_cases, stands_of
from reports.running.trend import trend_of
from reports.tests.factories import case_of
from reports.tests.pages import text_of
from school.models import RecapPeriod, Semester
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from support.models import FollowUp
from support.tests.factories import asked, late_follow_up
from workflow import clock
from workflow.run import undo
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = pytest.mark.django_db

URL = "/laporan/berjalan/"


def ago(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


# The trend


def resolved(case: Case, cast: Cast, days: int) -> None:
    cases.resolve(
        case,
        by=cast.bk,
        outcome="SOLVED",
        causes=["NETWORK"],
        reason="Sudah ikut lagi",
        happened_at=ago(days),
    )


@pytest.fixture
def cast() -> Cast:
    """Make six cases in the periods that ended 34 and 3 days ago, and after them.

    1 was opened 60 days ago and resolved 50 days ago; 2 opened 50, resolved 40, reopened 20 and
    resolved again 10 days ago; 3 opened 40 days ago, its end undone; 4 opened 30 and closed 20 days
    ago; 5 opened 30 days ago, a false alarm; 6 opened two days ago.
    """
    cast = small_school(size=7)
    one, two, three = (
        of_cases.direct_case(cast, student, days_ago=days)
        for student, days in zip(cast.students, (60, 50, 40), strict=False)
    )
    resolved(one, cast, 50)
    resolved(two, cast, 40)
    cases.reopen(two, by=cast.bk, reason="Tidak ikut lagi", happened_at=ago(20))
    resolved(two, cast, 10)
    resolved(three, cast, 35)
    undo(three, "resolve", by=cast.bk)
    for student, status, days, ended in (
        (cast.students[3], "CLOSED", 30, 20),
        (cast.students[4], "DISMISSED", 30, 25),
        (cast.students[5], "OPEN", 2, None),
    ):
        case = case_of(student, cast.semester, status=status, rung=10)
        case.opened_at, case.ended_at = ago(days), ended and ago(ended)
        case.save()
    return cast


def numbers(semester: Semester) -> list[tuple[int, int, int]]:
    return [(one.opened, one.resolved, one.open) for one in trend_of(semester)]


def test_the_trend_counts_what_happened_in_each_period(cast: Cast) -> None:
    assert numbers(cast.semester) == [(3, 2, 1), (1, 1, 1), (1, 0, 2)]


def test_a_past_period_does_not_move_by_what_happens_later(cast: Cast) -> None:
    one, _two, three = Case.objects.order_by("pk")[:3]
    cases.reopen(one, by=cast.bk, reason="Tidak ikut lagi")
    resolved(three, cast, 0)
    assert numbers(cast.semester) == [(3, 2, 1), (1, 1, 1), (1, 1, 2)]


def test_a_semester_without_periods_is_told_by_month(cast: Cast) -> None:
    RecapPeriod.objects.all().delete()
    shown = numbers(cast.semester)
    months = {(day.year, day.month) for day in map(make.days_ago, range(91))}
    assert len(shown) == len(months)
    assert sum(opened for opened, _resolved, _open in shown) == 5
    assert shown[-1][2] == 2


# Where cases stand, and who waits for whom


def stands(cast: Cast, who: str = "coordinator") -> dict[str, tuple[object, ...]]:
    found = stands_of(open_cases(cast.semester, getattr(cast, who)))
    return {
        str(line.label): (line.cases.value, line.late.value, line.since)
        for line in (*found.by_wait, *found.by_rung, found.total)
        if line.cases.value
    }


@pytest.fixture
def waiting() -> Cast:
    """1 waits for a call and for a late follow-up, 2 for a meeting, 3 for its late review."""
    cast = small_school()
    for student in cast.students[:2]:
        of_cases.attempt(of_cases.direct_case(cast, student), cast.bk)
    one, two = Case.objects.order_by("pk")
    late_follow_up(one, cast.bk)
    of_cases.summons(two, cast.bk, is_over=False)
    of_cases.direct_case(cast, cast.students[2], confirmed=False, days_ago=7)
    return cast


def test_open_cases_stand_where_their_steps_say_and_late_ones_first(waiting: Cast) -> None:
    today = clock.today()
    agreed_on = FollowUp.objects.get().agreed_on
    assert stands(waiting) == {
        "Tinjau": (1, 1, make.days_ago(7)),
        "Tindak lanjut": (1, 1, agreed_on),
        "Hubungi lagi": (1, 0, today),
        "Pertemuan panggilan": (1, 0, today),
        "Tinjauan": (1, 1, make.days_ago(7)),
        "Kontak": (1, 1, agreed_on),
        "Panggilan": (1, 0, today),
        "Jumlah": (3, 2, make.days_ago(7)),
    }
    late = [line.late.value for line in stands_of(open_cases(waiting.semester, waiting.bk)).by_wait]
    assert late == [1, 1, 0, 0]


def owed(cast: Cast) -> dict[str, dict[str, object]]:
    found = offices(
        late_in(cast.semester), open_cases(cast.semester, cast.principal), cast.principal
    )
    return {
        str(office.label): {str(line.label): line.number.value for line in office.lines}
        for office in found
    }


def test_late_steps_are_counted_with_who_owes_them(waiting: Cast) -> None:
    """Of the period that ended 34 days ago all is late, of the one of three days ago nothing."""
    of_cases.handed_over_recap(waiting.maths, waiting.earlier_period)
    recap = of_cases.handed_over_recap(waiting.physics, waiting.earlier_period)
    return_recap(recap, by=waiting.wali, reason="Bagas sudah kembali aktif")
    asked(Case.objects.order_by("pk")[0], waiting.bk)
    assert owed(waiting) == {
        "Guru mata pelajaran": {
            "Rekap mapel belum diserahkan": 2,
            "Rekap mapel dikembalikan": 1,
        },
        "Wali kelas": {"Rekap kelas belum diserahkan": 2},
        "Guru BK": {"Tinjau": 1, "Tindak lanjut": 1},
        "Kepala Sekolah": {"Pengajuan bantuan yang menunggu keputusan": 1},
    }


@pytest.mark.parametrize(
    ("of", "rows"),
    [
        ("missing", ["Bahasa Inggris, X MIPA 3", "Bahasa Inggris, X MIPA 4"]),
        ("returned", ["Matematika, X MIPA 3"]),
        ("lists", ["X MIPA 3", "X MIPA 4"]),
        ("supplements", []),
        ("nonsense", []),
    ],
)
def test_a_number_opens_to_what_is_late_and_to_who_owes_it(of: str, rows: list[str]) -> None:
    cast = small_school()
    recap = of_cases.handed_over_recap(cast.maths, cast.earlier_period)
    return_recap(recap, by=cast.wali, reason="Bagas sudah kembali aktif")
    of_cases.handed_over_recap(cast.physics, cast.earlier_period)
    for who, says_who in ((cast.principal, True), (cast.bk, False)):
        response = signed_in(who).get(f"{URL}terlambat/", {"of": of})
        entries, text = response.context["entries"], text_of(response.content.decode())
        assert [row.what for row in entries] == rows
        assert {row.who in text for row in entries} <= {says_who}


def test_a_frozen_semester_shows_its_trend_and_nothing_that_waits(waiting: Cast) -> None:
    client = signed_in(waiting.principal)
    assert "Siapa yang ditunggu" in text_of(client.get(URL).content.decode())
    Semester.objects.update(frozen_at=clock.now())
    text = text_of(client.get(URL).content.decode())
    assert "Kasus per periode" in text
    assert "Siapa yang ditunggu" not in text
    assert list(client.get(f"{URL}terlambat/").context["entries"]) == []


def test_it_is_a_part_of_the_page_of_the_semester_which_links_to_it(waiting: Cast) -> None:
    client = signed_in(waiting.principal)
    page = client.get("/laporan/").content.decode()
    assert f'hx-get="{URL}?' in page
    assert f'<a href="{URL}?' in page
    part = client.get(URL, headers={"HX-Request": "true"}).content.decode()
    assert "<main" not in part
    assert "Siapa yang ditunggu" in part


@pytest.mark.parametrize("who", ["wali", "student_affairs"])
def test_who_reads_no_evaluation_is_not_offered_it(waiting: Cast, who: str) -> None:
    client = signed_in(getattr(waiting, who))
    assert URL not in client.get("/laporan/").content.decode()
    assert client.get(URL).status_code == 403


@pytest.mark.sqlite
def test_thirty_classes_and_cases_cost_no_more_queries_than_one(waiting: Cast) -> None:
    client = signed_in(waiting.principal)
    of_recaps = f"{URL}terlambat/?of=missing"
    few = [queries_of(client, url) for url in (URL, of_recaps)]
    for number in range(30):
        taught = make.SchoolClassFactory(name=f"XI IPS {number}", grade="XI")
        make.TeachingAssignmentFactory(school_class=taught, subject=waiting.maths.subject)
        student = make.EnrolmentFactory(school_class=taught).student
        case_of(student, waiting.semester, rung=20, status="OPEN").save()
    assert [queries_of(client, url) for url in (URL, of_recaps)] == few
    assert few[0] <= 30
    assert few[1] <= 15

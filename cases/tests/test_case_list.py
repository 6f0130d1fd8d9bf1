"""The list of cases: who sees which cases, and the filters in its address."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Case
from cases.tests import factories as make
from cases.workflow import dismiss, resolve
from school.tests.cast import Cast, small_school
from school.tests.factories import EnrolmentFactory, HomeroomAssignmentFactory, days_ago
from workflow import clock
from workflow.models import AccessEntry
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = pytest.mark.django_db
LIST = "/kasus/"


def names(user, query: str = "") -> list[str]:
    page = signed_in(user).get(f"{LIST}?{query}")
    assert page.status_code == 200
    assert page.context["page"].paginator.count in {len(page.context["rows"]), 52}
    return [row.name for row in page.context["rows"]]


def several_cases() -> Cast:
    """Make cases: 1 contacted, 2 summoned, 3 resolved, 4 a false alarm; 101 is foreign."""
    cast = small_school()
    one, two, three, four = (make.direct_case(cast, student) for student in cast.students)
    make.attempt(one, cast.bk)
    make.attempt(two, cast.bk)
    make.summons(two, cast.bk, is_over=False)
    make.attempt(three, cast.bk, "REACHED")
    resolve(three, by=cast.bk, outcome="SOLVED", causes=["NETWORK"])
    dismiss(four, by=cast.bk, reason="Sakit")
    foreign = make.open_directly(
        cast.foreign_students[0], cast.semester, by=cast.bk2, reasons=["FAMILY"]
    )
    assert foreign.counselor == cast.bk2
    return cast


SHOWN = {
    "": [1, 2],
    "status=open": [1, 2],
    "status=counted": [1, 2, 3],
    "status=all": [1, 2, 3, 4],
    "status=RESOLVED": [3],
    "status=DISMISSED": [4],
    "status=nonsense": [],
    "rung=CONTACT": [1],
    "rung=SUMMONS&status=counted": [2],
    "rung=CONTACT&status=counted": [1, 3],
    "rung=nonsense": [],
    "grade=X": [1, 2],
    "grade=XI": [],
    "cause=NETWORK&status=all": [3],
    "cause=DEVICE&status=all": [],
    "reason=ECONOMY": [1, 2],
    "reason=FAMILY": [],
    "q=Siswa 002": [2],
    "q=siswa": [1, 2],
    "q=21001": [1],
    "q=%00": [1, 2],
    "q=%25": [],
    "semester=2021/2022-1&grade=X&rung=CONTACT&status=counted": [1, 3],
    "semester=2021/2022-2": [],
    "semester=all": [1, 2],
    "semester=nonsense": [],
    "class=nonsense": [],
    "class=99999999999999999999": [],
    "counselor=none": [],
    "sort=name": [1, 2],
    "sort=-name": [2, 1],
    "sort=nonsense": [1, 2],
    "page=nonsense": [1, 2],
    "page=99": [1, 2],
}
"""The query of the address → the numbers of the students whose cases are shown."""


def test_the_address_says_which_cases_are_shown() -> None:
    bk = several_cases().bk
    found = {query: names(bk, query) for query in SHOWN}
    shown = {q: rows if "sort" in q else sorted(rows) for q, rows in found.items()}
    assert shown == {q: [f"Siswa {number:03d}" for number in SHOWN[q]] for q in SHOWN}


def test_a_class_and_a_counselor_are_found_by_their_ids():
    cast = several_cases()
    assert len(names(cast.coordinator, f"class={cast.own.pk}")) == 2
    assert len(names(cast.coordinator, f"class={cast.foreign.pk}")) == 1
    assert len(names(cast.coordinator, f"counselor={cast.bk.pk}&status=all")) == 4


@pytest.mark.parametrize(
    ("person", "count"),
    [
        ("bk", 4),
        ("bk2", 1),
        ("wali", 4),
        ("wali2", 1),
        ("coordinator", 5),
        ("principal", 5),
        ("guru", 0),
    ],
)
def test_everybody_finds_only_the_cases_that_they_may_know_of(person, count):
    cast = several_cases()
    assert len(names(getattr(cast, person), "status=all")) == count


@pytest.mark.parametrize("person", ["student_affairs", "operator"])
def test_who_can_know_of_no_case_is_refused_the_list(person):
    assert signed_in(getattr(small_school(), person)).get(LIST).status_code == 403


def test_a_subject_teacher_finds_whom_they_reported_with_rung_and_status_alone():
    cast = small_school()
    case = make.referred_case(cast)
    page = signed_in(cast.guru).get(LIST)
    (row,) = page.context["rows"]
    assert row.pk == case.pk
    assert (row.next_said, row.due_on, row.reasons) == ("", None, "")
    assert "Berikutnya" not in page.content.decode()


def test_a_principal_sees_names_and_when_but_no_reasons():
    cast = small_school()
    make.referred_case(cast)
    page = signed_in(cast.principal).get(LIST)
    (row,) = page.context["rows"]
    assert (row.next_said, row.reasons) == ("", "")
    assert row.due_on is not None


def test_the_counselor_reads_what_comes_next_and_the_worst_reason():
    cast = small_school()
    make.referred_case(cast)
    (row,) = signed_in(cast.bk).get(LIST).context["rows"]
    assert row.next_said == "Tinjau"
    assert row.reasons == "Tidak pernah ikut: 1 mapel"


@pytest.mark.parametrize(
    ("reasons", "note", "words"),
    [
        (["ECONOMY"], "Ayah merantau", "Latar belakang ekonomi"),
        (["ECONOMY", "FAMILY"], "", "Latar belakang ekonomi, Masalah keluarga"),
    ],
)
def test_a_reason_without_figures_is_said_in_words(reasons, note, words):
    cast = small_school()
    make.open_directly(cast.students[0], cast.semester, by=cast.bk, reasons=reasons, note=note)
    (row,) = signed_in(cast.bk).get(LIST).context["rows"]
    assert row.reasons == words


def test_the_causes_of_an_ended_case_stand_in_place_of_its_reasons():
    cast = several_cases()
    (row,) = signed_in(cast.bk).get(f"{LIST}?status=RESOLVED").context["rows"]
    assert row.reasons == "Jaringan"


def test_open_cases_stand_in_the_order_of_their_due_dates():
    cast = small_school()
    later = make.direct_case(cast, cast.students[0])
    make.attempt(later, cast.bk)
    sooner = make.direct_case(cast, cast.students[1], days_ago=6)
    make.attempt(sooner, cast.bk, happened_at=clock.now() - timedelta(days=5))
    assert names(cast.bk) == ["Siswa 002", "Siswa 001"]
    late = signed_in(cast.bk).get(LIST)
    assert 'class="due late"' in late.content.decode()


def test_counts_follow_the_other_filters():
    cast = several_cases()
    asked = signed_in(cast.bk).get(f"{LIST}?rung=CONTACT").context["asked"]
    assert (asked.counts["status"]["open"], asked.counts["status"]["all"]) == (1, 2)


def test_a_student_who_moved_is_found_in_the_new_class():
    cast = several_cases()
    student = cast.students[0]
    student.enrolments.update(ends_on=days_ago(3))
    EnrolmentFactory(student=student, school_class=cast.foreign, starts_on=days_ago(2))
    assert names(cast.coordinator, f"class={cast.foreign.pk}&q=Siswa 001") == ["Siswa 001"]
    assert names(cast.wali, "q=Siswa 001") == []
    assert names(cast.wali2, "q=Siswa 001") == ["Siswa 001"]
    assert names(cast.bk, "q=Siswa 001") == ["Siswa 001"]


def test_an_ended_assignment_shows_nothing_any_more():
    cast = several_cases()
    cast.wali.homerooms.update(ends_on=days_ago(1))
    assert signed_in(cast.wali).get(LIST).status_code == 403
    HomeroomAssignmentFactory(teacher=cast.wali, school_class=cast.foreign)
    assert len(names(cast.wali, "status=all")) == 1


def test_fifty_stand_on_a_page():
    cast = small_school(52)
    for student in cast.students:
        make.direct_case(cast, student, confirmed=False)
    assert len(names(cast.bk)) == 50
    assert len(names(cast.bk, "page=2")) == 2


@pytest.mark.sqlite
def test_the_list_asks_as_often_for_thirty_cases_as_for_one():
    cast = small_school(30)
    counts = []
    for students in (cast.students[:1], cast.students[1:]):
        for student in students:
            case = make.direct_case(cast, student)
            make.attempt(case, cast.bk)
            make.summons(case, cast.bk)
        client = signed_in(cast.bk)
        counts.append([queries_of(client, f"{LIST}?{query}") for query in ("", "status=all")])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 17


def test_looking_at_the_list_is_logged_once_without_ids():
    cast = several_cases()
    signed_in(cast.bk).get(LIST)
    entry = AccessEntry.objects.get()
    assert (entry.kind, entry.object_id, entry.status) == ("cases.case", None, 200)


def test_the_list_leads_to_each_case():
    cast = several_cases()
    page = signed_in(cast.bk).get(LIST).content.decode()
    for case in Case.objects.filter(status="OPEN", counselor=cast.bk):
        assert f'href="{reverse("cases:case", args=[case.pk])}"' in page


def test_a_case_whose_student_has_left_waits_to_be_closed():
    cast = small_school()
    case = make.direct_case(cast)
    case.student.enrolments.update(ends_on=days_ago(1), end_reason="LEFT")
    assert "sudah keluar dari sekolah" in signed_in(cast.bk).get("/kasus/").content.decode()
    case.student.enrolments.update(end_reason="YEAR_END")
    assert "sudah keluar dari sekolah" not in signed_in(cast.bk).get("/kasus/").content.decode()

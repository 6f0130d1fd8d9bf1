"""Tasks of counselors, coordinator and principal, which disappear when they are done."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from cases import workflow
from cases.models import Contact
from cases.tasks.cases import cases_waiting
from cases.tests import factories as cases
from counseling.tasks import tasks_of
from counseling.tests.scenarios.busy import busy_school
from counseling.tests.waiting import lines, titles, today
from homevisits import workflow as visiting
from homevisits.models import Visit
from homevisits.tests import factories as visits
from recaps import workflow as recaps
from school import wording
from school.models import Enrolment, Policy
from school.roles import COORDINATOR
from school.tests import factories as make
from school.tests.cast import small_school
from workflow import clock
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = pytest.mark.django_db

MOST_QUERIES = 26


# The counselor


def test_cases_to_review_come_by_the_list_that_brought_them():
    cast = small_school(6)
    absent = dict.fromkeys(cast.students[:4], cases.ABSENT)
    cases.handed_over_recap(cast.maths, cast.period, absent)
    class_list = recaps.class_list_of(cast.own, cast.period, by=cast.wali)
    recaps.decide(class_list, cast.students[:4], "REFER", by=cast.wali)
    recaps.hand_over_list(class_list, by=cast.wali)
    title, sub, url = lines(cast.bk)[0]
    assert (title, sub) == ("Tinjau 4 kasus baru", "X MIPA 3 · dari Pak Agus")
    shown = signed_in(cast.bk).get(url).content.decode()
    assert all(student.name in shown for student in cast.students[:4])
    assert titles(cast.bk2) == []


def test_a_case_that_came_alone_is_named():
    cast = small_school()
    case = cases.direct_case(cast, confirmed=False)
    assert lines(cast.bk) == [
        ("Tinjau: Siswa 001", "X MIPA 3 · dibuat oleh Bu Retno", case.get_absolute_url())
    ]


def test_each_step_says_the_next_one():
    cast = small_school()
    case = cases.direct_case(cast)
    assert titles(cast.bk) == ["Hubungi pertama kali: Siswa 001"]
    cases.attempt(case, cast.bk)
    assert lines(cast.bk)[0][:2] == (
        "Hubungi lagi: Siswa 001",
        "X MIPA 3 · 1 kali, belum terhubung",
    )
    summons = cases.summons(case, cast.bk)
    assert titles(cast.bk) == ["Catat hasil: Siswa 001"]
    assert lines(cast.bk)[0][2] == reverse("cases:summons_outcome", args=[summons.pk])
    workflow.record_outcome(summons, by=cast.bk, attended=False)
    assert titles(cast.bk) == ["Tentukan langkah: Siswa 001"]
    visit = visits.proposed_visit(case, cast.bk)
    assert titles(cast.bk) == []
    visiting.approve([visit], by=cast.principal)
    assert titles(cast.bk) == ["Jadwalkan kunjungan: Siswa 001"]


def test_a_letter_after_a_visit_waits_for_its_outcome():
    cast = small_school()
    case = cases.tried_case(cast)
    visits.recorded_visit(case, cast.bk, cast.principal, outcome="REFUSED")
    letter = cases.summons(case, cast.bk)
    assert lines(cast.bk)[0][::2] == (
        "Catat hasil: Siswa 001",
        reverse("cases:summons_outcome", args=[letter.pk]),
    )
    page = signed_in(cast.bk).get(case.get_absolute_url())
    assert page.context["coming"].url == lines(cast.bk)[0][2]


def test_a_letter_and_a_visit_under_way_both_wait():
    cast = small_school()
    case = cases.tried_case(cast)
    cases.summons(case, cast.bk)
    visits.approved_visit(case, cast.bk, cast.principal)
    assert sorted(titles(cast.bk)) == [
        "Catat hasil: Siswa 001",
        "Jadwalkan kunjungan: Siswa 001",
    ]


def test_a_call_after_a_visit_is_repeated_in_time():
    cast = small_school()
    with clock.shifted_to(clock.now() - timedelta(days=9)):
        case = cases.direct_case(cast)
        visits.recorded_visit(case, cast.bk, cast.principal, outcome="NOBODY")
    cases.attempt(case, cast.bk)
    line = next(iter(cases_waiting(cast.bk)))
    assert str(line.title) == "Hubungi lagi: Siswa 001"
    assert line.due_on == clock.today() + timedelta(days=cast.semester.policy.attempt_days)


def test_a_meeting_stands_among_what_is_for_today_with_its_hour():
    cast = small_school()
    case = cases.direct_case(cast)
    cases.attempt(case, cast.bk)
    noon = clock.day_start(clock.today()) + timedelta(hours=12)
    with clock.shifted_to(noon):
        cases.summons(case, cast.bk, meets_at=noon + timedelta(hours=1))
        assert today(cast.bk) == ["Panggilan I: Siswa 001"]
    with clock.shifted_to(noon - timedelta(days=1)):
        assert today(cast.bk) == []


def test_a_visit_is_to_be_made_then_recorded_and_then_decided_on():
    cast = small_school()
    case = cases.direct_case(cast)
    visit = visits.scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.bk, cast.wali])
    for person in (cast.bk, cast.wali):
        assert "Catat kunjungan: Siswa 001" in today(person)
    visiting.save_report(visit, by=cast.bk, values={"outcome": "NOBODY"}, read_at=0)
    visiting.record(visit, by=cast.bk)
    assert titles(cast.bk) == ["Tentukan langkah: Siswa 001"]
    assert "Catat kunjungan: Siswa 001" not in titles(cast.wali)


def visited(cast, *, days_ago):
    """Return a visit that was to be made so many days ago, and has no report."""
    visit = visits.scheduled_visit(cases.direct_case(cast), cast.bk, cast.principal)
    at = clock.now() - timedelta(days=days_ago)
    Visit.objects.filter(pk=visit.pk).update(scheduled_for=at)
    return Visit.objects.get(pk=visit.pk)


def test_yesterdays_visit_without_report_comes_first_and_names_its_day_as_a_date():
    cast = small_school()
    visit = visited(cast, days_ago=1)
    summed = cases.tried_case(cast, cast.students[1])
    cases.summons(summed, cast.bk, meets_at=clock.now() + timedelta(minutes=1))
    assert today(cast.bk)[0] == "Catat kunjungan: Siswa 001"
    page = signed_in(cast.bk).get("/").content.decode()
    assert f"{wording.formatted(visit.scheduled_for, 'j F')}, belum ada laporan" in page
    assert wording.clock_time(visit.scheduled_for) not in page.partition("belum ada laporan")[2]


@pytest.mark.parametrize("days", [2, 3, 20])
def test_a_visit_report_is_late_from_the_day_it_is_due_wherever_that_is_said(days):
    cast = small_school()
    visit = visited(cast, days_ago=days)
    policy = cast.semester.policy
    due_on = policy.due(clock.day_of(visit.scheduled_for), policy.visit_report_days)
    late = (clock.today() - due_on).days
    said = f"lewat {late} hari" if late > 0 else wording.due(due_on)
    drawn = re.compile(rf'<time class="due \w+" datetime="{due_on}">{said}</time>')
    client = signed_in(cast.bk)
    pages = (visit.case.get_absolute_url(), visit.get_absolute_url())
    lists = (reverse("cases:cases"), reverse("homevisits:visits"))
    for url in ("/", *pages, *lists):
        assert drawn.search(client.get(url).content.decode()), url


def test_what_is_late_stands_among_what_is_for_today_the_latest_first():
    cast = small_school()
    for student, days in zip(cast.students[:2], (30, 40), strict=True):
        case = cases.tried_case(cast, student)
        Contact.objects.filter(case=case).update(happened_at=clock.now() - timedelta(days=days))
    assert today(cast.bk)[:2] == ["Hubungi lagi: Siswa 002", "Hubungi lagi: Siswa 001"]


def test_a_visitor_reads_where_to_go_and_with_whom():
    cast = small_school()
    case = cases.direct_case(cast)
    visit = visits.approved_visit(case, cast.bk, cast.principal)
    at = clock.now() + timedelta(days=2)
    visiting.schedule(
        visit,
        by=cast.bk,
        scheduled_for=at,
        visitors=[cast.bk, cast.guru2],
        purposes=["DATA"],
        functions=[],
    )
    found = next(line for line in lines(cast.guru2) if line[0] == "Kunjungan: Siswa 001")
    assert found[1:] == ("Dsn. Krajan, Muntung · bersama Bu Retno", visit.get_absolute_url())


@pytest.mark.parametrize("days", [2, 5, 9])
@pytest.mark.parametrize("is_over", [False, True])
def test_new_evidence_is_due_after_the_days_of_the_policy(days, is_over):
    cast = small_school()
    Policy.objects.update(review_days=days)
    case = cases.direct_case(cast)
    if is_over:
        cases.attempt(case, cast.bk, "REACHED")
        workflow.resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"])
    workflow.open_directly(case.student, cast.semester, by=cast.wali, reasons=["FAMILY"])
    line = next(task for task in cases_waiting(cast.bk) if task.look == "review")
    assert str(line.title).startswith("Buka kembali?" if is_over else "Data baru")
    assert line.due_on == clock.today() + timedelta(days=days)


def test_new_evidence_waits_until_it_is_read():
    cast = small_school()
    case = cases.direct_case(cast)
    workflow.open_directly(case.student, cast.semester, by=cast.wali, reasons=["FAMILY"])
    assert "Data baru: Siswa 001" in titles(cast.bk)
    workflow.notice_evidence(case, by=cast.bk)
    assert "Data baru: Siswa 001" not in titles(cast.bk)


def test_new_evidence_on_an_ended_case_asks_to_reopen_it():
    cast = small_school()
    case = cases.direct_case(cast)
    workflow.resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"], reason="Aktif lagi")
    assert titles(cast.bk) == []
    workflow.open_directly(case.student, cast.semester, by=cast.wali, reasons=["FAMILY"])
    assert titles(cast.bk) == ["Buka kembali?: Siswa 001"]
    workflow.reopen(case, by=cast.bk, reason="Kambuh")
    assert titles(cast.bk) == ["Hubungi pertama kali: Siswa 001"]


def test_who_left_the_school_puts_close_on_the_counselors_home():
    cast = small_school()
    case = cases.direct_case(cast)
    Enrolment.objects.filter(student=case.student).update(
        ends_on=make.days_ago(1), end_reason="LEFT"
    )
    assert lines(cast.bk)[0][0] == "Tutup kasus: Siswa 001"
    assert lines(cast.bk)[0][2] == reverse("cases:close", args=[case.pk])
    workflow.close(case, by=cast.bk)
    assert titles(cast.bk) == []


def test_who_left_before_the_review_waits_to_be_closed():
    cast = small_school()
    cases.direct_case(cast, confirmed=False)
    brought = dict.fromkeys(cast.students[1:3], cases.ABSENT)
    cases.handed_over_recap(cast.maths, cast.period, brought)
    class_list = recaps.class_list_of(cast.own, cast.period, by=cast.wali)
    recaps.decide(class_list, cast.students[1:3], "REFER", by=cast.wali)
    recaps.hand_over_list(class_list, by=cast.wali)
    Enrolment.objects.filter(student__in=cast.students[:2]).update(
        ends_on=make.days_ago(1), end_reason="LEFT"
    )
    assert sorted(titles(cast.bk)) == [
        "Tinjau 2 kasus baru",
        "Tutup kasus: Siswa 001",
        "Tutup kasus: Siswa 002",
    ]


# The coordinator


def test_the_coordinator_hears_of_cases_without_a_counselor():
    cast = small_school()
    cast.own.counselor = None
    cast.own.save(update_fields=["counselor"])
    workflow.open_directly(cast.students[0], cast.semester, by=cast.wali, reasons=["FAMILY"])
    assert "1 kasus tanpa guru BK" in titles(cast.coordinator)
    assert titles(cast.bk) == []


def test_the_coordinator_hears_of_who_moved_to_another_counselors_class():
    cast = small_school()
    case = cases.direct_case(cast)
    Enrolment.objects.filter(student=case.student).update(
        ends_on=make.days_ago(1), end_reason="MOVED_CLASS"
    )
    make.EnrolmentFactory(student=case.student, school_class=cast.foreign, starts_on=clock.today())
    (line,) = lines(cast.coordinator)
    assert line[:2] == ("1 kasus pindah kelas", "X MIPA 4 · masih di guru BK sebelumnya")
    assert titles(cast.bk) == ["Hubungi pertama kali: Siswa 001"]
    assert titles(cast.bk2) == []


# The principal


def test_proposals_wait_for_the_principal_as_one_line():
    cast = small_school()
    for student in cast.students[:3]:
        visits.proposed_visit(cases.direct_case(cast, student), cast.bk)
    assert titles(cast.principal) == ["Putuskan 3 kunjungan"]
    assert lines(cast.principal)[0][2] == reverse("homevisits:proposals")


def test_an_urgent_visit_waits_to_be_acknowledged():
    cast = small_school()
    visit = visits.proposed_visit(cases.direct_case(cast), cast.bk, urgent_reason="Ayah sakit")
    assert titles(cast.bk) == ["Jadwalkan kunjungan: Siswa 001"]
    visiting.schedule(
        visit,
        by=cast.bk,
        scheduled_for=clock.now() + timedelta(days=1),
        visitors=[cast.bk],
        purposes=["DATA"],
        functions=[],
    )
    assert titles(cast.principal) == ["Nyatakan mengetahui: Siswa 001"]
    browser = signed_in(cast.principal)
    assert "Ayah sakit" not in browser.get("/").content.decode()
    assert "Ayah sakit" in browser.get(lines(cast.principal)[0][2]).content.decode()
    visiting.acknowledge(visit, by=cast.principal)
    assert titles(cast.principal) == []


# Everybody else


@pytest.mark.parametrize("who", ["student_affairs", "operator"])
def test_nothing_waits_for_whom_no_case_concerns(who):
    cast = small_school()
    visits.proposed_visit(cases.direct_case(cast), cast.bk)
    assert titles(getattr(cast, who)) == []


def test_a_superuser_without_an_office_has_nothing_to_do():
    cast = small_school()
    cases.direct_case(cast)
    somebody = make.person(username="somebody")
    somebody.is_superuser = True
    assert tasks_of(somebody).counts == {"home": 0}


def asked(cast):
    people = ("guru", "wali", "bk", "coordinator", "principal", "student_affairs", "operator")
    return {who: queries_of(signed_in(getattr(cast, who)), "/") for who in people}


@pytest.fixture(scope="module")
def kept():
    """Keep the query counts of each school, so that they can be compared."""
    return {}


@pytest.mark.sqlite
@pytest.mark.parametrize("students", [7, 30])
def test_home_asks_the_same_at_one_row_of_each_kind_as_at_many(students, kept):
    kept[students] = asked(busy_school(students))
    assert max(kept[students].values()) <= MOST_QUERIES
    assert all(kept[students] == counts for counts in kept.values())


def test_somebody_who_is_everything_at_once_stays_within_the_limit():
    cast = busy_school(7)
    everything = make.person(COORDINATOR, username="everything")
    make.HomeroomAssignmentFactory(teacher=everything, school_class=cast.own)
    make.TeachingAssignmentFactory(
        teacher=everything, school_class=cast.own, subject=make.SubjectFactory()
    )
    assert queries_of(signed_in(everything), "/") <= 31

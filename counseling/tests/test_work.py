"""What waits for whom, derived from the data: it is there when it is, and gone when it is done."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases import workflow as verbs
from cases.models import Case
from cases.tests import factories as cases
from counseling.tasks import tasks_of
from homevisits import workflow as visiting
from homevisits.tests import factories as visits
from recaps import workflow as recaps
from school.models import Enrolment, HomeroomAssignment, Office, Semester, TeachingAssignment, User
from school.tests import factories as make
from school.tests.cast import small_school
from workflow import clock
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = pytest.mark.django_db


def lines(user):
    """Title, sub line, URL of all that waits for `user` (asked anew, as a request would)."""
    waiting = tasks_of(User.objects.get(pk=user.pk), Semester.objects.current())
    return [(str(work.title), str(work.sub), work.url) for work in (*waiting.today, *waiting.later)]


def titles(user):
    return [title for title, _sub, _url in lines(user)]


def today(user):
    waiting = tasks_of(User.objects.get(pk=user.pk), Semester.objects.current())
    return [str(work.title) for work in waiting.today]


def all_recaps_in(cast, period):
    for assignment in (cast.maths, cast.physics, cast.english):
        cases.handed_over_recap(assignment, period)


# The subject teacher


def test_a_recap_waits_from_the_last_day_of_its_period_until_it_is_handed_over():
    cast = small_school()
    assert (
        titles(cast.guru)
        == [
            "Isi rekap: Fisika, X MIPA 3",
            "Isi rekap: Matematika, X MIPA 3",
        ]
        * 2
    )
    cases.handed_over_recap(cast.maths, cast.period)
    cases.handed_over_recap(cast.maths, cast.earlier_period)
    assert titles(cast.guru) == ["Isi rekap: Fisika, X MIPA 3"] * 2
    url = reverse("recaps:recap_sheet", args=[cast.physics.pk, cast.earlier_period.pk])
    assert lines(cast.guru)[0][2] == url


def test_a_recap_of_a_period_that_still_runs_does_not_wait():
    cast = small_school()
    with clock.shifted_to(clock.now() - timedelta(days=10)):
        assert titles(cast.guru2) == [
            "Isi rekap: Bahasa Inggris, X MIPA 3",
            "Isi rekap: Bahasa Inggris, X MIPA 4",
        ]


def test_what_was_begun_is_to_be_finished():
    cast = small_school()
    recaps.save_header(cast.maths, cast.period, by=cast.guru, meetings=5, assignments=2, read_at=1)
    assert "Selesaikan rekap: Matematika, X MIPA 3" in titles(cast.guru)


def test_a_returned_recap_comes_with_its_reason():
    cast = small_school()
    recap = cases.handed_over_recap(cast.maths, cast.period)
    recaps.return_recap(recap, by=cast.wali, reason="Bagas sudah kembali aktif")
    title, sub, _url = next(line for line in lines(cast.guru) if "dikembalikan" in line[0])
    assert title == "Rekap dikembalikan: Matematika, X MIPA 3"
    assert "Bagas sudah kembali aktif" in sub


def test_a_draft_passes_to_a_successor_and_what_was_owed_before_does_not():
    cast = small_school()
    recaps.save_header(
        cast.maths, cast.earlier_period, by=cast.guru, meetings=5, assignments=2, read_at=1
    )
    successor = make.person(username="successor")
    TeachingAssignment.objects.filter(teacher=cast.guru).update(ends_on=make.days_ago(2))
    for subject in (cast.maths.subject, cast.physics.subject):
        make.TeachingAssignmentFactory(
            teacher=successor,
            school_class=cast.own,
            subject=subject,
            starts_on=make.days_ago(1),
        )
    assert titles(cast.guru) == []
    assert titles(successor) == [
        "Selesaikan rekap: Matematika, X MIPA 3",
        "Isi rekap: Fisika, X MIPA 3",
        "Isi rekap: Matematika, X MIPA 3",
    ]


# The homeroom teacher


def test_a_list_waits_from_the_last_day_of_its_period_with_what_is_missing():
    cast = small_school()
    all_recaps_in(cast, cast.earlier_period)
    line = "Serahkan rekap wali kelas: X MIPA 3"
    assert titles(cast.wali) == [line, line]
    late, early = (sub for _title, sub, _url in lines(cast.wali))
    assert late == str(cast.earlier_period)
    assert early == f"{cast.period} · tanpa Bahasa Inggris, Fisika, Matematika sejauh ini"
    all_recaps_in(cast, cast.period)
    assert lines(cast.wali)[1][1] == str(cast.period)


def test_missing_subjects_are_named_once_they_are_late():
    cast = small_school()
    cases.handed_over_recap(cast.maths, cast.earlier_period)
    found = [line for line in lines(cast.wali) if str(cast.earlier_period) in line[1]]
    assert [title for title, _sub, _url in found] == [
        "2 mapel belum masuk: X MIPA 3",
        "Serahkan rekap wali kelas: X MIPA 3",
    ]
    assert "Bahasa Inggris, Fisika" in found[0][1]


def test_a_list_that_was_handed_over_waits_again_as_a_supplement():
    cast = small_school()
    cases.referred_case(cast)
    assert not any(str(cast.period) in sub for _title, sub, _url in lines(cast.wali))
    cases.handed_over_recap(cast.physics, cast.period)
    assert "Serahkan susulan: X MIPA 3" in titles(cast.wali)


def test_a_note_of_the_counselor_waits_for_the_homeroom_teacher_until_answered():
    cast = small_school()
    case = cases.direct_case(cast, confirmed=False)
    line = "Catatan tinjauan: Siswa 001"
    verbs.write_review_note(case, by=cast.bk, text="Sudah pernah dihubungi?")
    assert line in titles(cast.wali)
    verbs.write_review_note(case, by=cast.wali, text="Sudah, minggu lalu")
    assert line not in titles(cast.wali)


def test_work_ends_with_the_assignment():
    cast = small_school()
    all_recaps_in(cast, cast.earlier_period)
    HomeroomAssignment.objects.update(ends_on=make.days_ago(1))
    assert titles(cast.wali) == []


# The counselor


def test_cases_to_review_come_by_the_list_that_brought_them():
    cast = small_school(6)
    absent = dict.fromkeys(cast.students[:4], cases.ABSENT)
    cases.handed_over_recap(cast.maths, cast.period, absent)
    class_list = recaps.class_list_of(cast.own, cast.period, by=cast.wali)
    recaps.decide(class_list, cast.students[:4], "REFER", by=cast.wali)
    recaps.hand_over_list(class_list, by=cast.wali)
    title, sub, url = lines(cast.bk)[0]
    assert (title, sub) == ("Tinjau 4 kasus baru", "dari X MIPA 3, diserahkan Pak Agus")
    shown = signed_in(cast.bk).get(url).content.decode()
    assert all(student.name in shown for student in cast.students[:4])
    assert titles(cast.bk2) == []


def test_a_case_that_came_alone_is_named():
    cast = small_school()
    case = cases.direct_case(cast, confirmed=False)
    assert lines(cast.bk) == [
        ("Tinjau: Siswa 001", "dibuka langsung oleh Bu Retno", case.get_absolute_url())
    ]


def test_each_step_says_the_next_one():
    cast = small_school()
    case = cases.direct_case(cast)
    assert titles(cast.bk) == ["Hubungi pertama kali: Siswa 001"]
    cases.attempt(case, cast.bk)
    assert lines(cast.bk)[0][:2] == (
        "Hubungi lagi: Siswa 001",
        "X MIPA 3 · 1 upaya, belum terhubung",
    )
    summons = cases.summons(case, cast.bk)
    assert titles(cast.bk) == ["Hasil panggilan belum dicatat: Siswa 001"]
    assert lines(cast.bk)[0][2] == reverse("cases:summons_outcome", args=[summons.pk])
    verbs.record_outcome(summons, by=cast.bk, attended=False)
    assert titles(cast.bk) == ["Tentukan langkah berikutnya: Siswa 001"]
    visit = visits.proposed_visit(case, cast.bk)
    assert titles(cast.bk) == []
    visiting.approve([visit], by=cast.principal)
    assert titles(cast.bk) == ["Jadwalkan kunjungan: Siswa 001"]


def test_a_meeting_stands_among_what_is_for_today_with_its_hour():
    cast = small_school()
    case = cases.direct_case(cast)
    cases.attempt(case, cast.bk)
    noon = clock.day_start(clock.today()) + timedelta(hours=12)
    with clock.shifted_to(noon):
        cases.summons(case, cast.bk, meets_at=noon + timedelta(hours=1))
        assert today(cast.bk) == ["Panggilan I pukul 13.00: Siswa 001"]
    with clock.shifted_to(noon - timedelta(days=1)):
        assert today(cast.bk) == []


def test_a_visit_is_to_be_made_then_recorded_and_then_decided_on():
    cast = small_school()
    case = cases.direct_case(cast)
    visit = visits.scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.bk, cast.wali])
    for person in (cast.bk, cast.wali):
        assert today(person) == ["Catat kunjungan: Siswa 001"]
    visiting.save_report(visit, by=cast.bk, values={"outcome": "NOBODY"}, read_at=0)
    visiting.record(visit, by=cast.bk)
    assert titles(cast.bk) == ["Tentukan langkah berikutnya: Siswa 001"]
    assert "Catat kunjungan: Siswa 001" not in titles(cast.wali)


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
    assert found[1:] == ("Dsn. Krajan, Muntung · bersama Ibu Retno", visit.get_absolute_url())


def test_new_evidence_waits_until_it_is_read():
    cast = small_school()
    case = cases.direct_case(cast)
    verbs.open_directly(case.student, cast.semester, by=cast.wali, reasons=["FAMILY"])
    assert "Bukti baru: Siswa 001" in titles(cast.bk)
    verbs.notice_evidence(case, by=cast.bk)
    assert "Bukti baru: Siswa 001" not in titles(cast.bk)


def test_new_evidence_on_an_ended_case_asks_to_reopen_it():
    cast = small_school()
    case = cases.direct_case(cast)
    verbs.resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"], reason="Aktif lagi")
    assert titles(cast.bk) == []
    verbs.open_directly(case.student, cast.semester, by=cast.wali, reasons=["FAMILY"])
    assert titles(cast.bk) == ["Buka kembali?: Siswa 001"]
    verbs.reopen(case, by=cast.bk, reason="Kambuh")
    assert titles(cast.bk) == ["Hubungi pertama kali: Siswa 001"]


def test_who_left_the_school_puts_close_on_the_counselors_home():
    cast = small_school()
    case = cases.direct_case(cast)
    Enrolment.objects.filter(student=case.student).update(
        ends_on=make.days_ago(1), end_reason="LEFT"
    )
    assert lines(cast.bk)[0][0] == "Tutup kasus: Siswa 001"
    assert lines(cast.bk)[0][2] == reverse("cases:close", args=[case.pk])
    verbs.close(case, by=cast.bk)
    assert titles(cast.bk) == []


# The coordinator


def test_the_coordinator_hears_of_cases_without_a_counselor():
    cast = small_school()
    cast.own.counselor = None
    cast.own.save(update_fields=["counselor"])
    verbs.open_directly(cast.students[0], cast.semester, by=cast.wali, reasons=["FAMILY"])
    assert "1 kasus belum punya guru BK" in titles(cast.coordinator)
    assert titles(cast.bk) == []


def test_the_coordinator_hears_of_who_moved_to_another_counselors_class():
    cast = small_school()
    case = cases.direct_case(cast)
    Enrolment.objects.filter(student=case.student).update(
        ends_on=make.days_ago(1), end_reason="MOVED_CLASS"
    )
    make.EnrolmentFactory(student=case.student, school_class=cast.foreign, starts_on=clock.today())
    line = next(line for line in lines(cast.coordinator) if line[0].startswith("Pindah kelas"))
    assert line[:2] == ("Pindah kelas: Siswa 001", "kini di X MIPA 4, kasus masih pada Bu Retno")
    assert titles(cast.bk) == ["Hubungi pertama kali: Siswa 001"]
    assert titles(cast.bk2) == []


# The principal


def test_proposals_wait_for_the_principal_as_one_line():
    cast = small_school()
    for student in cast.students[:3]:
        visits.proposed_visit(cases.direct_case(cast, student), cast.bk)
    assert titles(cast.principal) == ["Putuskan 3 usulan kunjungan"]
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
    assert titles(cast.principal) == ["Ketahui kunjungan mendesak: Siswa 001"]
    visiting.acknowledge(visit, by=cast.principal)
    assert titles(cast.principal) == []


# Whoever it is


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
    assert tasks_of(somebody, cast.semester).counts == {"home": 0}


def busy_school(students):
    """As many students, each with a case in one of seven states, and as many subjects."""
    cast = small_school(students)
    for _ in range(students):
        make.TeachingAssignmentFactory(
            teacher=cast.guru, school_class=cast.own, subject=make.SubjectFactory()
        )
    for number, student in enumerate(cast.students):
        case = cases.direct_case(cast, student, confirmed=number % 7 != 0)
        if number % 7 == 1:
            cases.attempt(case, cast.bk)
        if number % 7 == 2:
            cases.attempt(case, cast.bk)
            cases.summons(case, cast.bk)
        if number % 7 == 3:
            visits.proposed_visit(case, cast.bk)
        if number % 7 == 4:
            visits.approved_visit(case, cast.bk, cast.principal)
        if number % 7 == 5:
            visits.scheduled_visit(
                case, cast.bk, cast.principal, visitors=[cast.bk, cast.wali, cast.guru]
            )
        if number % 7 == 6:
            verbs.open_directly(student, cast.semester, by=cast.wali, reasons=["FAMILY"])
    Case.objects.filter(student=cast.students[-1]).update(counselor=None)
    return cast


def asked(cast):
    people = ("guru", "wali", "bk", "coordinator", "principal", "student_affairs", "operator")
    return {who: queries_of(signed_in(getattr(cast, who)), "/") for who in people}


@pytest.fixture(scope="module")
def kept():
    """What the small school asked, for the big one to be compared with."""
    return {}


@pytest.mark.parametrize("students", [7, 30])
def test_home_asks_the_same_at_one_row_of_each_kind_as_at_many(students, kept):
    kept[students] = asked(busy_school(students))
    assert max(kept[students].values()) <= 25
    assert all(kept[students] == counts for counts in kept.values())


def test_somebody_who_is_everything_at_once_stays_within_the_limit():
    cast = busy_school(7)
    everything = make.person(Office.COORDINATOR, username="everything")
    make.HomeroomAssignmentFactory(teacher=everything, school_class=cast.own)
    make.TeachingAssignmentFactory(
        teacher=everything, school_class=cast.own, subject=make.SubjectFactory()
    )
    assert queries_of(signed_in(everything), "/") <= 30

"""Tasks of teachers: recaps and class lists, shown when due and gone when handed over."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases import workflow
from cases.tests import factories as cases
from counseling.tests.waiting import lines, titles
from recaps import workflow as recaps
from school.models import HomeroomAssignment, Semester, TeachingAssignment
from school.models.semesters import Term
from school.tests import factories as make
from school.tests.cast import small_school
from workflow import clock
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = pytest.mark.django_db


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
    line = "Serahkan rekap kelas: X MIPA 3"
    assert titles(cast.wali) == [line, line]
    late, early = (sub for _title, sub, _url in lines(cast.wali))
    assert late == str(cast.earlier_period)
    assert early == f"{cast.period} · Bahasa Inggris, Fisika, Matematika belum masuk"
    all_recaps_in(cast, cast.period)
    assert lines(cast.wali)[1][1] == str(cast.period)


def test_missing_subjects_are_named_once_they_are_late():
    cast = small_school()
    cases.handed_over_recap(cast.maths, cast.earlier_period)
    found = [line for line in lines(cast.wali) if str(cast.earlier_period) in line[1]]
    assert [title for title, _sub, _url in found] == [
        "2 mapel belum masuk: X MIPA 3",
        "Serahkan rekap kelas: X MIPA 3",
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
    workflow.write_review_note(case, by=cast.bk, text="Sudah pernah dihubungi?")
    assert line in titles(cast.wali)
    workflow.write_review_note(case, by=cast.wali, text="Sudah, minggu lalu")
    assert line not in titles(cast.wali)


def test_work_ends_with_the_assignment():
    cast = small_school()
    all_recaps_in(cast, cast.earlier_period)
    HomeroomAssignment.objects.update(ends_on=make.days_ago(1))
    assert titles(cast.wali) == []


# When the semester changes


def next_semester(cast, **fields):
    """End the cast's semester three days ago, and begin another one the day after."""
    Semester.objects.filter(pk=cast.semester.pk).update(ends_on=make.days_ago(3))
    given = {"starts_on": make.days_ago(2), "ends_on": make.days_ago(-150), "term": Term.EVEN}
    return make.SemesterFactory(**given | fields)


def of_another_year(cast):
    """Begin a semester of the next year, and end this year's assignments."""
    semester = next_semester(cast, year__label="2022/2023", term=Term.ODD)
    TeachingAssignment.objects.update(ends_on=make.days_ago(3))
    HomeroomAssignment.objects.update(ends_on=make.days_ago(3))
    return make.SchoolClassFactory(year=semester.year, name="XI MIPA 3", grade="XI")


@pytest.mark.parametrize("who", ["guru", "guru2", "wali"])
def test_what_is_owed_waits_on_in_the_next_semester(who):
    cast = small_school()
    before = lines(getattr(cast, who))
    assert before
    next_semester(cast)
    assert lines(getattr(cast, who)) == before


@pytest.mark.parametrize("who", ["guru", "wali"])
def test_what_is_owed_is_done_where_it_says(who):
    cast = small_school()
    next_semester(cast)
    client = signed_in(getattr(cast, who))
    for _title, _sub, url in lines(getattr(cast, who)):
        assert client.get(url).status_code == 200


def test_a_returned_recap_and_a_supplement_wait_on_too():
    cast = small_school()
    recap = cases.handed_over_recap(cast.english, cast.earlier_period)
    recaps.return_recap(recap, by=cast.wali, reason="Periksa lagi")
    cases.referred_case(cast)
    cases.handed_over_recap(cast.physics, cast.period)
    next_semester(cast)
    assert "Rekap dikembalikan: Bahasa Inggris, X MIPA 3" in titles(cast.guru2)
    assert "Serahkan susulan: X MIPA 3" in titles(cast.wali)


def test_a_frozen_semester_asks_for_nothing():
    cast = small_school()
    next_semester(cast)
    Semester.objects.filter(pk=cast.semester.pk).update(frozen_at=clock.now())
    assert titles(cast.guru) == []
    assert titles(cast.wali) == []


def test_both_semesters_ask_for_their_own():
    cast = small_school()
    semester = next_semester(cast)
    make.RecapPeriodFactory(semester=semester, starts_on=make.days_ago(2), ends_on=make.days_ago(0))
    assert (
        titles(cast.guru) == ["Isi rekap: Fisika, X MIPA 3", "Isi rekap: Matematika, X MIPA 3"] * 3
    )
    assert titles(cast.wali).count("Serahkan rekap kelas: X MIPA 3") == 3


def test_a_semester_that_has_not_begun_asks_for_nothing():
    cast = small_school()
    before = titles(cast.guru)
    ahead = make.SemesterFactory(
        term=Term.EVEN, starts_on=make.days_ago(-100), ends_on=make.days_ago(-200)
    )
    make.RecapPeriodFactory(
        semester=ahead, starts_on=make.days_ago(-100), ends_on=make.days_ago(-130)
    )
    assert titles(cast.guru) == before


def test_an_assignment_of_this_year_makes_no_work_for_a_semester_of_another():
    cast = small_school()
    of_class = of_another_year(cast)
    subject = cast.maths.subject
    make.TeachingAssignmentFactory(teacher=cast.guru, school_class=of_class, subject=subject)
    make.HomeroomAssignmentFactory(teacher=cast.wali, school_class=of_class)
    assert titles(cast.guru) == []
    assert titles(cast.wali) == []


def test_work_of_a_year_that_is_over_is_owed_by_who_still_holds_its_class():
    cast = small_school()
    of_another_year(cast)
    TeachingAssignment.objects.filter(pk=cast.maths.pk).update(ends_on=None)
    assert titles(cast.guru) == ["Isi rekap: Matematika, X MIPA 3"] * 2


def test_who_goes_on_teaching_by_a_new_assignment_owes_what_the_old_one_left():
    cast = small_school()
    next_semester(cast)
    TeachingAssignment.objects.filter(pk=cast.physics.pk).delete()
    TeachingAssignment.objects.filter(pk=cast.maths.pk).update(ends_on=make.days_ago(3))
    new = make.TeachingAssignmentFactory(
        teacher=cast.guru,
        school_class=cast.own,
        subject=cast.maths.subject,
        starts_on=make.days_ago(2),
    )
    assert [(title, url) for title, _sub, url in lines(cast.guru)] == [
        ("Isi rekap: Matematika, X MIPA 3", reverse("recaps:recap_sheet", args=[new.pk, period.pk]))
        for period in (cast.earlier_period, cast.period)
    ]


@pytest.mark.sqlite
@pytest.mark.parametrize("who", ["guru", "wali"])
def test_home_asks_the_same_with_two_semesters_open_as_with_one(who):
    cast = small_school()
    one = queries_of(signed_in(getattr(cast, who)), "/")
    semester = next_semester(cast)
    make.RecapPeriodFactory(semester=semester, starts_on=make.days_ago(2), ends_on=make.days_ago(0))
    assert queries_of(signed_in(getattr(cast, who)), "/") == one

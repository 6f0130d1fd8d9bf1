"""Recaps of a group with students of several classes: its sheet, and what each class sees of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from recaps.models import ClassList, Entry, Recap
from recaps.models.indicators import figures_in_periods, figures_of_list
from recaps.models.subjects import subjects_of, subjects_of_lists
from recaps.queries.standing import standing_for
from recaps.tasks import waiting
from recaps.tests import factories as make
from recaps.tests.class_list_pages import page, url_of
from recaps.workflow import (
    begin_correction,
    class_list_of,
    decide,
    hand_over,
    hand_over_list,
    return_recap,
    save_entry,
)
from school.models import (
    Enrolment,
    GroupMember,
    HomeroomAssignment,
    Student,
    TeachingAssignment,
    User,
)
from school.tests import factories as people
from school.tests.cast import Cast, small_school
from workflow.errors import NotAllowed, NotNow, NotThere
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = pytest.mark.django_db

RELIGION = "Pendidikan Agama · Kristen X"


@dataclass
class Mixed:
    """The small school with a group of one student of each class, taught by a pastor."""

    cast: Cast
    pastor: User
    assignment: TeachingAssignment
    own: Student
    foreign: Student

    @property
    def recap(self) -> Recap:
        return Recap.objects.get(group=self.assignment.group, period=self.cast.period)

    def hand_over(self, *students: Student) -> Recap:
        noted = dict.fromkeys(students, make.ABSENT)
        return make.handed_over_recap(self.assignment, self.cast.period, noted)

    def list_of(self, of_class: Any) -> ClassList:
        return ClassList(school_class=of_class, period=self.cast.period)


def mixed_school() -> Mixed:
    cast = small_school()
    pastor = people.person(username="pendeta", name="Yohanes Kristanto", honorific="BAPAK")
    own, foreign = cast.students[0], cast.foreign_students[0]
    assignment = people.mixed_group(pastor, [own, foreign], cast.own.year)
    return Mixed(cast, pastor, assignment, own, foreign)


def sheet_of(school: Mixed) -> str:
    return reverse("recaps:recap_sheet", args=[school.assignment.pk, school.cast.period.pk])


def names(lines: Iterable[Any]) -> list[str]:
    return [line.name for line in lines]


def test_the_sheet_lists_the_members_with_their_class_and_nobody_else():
    school = mixed_school()
    client = signed_in(school.pastor)
    html = page(client, sheet_of(school))
    assert "Rekap Kristen X" in html
    assert f'{school.own.name} <small class="muted">X MIPA 3</small>' in html
    assert f'{school.foreign.name} <small class="muted">X MIPA 4</small>' in html
    assert school.cast.students[1].name not in html
    assert "Kristen X" in page(client, reverse("recaps:my_recaps"))


@pytest.mark.parametrize(
    ("joined", "left", "is_listed"),
    [(90, None, True), (3, None, True), (2, None, False), (90, 33, True), (90, 34, False)],
)
def test_a_member_on_a_day_of_the_period_stands_on_the_sheet(joined, left, is_listed):
    school = mixed_school()
    GroupMember.objects.filter(student=school.own).update(
        starts_on=people.days_ago(joined), ends_on=left and people.days_ago(left)
    )
    assert (school.own.name in page(signed_in(school.pastor), sheet_of(school))) == is_listed
    values = {"absent": 1, "own_meetings": 2}
    to_save = {"by": school.pastor, "values": values, "read_at": 0}
    if is_listed:
        save_entry(school.assignment, school.cast.period, school.own.pk, **to_save)
        # Of whom something is noted stays in view, whatever becomes of the membership.
        GroupMember.objects.filter(student=school.own).delete()
        assert school.own.name in page(signed_in(school.pastor), sheet_of(school))
    else:
        with pytest.raises(NotThere):
            save_entry(school.assignment, school.cast.period, school.own.pk, **to_save)


def test_nobody_outside_the_group_is_noted_on_its_sheet():
    school = mixed_school()
    other = school.cast.students[1]
    with pytest.raises(NotThere):
        make.handed_over_recap(school.assignment, school.cast.period, {other: make.ABSENT})


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("pastor", "own foreign"),
        ("coordinator", "own foreign"),
        ("wali", "own"),
        ("bk", "own"),
        ("wali2", "foreign"),
        ("bk2", "foreign"),
        ("guru", None),
        ("principal", None),
        ("operator", None),
    ],
)
def test_each_reads_of_a_recap_the_students_of_their_classes(who, reads):
    school = mixed_school()
    recap = school.hand_over(school.own, school.foreign)
    person = school.pastor if who == "pastor" else getattr(school.cast, who)
    client = signed_in(person)
    url = recap.get_absolute_url()
    if reads is None:
        assert client.get(url).status_code == 404
        assert not standing_for(person).exists()
        return
    html = page(client, url)
    read = {entry.student for entry in standing_for(person)}
    for name in ("own", "foreign"):
        student = getattr(school, name)
        assert (student.name in html) == (name in reads.split()), name
        assert (student in read) == (name in reads.split()), name
    assert ("Anda melihat siswa kelas Anda" in html) == (who not in {"pastor", "coordinator"})


@pytest.mark.parametrize(
    ("who", "reads"),
    [("pastor", True), ("coordinator", True), ("wali", False), ("wali2", False)],
)
def test_a_reason_that_may_name_anybody_is_read_by_who_reads_of_everybody(who, reads):
    school = mixed_school()
    recap = school.hand_over(school.own)
    return_recap(recap, by=school.cast.wali, reason=f"Periksa {school.own.name}")
    client = signed_in(school.pastor if who == "pastor" else getattr(school.cast, who))
    url = recap.get_absolute_url()
    assert (f"Periksa {school.own.name}" in page(client, url)) == reads
    hand_over(school.recap, by=school.pastor)
    for of_class, wali in (
        (school.cast.own, school.cast.wali),
        (school.cast.foreign, school.cast.wali2),
    ):
        class_list = class_list_of(of_class, school.cast.period, by=wali)
        decide(class_list, list(class_list.students()), "WATCH", by=wali)
        hand_over_list(class_list, by=wali)
    begin_correction(school.recap, by=school.pastor, reason=f"{school.own.name} tertukar")
    hand_over(school.recap, by=school.pastor)
    assert (f"{school.own.name} tertukar" in page(client, url)) == reads


def test_a_homeroom_teacher_reads_no_group_without_a_student_of_the_class():
    school = mixed_school()
    recap = school.hand_over(school.foreign)
    GroupMember.objects.filter(student=school.own).update(ends_on=people.days_ago(40))
    assert signed_in(school.cast.wali).get(recap.get_absolute_url()).status_code == 404


def test_a_student_who_moved_is_read_by_the_class_of_the_days_in_the_group():
    school = mixed_school()
    recap = school.hand_over(school.own)
    before = school.cast.period.starts_on - timedelta(days=1)
    Enrolment.objects.filter(student=school.own).update(ends_on=before, end_reason="MOVED_CLASS")
    people.EnrolmentFactory(
        student=school.own, school_class=school.cast.foreign, starts_on=before + timedelta(days=1)
    )
    assert signed_in(school.cast.wali).get(recap.get_absolute_url()).status_code == 404
    assert school.own.name in page(signed_in(school.cast.wali2), recap.get_absolute_url())


def test_a_list_expects_the_group_counts_its_own_students_and_says_nihil_of_them():
    school = mixed_school()
    cast = school.cast
    assert RELIGION in names(subjects_of(school.list_of(cast.own)).missing)
    assert RELIGION in names(subjects_of(school.list_of(cast.foreign)).missing)
    school.hand_over(school.foreign)
    found = {}
    for of_class in (cast.own, cast.foreign):
        [line] = subjects_of(school.list_of(of_class)).came
        found[of_class.name] = (line.name, line.noted, line.is_nihil)
    assert found == {"X MIPA 3": (RELIGION, 0, True), "X MIPA 4": (RELIGION, 1, False)}
    assert figures_of_list(school.list_of(cast.own)) == {}
    shown = figures_of_list(school.list_of(cast.foreign))
    assert {student: f.never for student, f in shown.items()} == {school.foreign.pk: 1}
    assert figures_in_periods(cast.own.pk, cast.semester) == {}
    assert figures_in_periods(cast.foreign.pk, cast.semester) == {cast.period.pk: shown}


def test_a_list_expects_the_group_only_in_periods_with_a_member():
    school = mixed_school()
    cast = school.cast
    GroupMember.objects.filter(student=school.own).update(starts_on=people.days_ago(33))
    periods = [cast.earlier_period, cast.period]
    lists = subjects_of_lists([cast.own.pk, cast.foreign.pk], periods)
    expected = {key: RELIGION in names(of_list.missing) for key, of_list in lists.items()}
    assert [expected[cast.own.pk, period.pk] for period in periods] == [False, True]
    assert [expected[cast.foreign.pk, period.pk] for period in periods] == [True, True]
    for of_class in (cast.own, cast.foreign):
        for period in periods:
            alone = subjects_of(ClassList(school_class=of_class, period=period))
            assert names(alone.lines) == names(lists[of_class.pk, period.pk].lines)


def test_two_groups_of_one_subject_stand_on_the_list_by_name():
    school = mixed_school()
    islam = people.mixed_group(
        school.cast.guru,
        school.cast.students[1:],
        school.cast.own.year,
        subject=school.assignment.subject,
        name="Islam X MIPA 3",
    )
    make.handed_over_recap(islam, school.cast.period)
    html = page(signed_in(school.cast.wali), url_of(school.cast))
    assert RELIGION in html
    assert "Pendidikan Agama · Islam X MIPA 3" in html
    assert "1 dari 5 mapel masuk" in html
    assert "1 dari 5 mapel masuk" in page(
        signed_in(school.cast.wali), reverse("recaps:class_lists")
    )


def test_the_numbers_of_a_student_open_to_the_entry_of_the_group():
    school = mixed_school()
    school.hand_over(school.own, school.foreign)
    client = signed_in(school.cast.wali)
    assert RELIGION in page(client, url_of(school.cast, "class_list_student", school.own))
    assert school.foreign.name not in page(client, url_of(school.cast) + "?show=all")


def test_home_names_the_group_that_is_missing_and_asks_its_teacher():
    school = mixed_school()
    school.cast.period.ends_on = people.days_ago(12)
    school.cast.period.save()
    late = [t.sub for t in waiting(school.cast.wali2) if t.icon == "clock"]
    assert f"{school.cast.period} · Bahasa Inggris, {RELIGION}" in late
    titles = {task.title for task in waiting(school.pastor)}
    assert any("Pendidikan Agama, Kristen X" in title for title in titles)
    school.hand_over()
    late = [t.sub for t in waiting(school.cast.wali2) if t.icon == "clock"]
    assert f"{school.cast.period} · Bahasa Inggris" in late


def handed_over_lists(school: Mixed) -> dict[str, ClassList]:
    found = {}
    for name, wali in (("own", school.cast.wali), ("foreign", school.cast.wali2)):
        class_list = class_list_of(getattr(school.cast, name), school.cast.period, by=wali)
        decide(class_list, [getattr(school, name)], "WATCH", by=wali)
        hand_over_list(class_list, by=wali)
        found[name] = class_list
    return found


def test_a_late_recap_opens_the_lists_of_all_its_classes_again():
    school = mixed_school()
    lists = handed_over_lists(school)
    school.hand_over(school.own)
    for class_list in lists.values():
        class_list.refresh_from_db()
        assert class_list.status == "SUPPLEMENT"
    task = [t for t in waiting(school.cast.wali2) if "susulan" in t.title.lower()]
    assert [t.due_on is not None for t in task] == [True]


def test_a_correction_opens_only_the_lists_of_classes_that_it_shows_otherwise():
    school = mixed_school()
    school.hand_over(school.own, school.foreign)
    lists = handed_over_lists(school)
    sheet = begin_correction(school.recap, by=school.pastor, reason="Salah hitung")
    entry = Entry.objects.get(sheet=sheet, student=school.foreign)
    save_entry(
        school.assignment,
        school.cast.period,
        school.foreign.pk,
        by=school.pastor,
        values={"absent": 1},
        read_at=entry.version,
    )
    hand_over(sheet.recap, by=school.pastor)
    for class_list in lists.values():
        class_list.refresh_from_db()
    assert (lists["own"].status, lists["foreign"].status) == ("HANDED_OVER", "SUPPLEMENT")


@pytest.mark.parametrize("who", ["wali", "wali2"])
def test_a_homeroom_teacher_of_any_class_with_a_member_returns_the_recap(who):
    school = mixed_school()
    recap = school.hand_over(school.own)
    wali = getattr(school.cast, who)
    of_class = school.cast.own if who == "wali" else school.cast.foreign
    given = {"reason": "Periksa lagi"}
    answer = post(signed_in(wali), reverse("recaps:return_recap", args=[recap.pk]), given)
    assert answer.url == reverse("recaps:class_list", args=[of_class.pk, school.cast.period.pk])
    assert school.recap.status == "RETURNED"


def test_nobody_else_returns_it_and_nobody_once_one_of_its_lists_has_gone():
    school = mixed_school()
    recap = school.hand_over(school.foreign)
    stranger = people.person(name="Wali Lain")
    people.HomeroomAssignmentFactory(teacher=stranger)
    with pytest.raises(NotAllowed):
        return_recap(recap, by=stranger, reason="x")
    class_list = class_list_of(school.cast.own, school.cast.period, by=school.cast.wali)
    hand_over_list(class_list, by=school.cast.wali)
    with pytest.raises(NotNow):
        return_recap(Recap.objects.get(pk=recap.pk), by=school.cast.wali2, reason="x")


@pytest.mark.sqlite
def test_a_group_of_thirty_asks_no_more_queries_than_one_of_two():
    school = mixed_school()
    school.hand_over(school.own, school.foreign)
    few = asked(school)
    more = [people.StudentFactory() for _ in range(28)]
    for student in more:
        people.EnrolmentFactory(student=student, school_class=school.cast.own)
        GroupMember.objects.create(
            group=school.assignment.group, student=student, starts_on=people.days_ago(80)
        )
    sheet = school.recap.standing_sheet
    Entry.objects.bulk_create(Entry(sheet=sheet, student=s, absent=4) for s in more)
    assert asked(school) == few


def asked(school: Mixed) -> list[int]:
    earlier = reverse(
        "recaps:recap_sheet", args=[school.assignment.pk, school.cast.earlier_period.pk]
    )
    url = school.recap.get_absolute_url()
    return [
        queries_of(signed_in(school.pastor), earlier),
        queries_of(signed_in(school.pastor), url),
        *(
            queries_of(signed_in(school.cast.wali), one)
            for one in (url, url_of(school.cast), reverse("recaps:class_lists"), "/")
        ),
    ]


def test_a_former_homeroom_teacher_reads_nothing_of_a_group():
    school = mixed_school()
    recap = school.hand_over(school.own)
    HomeroomAssignment.objects.filter(teacher=school.cast.wali).update(ends_on=people.days_ago(1))
    assert signed_in(school.cast.wali).get(recap.get_absolute_url()).status_code == 404

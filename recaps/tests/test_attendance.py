"""Daily attendance: entered by the homeroom teacher day by day, a hint for subject teachers."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from recaps.models import Absence
from recaps.queries.attendance import hints
from recaps.workflow.attendance import ChangedMeanwhile, save_day
from school.days import Holiday
from school.models import Enrolment, Policy, RecapPeriod, Semester
from school.tests import factories as people
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.errors import NotAllowed, NotNow
from workflow.tests.browser_free import post, queries_of, rolled_back, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.fixture
def day(cast: Cast) -> date:
    return cast.period.ends_on


def page_of(cast: Cast, name: str = "attendance", day: date | None = None) -> str:
    url = reverse(f"recaps:{name}", args=[cast.own.pk, cast.period.pk])
    return f"{url}?day={day}" if day else url


def entered(cast: Cast, day: date, codes: dict[int, str], read: dict[int, str] | None = None):
    of_student = {cast.students[at].pk: code for at, code in codes.items()}
    was = {cast.students[at].pk: code for at, code in (read or {}).items()}
    save_day(cast.own, cast.period, day, by=cast.wali, codes=of_student, read=was)


def standing(cast: Cast) -> dict[int, str]:
    numbers = {student.pk: at for at, student in enumerate(cast.students)}
    return {numbers[pk]: code for pk, code in Absence.objects.values_list("student", "code")}


def form(cast: Cast, read: str = "", **codes: str) -> dict[str, str]:
    """Return what the form of a day sends: everybody there but those named like `s0="S"`."""
    typed = {f"s{s.pk}": codes.get(f"s{at}", "H") for at, s in enumerate(cast.students)}
    return typed | {"read": read}


def test_only_those_who_were_absent_get_a_row(cast: Cast, day: date) -> None:
    answer = post(signed_in(cast.wali), page_of(cast, "attendance_day", day), form(cast, s1="S"))
    assert answer.headers["Location"] == page_of(cast)
    assert standing(cast) == {1: "S"}
    assert Absence.objects.get().by == cast.wali


def test_a_correction_replaces_the_code_and_takes_a_row_away(cast: Cast, day: date) -> None:
    entered(cast, day, {0: "S", 1: "A"})
    entered(cast, day, {1: "I"}, read={0: "S", 1: "A"})
    assert standing(cast) == {1: "I"}


def test_of_two_who_enter_the_same_student_the_later_one_is_told(cast: Cast, day: date) -> None:
    entered(cast, day, {0: "S"})
    with pytest.raises(ChangedMeanwhile):
        entered(cast, day, {0: "A"}, read={})
    assert standing(cast) == {0: "S"}


def test_two_who_enter_different_students_disturb_each_other_not(cast: Cast, day: date) -> None:
    entered(cast, day, {0: "S"}, read={})
    entered(cast, day, {1: "I"}, read={})
    assert standing(cast) == {0: "S", 1: "I"}


def test_what_somebody_else_entered_is_shown_and_the_next_save_is_deliberate(
    cast: Cast, day: date
) -> None:
    entered(cast, day, {0: "S"})
    client, url = signed_in(cast.wali), page_of(cast, "attendance_day", day)
    page = post(client, url, form(cast, s0="A"))
    assert "Orang lain sudah mengubahnya: Siswa 001" in page.content.decode()
    read = page.context["form"]["read"].value()
    assert post(client, url, form(cast, read, s0="A")).status_code == 302
    assert standing(cast) == {0: "A"}


def test_a_form_that_waited_overnight_is_saved_for_its_own_day(cast: Cast) -> None:
    """Its address may name no day, which means the last school day."""
    RecapPeriod.objects.filter(pk=cast.period.pk).update(ends_on=clock.today())
    client = signed_in(cast.wali)
    with clock.shifted_to(clock.now() - timedelta(days=1)):
        opened = client.get(page_of(cast, "attendance_day")).content.decode()
    [action] = re.findall(r'id="day"[^>]*action="([^"]*)"', opened)
    assert post(client, action, form(cast, s0="S")).status_code == 302
    assert Absence.objects.get().day == clock.today() - timedelta(days=1)


def test_nothing_is_entered_on_a_day_without_school(cast: Cast, day: date) -> None:
    Policy.objects.update(holidays=[Holiday(day, day, "Maulid Nabi")])
    cast.period.refresh_from_db()
    with pytest.raises(NotNow, match="Maulid Nabi"):
        entered(cast, day, {0: "S"})
    page = signed_in(cast.wali).get(page_of(cast, "attendance_day", day)).content.decode()
    assert "Hari itu bukan hari sekolah: Maulid Nabi. Pilih hari lain." in page


def test_nothing_is_entered_before_its_day_or_after_the_freeze(cast: Cast, day: date) -> None:
    with pytest.raises(NotNow):
        entered(cast, clock.today() + timedelta(days=1), {0: "S"})
    Semester.objects.update(frozen_at=clock.now())
    cast.period.refresh_from_db()
    with pytest.raises(NotNow):
        entered(cast, day, {0: "S"})


def test_only_the_homeroom_teacher_enters(cast: Cast, day: date) -> None:
    for user in (cast.guru, cast.wali2, cast.bk, cast.coordinator):
        with pytest.raises(NotAllowed):
            save_day(cast.own, cast.period, day, by=user, codes={}, read={})


def test_who_sees_which_absences(cast: Cast, day: date) -> None:
    entered(cast, day, {0: "S"})
    people = {name: getattr(cast, name) for name in ("guru", "guru2", "wali", "bk", "coordinator")}
    sees = {name for name, user in people.items() if Absence.objects.visible_to(user).exists()}
    assert sees == set(people)
    for name in ("wali2", "bk2", "principal", "student_affairs", "operator"):
        assert not Absence.objects.visible_to(getattr(cast, name)).exists()


def test_the_teacher_of_a_group_of_several_classes_gets_the_hints_of_its_students(
    cast: Cast, day: date
) -> None:
    member, other = cast.students[:2]
    pastor = people.person(username="pastor", name="Yohanes Kristanto", honorific="BAPAK")
    group = people.mixed_group(pastor, [member, cast.foreign_students[0]], cast.own.year)
    entered(cast, day, {0: "S", 1: "A"})
    assert hints(pastor, [member.pk, other.pk], cast.period).keys() == {member.pk}
    sheet = reverse("recaps:recap_sheet", args=[group.pk, cast.period.pk])
    page = signed_in(pastor).get(sheet).content.decode()
    assert page.count("data-days=") == 1


def test_the_grid_shows_the_days_in_the_class_of_who_moved_and_none_in_another(cast: Cast) -> None:
    """Entered for the class of the day: before the move by wali, after it by wali2."""
    moved, first = cast.students[0], cast.period.starts_on
    last = first + timedelta(days=4)
    Enrolment.objects.filter(student=moved).update(ends_on=last, end_reason="MOVED_CLASS")
    people.EnrolmentFactory(
        student=moved, school_class=cast.foreign, starts_on=last + timedelta(days=1)
    )
    entered(cast, last, {0: "A"})
    there, codes = last + timedelta(days=2), {moved.pk: "S"}
    save_day(cast.foreign, cast.period, there, by=cast.wali2, codes=codes, read={})
    for of_class, user, shown in ((cast.own, cast.wali, "A"), (cast.foreign, cast.wali2, "S")):
        url = reverse("recaps:attendance", args=[of_class.pk, cast.period.pk])
        page = signed_in(user).get(url)
        [row] = [row for row in page.context["rows"] if row.student == moved]
        in_class = row.codes[:5] if of_class == cast.own else row.codes[5:]
        outside = row.codes[5:] if of_class == cast.own else row.codes[:5]
        assert [code for code in in_class if code] == [shown]
        assert set(outside) == {None}
        assert "–" in page.content.decode()


@pytest.mark.sqlite
@pytest.mark.parametrize("name", ["attendance", "attendance_day"])
def test_both_pages_have_as_many_queries_for_30_students_as_for_one(name: str) -> None:
    counts = set()
    for size in (1, 30):
        with rolled_back():
            cast = small_school(size)
            for at in range(size):
                entered(cast, cast.period.ends_on, {at: "S"})
            counts.add(queries_of(signed_in(cast.wali), page_of(cast, name)))
    assert len(counts) == 1


def test_a_hint_says_runs_of_school_days_and_counts_them() -> None:
    """Sick from Thursday 9 to Monday 13 September 2021, later two single days."""
    cast = small_school()
    Semester.objects.update(starts_on="2021-07-12", ends_on="2021-12-17")
    cast.period.starts_on, cast.period.ends_on = date(2021, 9, 1), date(2021, 9, 30)
    cast.period.save()
    Policy.objects.update(free_weekdays=["6", "7"])
    Enrolment.objects.update(starts_on="2021-07-12")
    cast.period.refresh_from_db()
    for number, code in ((9, "S"), (10, "S"), (13, "S"), (20, "I"), (22, "A")):
        entered(cast, date(2021, 9, number), {0: code})
    first = cast.students[0].pk
    with translation.override("id"):
        found = hints(cast.guru, [student.pk for student in cast.students], cast.period)
    assert {pk: hint.text for pk, hint in found.items()} == {
        first: "sakit 9–13 Sep, izin 20 Sep, alpa 22 Sep"
    }
    assert found[first].days == {"sick": 3, "permitted": 1, "absent": 1}


def test_a_month_leads_to_the_begun_months_beside_it(cast: Cast) -> None:
    later = dict.fromkeys(("starts_on", "ends_on"), clock.today() + timedelta(days=1))
    RecapPeriod.objects.create(semester=cast.semester, **later)
    client = signed_in(cast.wali)
    earlier = reverse("recaps:attendance", args=[cast.own.pk, cast.earlier_period.pk])
    for url, before, after in ((page_of(cast), earlier, None), (earlier, None, page_of(cast))):
        page = client.get(url)
        found = [page.context[name] for name in ("before", "after")]
        assert [month and month.url for month in found] == [before, after]
        assert f'href="{before or after}"' in page.content.decode()

"""Who owes a recap: one answer at home, in the grid, on the sheet and on the class list."""

from dataclasses import dataclass

import pytest

from recaps.models import ClassList
from recaps.models.subjects import subjects_of
from recaps.queries.recap_grid import GridCell, grid
from recaps.queries.recap_sheet import own_recap
from recaps.tasks import waiting
from school.models import GroupMember, TeachingAssignment, User
from school.tests import factories as people
from school.tests.cast import Cast, small_school

pytestmark = pytest.mark.django_db


@dataclass
class Newcomer:
    """A teacher of maths, whose assignment begins after the period and before the recap is due."""

    cast: Cast
    person: User
    assignment: TeachingAssignment


def newcomer(*, after: str) -> Newcomer:
    """Let a teacher begin `after` nobody, or after another one who taught during the period."""
    cast = small_school()
    person = people.person(username="newcomer", name="Wawan Adi", honorific="BAPAK")
    if after == "nobody":
        cast.maths.delete()
    else:
        TeachingAssignment.objects.filter(pk=cast.maths.pk).update(ends_on=people.days_ago(2))
    assignment = people.TeachingAssignmentFactory(
        teacher=person, group=cast.maths.group, starts_on=people.days_ago(1)
    )
    return Newcomer(cast, person, assignment)


def titles(user: User) -> list[str]:
    return [str(task.title) for task in waiting(user)]


def cell(user: User, cast: Cast) -> GridCell:
    [line] = grid(user, cast.semester)
    return next(one for one in line.cells if one.period == cast.period)


def test_who_begins_after_the_period_owes_nothing_that_no_list_expects():
    found = newcomer(after="nobody")
    cast, person = found.cast, found.person
    own = own_recap(person, found.assignment.pk, cast.period.pk)
    assert titles(person) == []
    assert (cell(person, cast).state, cell(person, cast).due_on) == ("", None)
    assert own is not None
    assert not own.is_owed
    lines = subjects_of(ClassList(school_class=cast.own, period=cast.period)).lines
    assert "Matematika" not in [line.name for line in lines]


def test_a_successor_before_the_due_date_owes_what_the_list_expects_of_them():
    found = newcomer(after="guru")
    cast, person = found.cast, found.person
    own = own_recap(person, found.assignment.pk, cast.period.pk)
    assert titles(person) == ["Isi rekap: Matematika, X MIPA 3"]
    assert cell(person, cast).state == "MISSING"
    assert cell(person, cast).due_on == cast.period.recap_due_on
    assert own is not None
    assert own.is_owed
    lines = subjects_of(ClassList(school_class=cast.own, period=cast.period)).missing
    [line] = [line for line in lines if line.name == "Matematika"]
    assert line.teacher == person


@pytest.mark.parametrize(("joined", "is_owed"), [(3, True), (2, False)])
def test_a_group_is_asked_for_in_periods_with_a_member(joined: int, is_owed: bool):
    cast = small_school()
    pastor = people.person(username="pastor", name="Yohanes Kristanto", honorific="BAPAK")
    assignment = people.mixed_group(pastor, cast.students[:2], cast.own.year)
    GroupMember.objects.update(starts_on=people.days_ago(joined))
    own = own_recap(pastor, assignment.pk, cast.period.pk)
    assert (titles(pastor) != []) == is_owed
    assert (cell(pastor, cast).state == "MISSING") == is_owed
    assert own is not None
    assert own.is_owed == is_owed
    lines = subjects_of(ClassList(school_class=cast.own, period=cast.period)).lines
    assert ("Pendidikan Agama · Kristen X" in [line.name for line in lines]) == is_owed

"""The acts of the operator in the course of a year."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from cases.models import Case
from counseling.tests.acts.act import DONE, GUIDED, of_school
from counseling.tests.acts.cases import has_nothing_open
from school.models import (
    Change,
    Enrolment,
    HomeroomAssignment,
    NewYear,
    SchoolClass,
    Student,
    TeachingAssignment,
)
from school.tests.cast import Cast
from school.tests.factories import planned_year
from school.workflow import changes, enrolment
from school.workflow.counselors import give_classes
from school.workflow.merge import merge
from school.workflow.new_year import Fate, Going, Plan, begin, keep
from school.workflow.replacement import replace
from workflow import clock

AGO = (0, 1, 5, -3, 200)
"""Days ago on which an act takes effect; the last ones lie in the future or before the semester."""


def day(choice: int) -> Any:
    return clock.today() - timedelta(days=AGO[choice % len(AGO)])


@of_school
def move_class(cast: Cast, by: Any, n: int, choice: int) -> Any:
    student = [*cast.students[:6], *cast.foreign_students][n % 8]
    to = (cast.foreign, cast.own)[n % 8 >= 6 or choice % 7 == 6]
    return enrolment.move(student, to, on=day(choice), by=by)


@of_school
def leave_school(cast: Cast, by: Any, n: int, choice: int) -> Any:
    """Let a student leave; mostly one whose case can then be closed."""
    if choice % 2:
        return None
    of_case = Case.objects.filter(has_nothing_open(), status="OPEN").values("student")
    stays = Enrolment.objects.filter(student__in=cast.students, ends_on=None).order_by("student")
    found = list(stays.filter(student__in=of_case) if n < GUIDED else stays)
    if not found:
        return None
    student = found[n % len(found)].student
    return enrolment.leave(student, on=clock.today() - timedelta(days=1), by=by)


@of_school
def arrive(cast: Cast, by: Any, n: int, choice: int) -> Any:
    """Let a student come back who has left, a new one come, or one who is there."""
    to = (cast.own, cast.foreign)[choice % 2]
    never_there = Q(enrolments=None)
    able = Student.objects.filter(never_there | Q(enrolments__end_reason="LEFT"))
    found = list(able.order_by("-pk") if n < GUIDED else ()) or cast.students
    return enrolment.arrive(found[n % len(found)], to, on=day(choice), by=by)


@of_school
def replace_teacher(cast: Cast, by: Any, n: int, choice: int) -> Any:
    teacher = (cast.guru, cast.guru2, cast.wali)[n % 3]
    successor = (cast.guru2, cast.wali2, cast.guru, cast.operator)[choice % 4]
    return replace(
        teacher,
        successor,
        on=day(choice),
        teaching=TeachingAssignment.objects.filter(teacher=teacher),
        homerooms=HomeroomAssignment.objects.filter(teacher=teacher),
        by=by,
    )


@of_school
def pass_classes(cast: Cast, by: Any, n: int, choice: int) -> Any:
    """Let a counselor fall away: a class goes to another one, or to nobody for now."""
    classes = list(SchoolClass.objects.filter(pk=(cast.own, cast.foreign)[n % 2].pk))
    return give_classes(classes, (cast.bk2, cast.bk, None, cast.guru)[choice % 4], by=by)


@of_school
def merge_classes(cast: Cast, by: Any, n: int, choice: int) -> Any:
    pair = (cast.foreign, cast.own) if n % 3 else (cast.own, cast.foreign)
    return merge(*pair, on=day(choice), by=by)


@of_school
def begin_year(cast: Cast, by: Any, n: int, choice: int) -> Any:
    """Begin the next year, in which one student repeats, one leaves, and one has no class yet."""
    with transaction.atomic():
        return _begun(cast, by, n, choice)


@of_school
def undo_change(cast: Cast, by: Any, n: int, choice: int) -> Any:
    """Undo the last change of the operator, or an earlier one."""
    found = list(Change.objects.filter(undone_at=None)[:3])
    if not found:
        return None
    changes.undo(found[n % len(found) if choice % 3 == 0 else 0], by=by)
    return DONE


def _begun(cast: Cast, by: Any, n: int, choice: int) -> Change:
    kept = NewYear.objects.first() or planned_year(cast.own.year, cast.semester.ends_on)
    plan = Plan.read(kept.plan)
    plan.goings = {
        cast.students[n].pk: Going(Fate.REPEATS, "X MIPA 3"),
        cast.students[choice % 3].pk: Going(Fate.LEAVES),
        **({cast.students[3].pk: Going(Fate.NOWHERE)} if choice == 7 else {}),
    }
    kept = keep(cast.own.year, plan, by=by, read_at=kept.version)
    return begin(kept, by=by)

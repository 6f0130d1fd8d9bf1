"""A school in its January: open cases of two semesters, a leaver, movers, a list in work."""

from dataclasses import dataclass
from datetime import timedelta

from cases.models import Case
from cases.tests import factories as cases
from cases.workflow import confirm, dismiss, open_directly, resolve
from homevisits.tests import factories as visits
from recaps.models import ClassList
from recaps.workflow import class_list_of, decide, hand_over_list
from school.models import Enrolment, Semester, Student
from school.models.semesters import Term
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from workflow import clock

BEFORE = timedelta(days=100)
"""How long ago the acts of the first semester were; it ended ten days ago."""


@dataclass
class January:
    """`first` is the semester that is over, `second` the one that began five days ago."""

    cast: Cast
    first: Semester
    second: Semester
    brought: ClassList
    """The list that referred five students; four of them wait for the review by `cast.bk`."""
    newcomer: Student
    """Came in the holidays."""


def january_school() -> January:
    with clock.shifted_to(clock.now() - BEFORE):
        cast = small_school(12)
        brought = _referred(cast)
        _handled(cast)
        cases.handed_over_recap(
            cast.foreign_english, cast.period, {cast.foreign_students[0]: cases.ABSENT}
        )
        class_list_of(cast.foreign, cast.period, by=cast.wali2)
    second = make.SemesterFactory(
        term=Term.EVEN, starts_on=make.days_ago(5), ends_on=make.days_ago(-150)
    )
    _gone(cast)
    newcomer = make.EnrolmentFactory(school_class=cast.foreign, starts_on=make.days_ago(8)).student
    for student in (cast.students[6], cast.students[11]):
        confirm(open_directly(student, second, by=cast.bk, reasons=["FAMILY"]), by=cast.bk)
    return January(cast, cast.semester, second, brought, newcomer)


def _referred(cast: Cast) -> ClassList:
    """Refer five students: one was called already, another one's case has another counselor."""
    referred = cast.students[:5]
    cases.handed_over_recap(cast.maths, cast.period, dict.fromkeys(referred, cases.ABSENT))
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, referred, "REFER", by=cast.wali)
    hand_over_list(class_list, by=cast.wali)
    cases.attempt(Case.objects.get(student=referred[0]), cast.bk)
    Case.objects.filter(student=referred[2]).update(counselor=cast.bk2)
    return class_list


def _handled(cast: Cast) -> None:
    bk, principal = cast.bk, cast.principal
    resolve(
        cases.tried_case(cast, cast.students[5], "REACHED"),
        by=bk,
        outcome="SOLVED",
        causes=["FORGOT"],
    )
    cases.tried_case(cast, cast.students[6])
    visits.scheduled_visit(cases.tried_case(cast, cast.students[7]), bk, principal)
    visited = cases.tried_case(cast, cast.students[8])
    visits.recorded_visit(visited, bk, principal)
    resolve(visited, by=bk, outcome="SOLVED", causes=["FAMILY"])
    dismiss(cases.direct_case(cast, cast.students[9]), by=bk, reason="Sakit")


def _gone(cast: Cast) -> None:
    """Let two students leave, one in the first semester, and one move to the other class."""
    for student, days, reason in (
        (cast.students[10], 60, "LEFT"),
        (cast.students[5], 2, "LEFT"),
        (cast.students[1], 61, "MOVED_CLASS"),
    ):
        Enrolment.objects.filter(student=student).update(
            ends_on=make.days_ago(days), end_reason=reason
        )
    make.EnrolmentFactory(
        student=cast.students[1], school_class=cast.foreign, starts_on=make.days_ago(60)
    )

"""A school with many tasks for everybody."""

from cases.models import Case
from cases.tests import factories as cases
from cases.workflow import open_directly
from homevisits.tests import factories as visits
from school.tests import factories as make
from school.tests.cast import Cast, small_school


def busy_school(students: int) -> Cast:
    """Make a school of so many students, each with a case in one of seven states, and subjects."""
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
            open_directly(student, cast.semester, by=cast.wali, reasons=["FAMILY"])
    Case.objects.filter(student=cast.students[-1]).update(counselor=None)
    return cast

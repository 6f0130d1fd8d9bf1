"""The school that each random history begins in."""

from cases.tests import factories as cases
from cases.workflow import dismiss, open_directly, resolve
from homevisits.tests import factories as visits
from recaps.workflow import class_list_of
from school.tests import factories as people
from school.tests.cast import Cast, small_school


def history_school() -> Cast:
    """Make a school in which every state already occurs, so that short histories reach all acts."""
    cast = small_school(13)
    people.mixed_group(cast.guru2, [*cast.students[:2], cast.foreign_students[0]], cast.own.year)
    bk, principal = cast.bk, cast.principal
    cases.referred_case(cast)
    cases.handed_over_recap(cast.maths, cast.earlier_period, {cast.students[1]: cases.ABSENT})
    class_list_of(cast.own, cast.earlier_period, by=cast.wali)
    opened = [cases.direct_case(cast, student) for student in cast.students[1:10]]
    for case in opened[:3]:
        cases.attempt(case, bk, "REACHED" if case is opened[0] else "NO_ANSWER")
    cases.summons(opened[1], bk)
    visits.recorded_visit(opened[2], bk, principal, outcome="NOBODY")
    visits.proposed_visit(opened[3], bk)
    visits.approved_visit(opened[4], bk, principal)
    visits.scheduled_visit(opened[5], bk, principal, visitors=[bk, cast.wali])
    dismiss(opened[6], by=bk, reason="Sakit")
    resolve(opened[7], by=bk, outcome="SOLVED", causes=["FORGOT"], reason="Kembali aktif")
    visits.urgent_visit(opened[8], bk)
    open_directly(cast.foreign_students[0], cast.semester, by=cast.bk2, reasons=["FAMILY"])
    for student in cast.students[10:]:
        cases.direct_case(cast, student, confirmed=False)
    return cast

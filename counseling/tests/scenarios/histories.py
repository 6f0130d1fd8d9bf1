"""The school that each random history begins in."""

from dataclasses import dataclass, field

from cases.tests import factories as cases
from cases.workflow import confirm, dismiss, open_directly, pass_on, resolve
from homevisits.tests import factories as visits
from homevisits.tests.pictures import photo_of
from homevisits.workflow.photo import MOST
from recaps.workflow import class_list_of
from reports.tests.factories import evaluation, handed_over_evaluation
from reports.workflow import freeze
from school.models import AcademicYear, Semester
from school.tests import factories as people
from school.tests.cast import Cast, small_school
from support.tests import factories as support
from workflow import clock


@dataclass
class HistoryCast(Cast):
    past: Semester = field(default_factory=Semester)
    """A semester that is over and frozen, with two cases."""


def history_school() -> HistoryCast:
    """Make a school in which every state already occurs, so that short histories reach all acts."""
    small = small_school(14)
    cast = HistoryCast(**vars(small), past=_past(small))
    people.StudentFactory.create_batch(2)  # who may come later
    people.mixed_group(cast.guru2, [*cast.students[:2], cast.foreign_students[0]], cast.own.year)
    bk, principal = cast.bk, cast.principal
    cases.referred_case(cast)
    cases.handed_over_recap(cast.maths, cast.earlier_period, {cast.students[1]: cases.ABSENT})
    class_list_of(cast.own, cast.earlier_period, by=cast.wali)
    opened = [cases.direct_case(cast, student) for student in cast.students[1:11]]
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
    support.follow_up(opened[0], bk)
    support.conference(opened[3], bk, invited=[cast.guru], is_over=True)
    support.held_conference(opened[4], bk, invited=[cast.guru, cast.wali])
    support.follow_up(opened[8], bk, doer=cast.guru)
    support.asked(opened[0], bk)
    support.approved(opened[2], bk, principal)
    support.handed_over(opened[4], bk, principal)
    support.kept(opened[5], bk, principal)
    support.sent_referral(opened[0], bk)
    support.prepared_referral(opened[2], bk)
    full = visits.scheduled_visit(opened[9], bk, principal, visitors=[bk])
    for _n in range(MOST - 1):
        photo_of(full, bk)
    foreign = cast.foreign_students[0]
    theirs = open_directly(foreign, cast.semester, by=cast.bk2, reasons=["FAMILY"])
    evaluation(cast.semester, bk)
    handed_over_evaluation(cast.semester, cast.bk2)
    cases.note(opened[0], bk)
    pass_on(cases.note(opened[2], cast.coordinator), by=cast.coordinator)
    cases.note(opened[4], cast.coordinator)
    cases.note(theirs, cast.bk2)
    for student in cast.students[11:]:
        cases.direct_case(cast, student, confirmed=False)
    return cast


def _past(cast: Cast) -> Semester:
    """Return a semester before this one, with a class of six students and two cases; frozen.

    Once unfrozen its cases can be reopened, and continue in this semester when it is frozen again.
    """
    year = AcademicYear.objects.create(label="2020/2021")
    days = {"starts_on": people.days_ago(300), "ends_on": people.days_ago(120)}
    past = people.SemesterFactory(year=year, term=2, **days)
    school_class = people.SchoolClassFactory(year=year, name="IX A", grade="IX")
    for student in cast.students[:6]:
        stay = {"starts_on": days["starts_on"], "ends_on": people.days_ago(110)}
        people.EnrolmentFactory(
            student=student, school_class=school_class, end_reason="YEAR_END", **stay
        )
    at = clock.day_start(people.days_ago(200))
    given = {"by": cast.coordinator, "happened_at": at}
    for student in cast.students[:2]:
        case = open_directly(student, past, reasons=["FAMILY"], **given)
        confirm(case, **given)
        resolve(case, outcome="IMPROVED", causes=["FAMILY"], reason="Didampingi keluarga", **given)
    freeze(past, by=cast.principal)
    return past

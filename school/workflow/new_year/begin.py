"""The new year is begun: classes, enrolments and assignments of a whole school in one change."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from school import wording
from school.days import A_DAY
from school.models import (
    AcademicYear,
    Change,
    Enrolment,
    GroupMember,
    HomeroomAssignment,
    SchoolClass,
    Student,
    TeachingAssignment,
    User,
)
from school.models.change import ChangeKind
from school.models.classes import EndReason
from school.models.new_year import NewYear
from school.workflow.assignments import check_teachers, still_to_hold
from school.workflow.changes import Recorder, recording
from school.workflow.new_year.lessons import carry_groups, carry_lessons
from school.workflow.new_year.plan import Fate, Plan
from school.workflow.new_year.seats import Seat, seats_of
from school.workflow.new_year.terms import check_first_day, make_year
from school.workflow.stays import end_before
from workflow.errors import NotNow
from workflow.run import hold

REASONS = {Fate.GRADUATES: EndReason.GRADUATED, Fate.LEAVES: EndReason.LEFT}
"""Fate → why the stay in the old year ends, if it is not only the year."""


def begin(new_year: NewYear, *, by: User) -> Change:
    """Begin the new year as it is planned, for the whole school. Raises NotAllowed, NotNow."""
    plan = Plan.read(new_year.plan)
    with recording(ChangeKind.NEW_YEAR, by=by, on=plan.first_day) as change:
        hold(new_year)
        plan, ends = Plan.read(new_year.plan), new_year.ends
        if new_year.is_begun:
            raise NotNow(_("%(year)s is begun already.") % {"year": plan.label})
        check_first_day(ends, plan)
        seats = seats_of(ends, plan)
        leaving = Student.objects.select_for_update().filter(enrolments__school_class__year=ends)
        list(leaving.order_by("pk"))
        check_seats(plan, seats)
        year = make_year(plan, by=by, change=change)
        classes = _classes(change, plan, year)
        _end_old_year(change, ends, seats, plan.first_day)
        _begin_homerooms(change, plan, classes)
        counts = Counter[str]()
        if plan.with_lessons:
            counts["lessons"] = carry_lessons(change, plan, ends, classes)
        if plan.with_groups:
            carry_groups(change, plan, ends, year, seats)
        _seat(change, plan, seats, classes)
        counts |= _counts(seats) | {"classes": len(classes)}
        change.counts = dict(counts)
    NewYear.objects.filter(pk=new_year.pk).update(change=change.made)
    return change.made


def check_seats(plan: Plan, seats: Sequence[Seat]) -> None:
    """Raise NotNow while somebody has no class, or one that there is not."""
    if nowhere := sum(seat.fate == Fate.NOWHERE for seat in seats):
        raise NotNow(
            _("Without a class in the new year: %(students)s.")
            % {"students": wording.students(nowhere)}
        )
    unknown = {seat.to for seat in seats if seat.stays and seat.to not in plan.classes}
    if unknown:
        raise NotNow(
            _("The new year has no class %(classes)s.") % {"classes": ", ".join(sorted(unknown))}
        )


def _classes(change: Recorder, plan: Plan, year: AcademicYear) -> dict[str, SchoolClass]:
    """Return name → class of the new year; those that are missing are made."""
    found = {one.name: one for one in SchoolClass.objects.filter(year=year)}
    new = [
        SchoolClass(year=year, name=one.name, grade=one.grade, counselor_id=one.counselor)
        for one in plan.classes.values()
        if one.name not in found
    ]
    orders = _orders(plan)
    for one in new:
        one.order = orders.get(one.name, 0)
    return found | {one.name: one for one in change.create(new)}


def _orders(plan: Plan) -> dict[str, int]:
    """Return name → the order of the class that it follows."""
    before = SchoolClass.objects.filter(pk__in=plan.after).values_list("pk", "order")
    order = dict(before)
    return {name: order.get(one.staff_of or 0, 0) for name, one in plan.classes.items()}


def _end_old_year(
    change: Recorder, ends: AcademicYear, seats: Iterable[Seat], first_day: date
) -> None:
    """End the stays, assignments and memberships of the old year on the eve of the new one."""
    stays = []
    for seat in seats:
        if stay := seat.stay:
            if stay.ends_on is None or stay.ends_on >= first_day:
                stay.ends_on = first_day - A_DAY
            stay.end_reason = REASONS.get(seat.fate, EndReason.YEAR_END)
            stays.append(stay)
    change.update(stays, ["ends_on", "end_reason"])
    still = still_to_hold(first_day)
    for rows in (
        HomeroomAssignment.objects.filter(still, school_class__year=ends),
        TeachingAssignment.objects.filter(still, group__year=ends),
        GroupMember.objects.filter(still, group__year=ends),
    ):
        end_before(change, rows, first_day)


def _begin_homerooms(change: Recorder, plan: Plan, classes: dict[str, SchoolClass]) -> None:
    rows = [
        HomeroomAssignment(
            teacher_id=teacher, school_class=classes[one.name], starts_on=plan.first_day
        )
        for one in plan.classes.values()
        for teacher in one.homerooms
    ]
    check_teachers([row.teacher_id for row in rows])
    held = HomeroomAssignment.objects.filter(school_class__in=classes.values())
    there = set(held.values_list("school_class", flat=True))
    change.create([row for row in rows if row.school_class_id not in there])


def _seat(
    change: Recorder, plan: Plan, seats: Iterable[Seat], classes: dict[str, SchoolClass]
) -> None:
    change.create(
        [
            Enrolment(
                student_id=seat.student, school_class=classes[seat.to], starts_on=plan.first_day
            )
            for seat in seats
            if seat.stays
        ]
    )


def _counts(seats: Iterable[Seat]) -> Counter[str]:
    names = {
        Fate.PROMOTED: "promoted",
        Fate.REPEATS: "repeating",
        Fate.ELSEWHERE: "elsewhere",
        Fate.GRADUATES: "graduated",
        Fate.LEAVES: "left",
    }
    return Counter(names[seat.fate] for seat in seats if seat.fate in names)

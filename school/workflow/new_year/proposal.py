"""The usual plan of a new year: each class goes up with its teachers, the last grade graduates."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from school.grades import next_grade, renamed
from school.in_use import is_in_use
from school.models import (
    AcademicYear,
    Enrolment,
    HomeroomAssignment,
    SchoolClass,
    Semester,
)
from school.models.semesters import Term
from school.permissions import possible_counselors, possible_teachers
from school.school_years import Days, begins_in, label_of, usual_days, year_of
from school.workflow.assignments import still_to_hold
from school.workflow.new_year.plan import LAST_GRADES, NextClass, Plan
from school.years import day_in, span_of
from workflow.errors import NotNow

FIRST_GRADES = ("VII", "X")
"""The grades with which a school begins."""


def propose(year: AcademicYear) -> Plan:
    """Return the plan for the year after `year`. Raises NotNow if nobody is in that one yet."""
    span = span_of(year)
    if span is None:
        raise NotNow(_("This school year has no semester yet."))
    begins = (begins_in(year.label) or year_of(span[0])) + 1
    label = label_of(begins)
    odd, even = (_days(label, begins, term) for term in (Term.ODD, Term.EVEN))
    plan = Plan(label, odd, even)
    rows = SchoolClass.objects.filter(is_in_use(day_in(year)), year=year)
    classes = list(rows.annotate(has_students=Exists(_enrolled())))
    if not any(one.has_students for one in classes):
        raise NotNow(
            _("No class of %(year)s has students yet. Fill in that year first.") % {"year": year}
        )
    names = {one.name for one in classes}
    for one in classes:
        plan.after[one.pk] = _name_after(one, names)
    _go_up(plan, classes)
    _let_in(plan, classes)
    _staff(plan, classes, span[1])
    plan.drop_unused()
    return plan


def _enrolled() -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(school_class=OuterRef("pk"))


def _days(label: str, begins: int, term: Term) -> Days:
    """Return the days of a semester, as they are set already or usually are."""
    known = Semester.objects.filter(year__label=label, term=term).first()
    return Days(known.starts_on, known.ends_on) if known else usual_days(begins, term)


def _name_after(one: SchoolClass, names: set[str]) -> str:
    """Return the name of the class in which another goes on; "" if it graduates."""
    after = next_grade(one.grade)
    if after is None:
        return ""
    name = renamed(one.name, one.grade, after)
    return name if one.grade not in LAST_GRADES or name in names else ""


def _go_up(plan: Plan, classes: Sequence[SchoolClass]) -> None:
    for one in classes:
        if name := plan.after[one.pk]:
            grade = next_grade(one.grade) or one.grade
            plan.classes.setdefault(name, NextClass(name, grade, staff_of=one.pk))


def _let_in(plan: Plan, classes: Sequence[SchoolClass]) -> None:
    """Add the classes of the first grades, into which nobody goes up.

    Their teachers are those of the class that graduates under the same name, else the same ones.
    """
    reached = {one.grade for one in plan.classes.values()}
    graduating = {one.name: one.pk for one in classes if not plan.after[one.pk]}
    last = {one.grade for one in classes if not plan.after[one.pk]}
    for one in classes:
        if one.grade in reached or one.grade not in FIRST_GRADES:
            continue
        freed = (graduating.get(renamed(one.name, one.grade, grade)) for grade in last)
        staff = next(filter(None, freed), one.pk)
        plan.classes.setdefault(
            one.name, NextClass(one.name, one.grade, staff_of=staff, is_entry=True)
        )


def _staff(plan: Plan, classes: Sequence[SchoolClass], last_day: date) -> None:
    """Give each class the counselor and the homeroom teachers of the class that it follows."""
    of_class = {one.pk: one for one in classes}
    counselors = set(possible_counselors().values_list("pk", flat=True))
    held = HomeroomAssignment.objects.filter(
        still_to_hold(last_day), school_class__in=classes, teacher__in=possible_teachers()
    )
    homerooms: dict[int, list[int]] = defaultdict(list)
    for of, teacher in held.order_by("starts_on", "pk").values_list("school_class", "teacher"):
        homerooms[of].append(teacher)
    for one in plan.classes.values():
        before = of_class.get(one.staff_of or 0)
        if before is None:
            continue
        one.homerooms = list(dict.fromkeys(homerooms[before.pk]))
        one.counselor = before.counselor_id if before.counselor_id in counselors else None

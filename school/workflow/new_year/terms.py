"""The days of the new year, and its two semesters."""

from django.db import transaction
from django.utils.translation import gettext as _

from school import wording
from school.dates import not_frozen_from
from school.models import AcademicYear, User
from school.models.semesters import Term
from school.school_years import Days
from school.workflow.changes import Recorder
from school.workflow.new_year.plan import Plan
from school.workflow.semesters import make_semester
from school.years import span_of
from workflow.errors import NotNow


def make_year(plan: Plan, *, by: User, change: Recorder | None = None) -> AcademicYear:
    """Return the new year with its two semesters; what is missing is made. Raises NotNow."""
    terms: tuple[tuple[Term, Days], ...] = ((Term.ODD, plan.odd), (Term.EVEN, plan.even))
    known = AcademicYear.objects.filter(label=plan.label).first()
    there = set(known.semesters.values_list("term", flat=True)) if known else set()
    for term, days in terms:
        if term not in there:
            make_semester(plan.label, term, days.first, days.last, by=by, change=change)
    return AcademicYear.objects.get(label=plan.label)


def check_first_day(ends: AcademicYear, plan: Plan) -> None:
    """Raise NotNow if the new year would begin before the old one ends, or in frozen figures."""
    span = span_of(ends)
    if span and plan.first_day <= span[1]:
        raise NotNow(
            _("%(year)s lasts until %(last)s. The new year begins after that.")
            % {"year": ends, "last": wording.full_day(span[1])}
        )
    not_frozen_from(plan.first_day)


def check_days(ends: AcademicYear, plan: Plan, *, by: User) -> None:
    """Raise NotNow unless the semesters can have these days: they are made, and rolled back."""
    check_first_day(ends, plan)
    with transaction.atomic():
        make_year(plan, by=by)
        transaction.set_rollback(True)

"""The plan is kept while the operator prepares it, a step at a time."""

from django.db import transaction
from django.utils.translation import gettext as _

from school.models import AcademicYear, NewYear, User
from school.permissions import is_operator
from school.workflow.new_year.plan import Plan
from school.workflow.new_year.proposal import propose
from school.workflow.new_year.terms import check_days
from workflow.errors import EditConflict, NotAllowed, NotNow
from workflow.versions import held, save_versioned


def plan_after(year: AcademicYear) -> tuple[Plan, NewYear | None]:
    """Return the plan that is kept for the end of a year, or the usual one. Raises NotNow."""
    kept = NewYear.objects.select_related("change", "ends").filter(ends=year).first()
    return (Plan.read(kept.plan), kept) if kept else (propose(year), None)


def keep_days(year: AcademicYear, plan: Plan, *, by: User, read_at: int) -> NewYear:
    """Keep the plan if its semesters can have their days. Raises NotAllowed, NotNow."""
    check_days(year, plan, by=by)
    return keep(year, plan, by=by, read_at=read_at)


@transaction.atomic
def keep(year: AcademicYear, plan: Plan, *, by: User, read_at: int) -> NewYear:
    """Keep the plan; `read_at` is the version that was read, 0 if there was none.

    Raises NotAllowed unless `by` is an operator, NotNow if the year is begun or somebody else has
    changed the plan.
    """
    if not is_operator(by):
        raise NotAllowed
    row, is_new = NewYear.objects.get_or_create(ends=year, defaults={"plan": plan.as_json})
    if is_new:
        return row
    current = held(row)
    if current.is_begun:
        raise NotNow(_("%(year)s is begun already.") % {"year": plan.label})
    try:
        return save_versioned(current, {"plan": plan.as_json}, read_at=read_at)
    except EditConflict as conflict:
        raise NotNow(
            _("Somebody else has changed the plan in the meantime. Open the page again.")
        ) from conflict

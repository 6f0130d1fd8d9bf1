"""Make a semester with its recap periods and its policy, and change its days."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_create_with_history

from school import wording
from school.dates import not_frozen
from school.in_semester import first_day_of
from school.models import AcademicYear, Policy, RecapPeriod, Semester, User
from school.models.semesters import Term
from school.permissions import is_operator
from school.school_years import Days, begins_in, months_of
from school.workflow.changes import Recorder
from school.workflow.snapshots import Row, has_history
from workflow.errors import NotAllowed, NotNow
from workflow.versions import held, save_versioned

LONGEST = 250
"""Days of the longest semester; more is a mistake in the dates."""
NOT_COPIED = {"id", "semester", "version", "holidays"}


def make_semester(
    year_label: str,
    term: Term,
    starts_on: date,
    ends_on: date,
    *,
    by: User,
    change: Recorder | None = None,
    recaps_from: date | None = None,
) -> Semester:
    """Return a new semester, with months as its recap periods and the last semester's policy.

    Months that are over on the day `recaps_from` are no periods, so nobody owes recaps of them.

    Its school year is made if there is none of that name. With `change`, all of it is undone with
    that change. Raises NotAllowed unless `by` is an operator, NotNow with the reason if the days do
    not fit.
    """
    if not is_operator(by):
        raise NotAllowed
    days = Days(starts_on, ends_on)
    with transaction.atomic():
        _check_year(year_label, days)
        _check_days(days)
        year = (
            _year_for(year_label, term) or _create([AcademicYear(label=year_label)], by, change)[0]
        )
        new = Semester(year=year, term=term, starts_on=starts_on, ends_on=ends_on)
        (semester,) = _create([new], by, change)
        _create([policy_for(semester)], by, change)
        months = [one for one in months_of(days) if not recaps_from or one.last >= recaps_from]
        if months:
            periods = [RecapPeriod(semester=semester, starts_on=a, ends_on=z) for a, z in months]
            _create(periods, by, change)
    return semester


def _year_for(label: str, term: Term) -> AcademicYear | None:
    """Return the school year if there is one. Raises NotNow if it has this semester already."""
    year = AcademicYear.objects.filter(label=label).first()
    if year and year.semesters.filter(term=term).exists():
        raise NotNow(_("This semester exists already."))
    return year


def policy_for(semester: Semester) -> Policy:
    """Return an unsaved policy for a new semester, as the one before it has it.

    Of the holidays those come along that lie in the new semester or after it.
    """
    others = Policy.objects.exclude(semester=semester).order_by("semester__starts_on")
    last = others.filter(semester__starts_on__lt=semester.starts_on).last() or others.first()
    if last is None:
        return Policy(semester=semester)
    fields = [field.name for field in Policy._meta.concrete_fields]
    copied = {name: getattr(last, name) for name in fields if name not in NOT_COPIED}
    holidays = tuple(one for one in last.holidays if one.last >= semester.starts_on)
    return Policy(semester=semester, holidays=holidays, **copied)


@transaction.atomic
def change_days(semester: Semester, days: Days, *, by: User, read_at: int) -> Semester:
    """Save the days of a semester. Raises NotAllowed, NotNow with the reason, EditConflict."""
    if not is_operator(by):
        raise NotAllowed
    row = held(semester)
    if why := not_frozen(row):
        raise NotNow(why)
    _check_year(row.year.label, days)
    _check_days(days, but=row)
    _check_what_is_in_it(row, days)
    return save_versioned(row, {"starts_on": days.first, "ends_on": days.last}, read_at=read_at)


def _check_year(label: str, days: Days) -> None:
    """Raise NotNow unless the label is that of a school year in which the days lie."""
    year = begins_in(label)
    if year is None:
        raise NotNow(_("Write the school year as two years in a row, e.g. 2021/2022."))
    if not date(year, 6, 1) <= days.first or not days.last <= date(year + 1, 8, 31):
        raise NotNow(
            _("These days are not in the school year %(year)s. Check the dates.") % {"year": label}
        )


def _check_days(days: Days, but: Semester | None = None) -> None:
    """Raise NotNow if the days are no semester, or if another one has some of them."""
    if days.last <= days.first:
        raise NotNow(_("The semester ends before it begins. Check the dates."))
    if (days.last - days.first).days > LONGEST:
        raise NotNow(_("This is longer than eight months. Check the dates."))
    others = Semester.objects.filter(starts_on__lte=days.last, ends_on__gte=days.first)
    other = (others.exclude(pk=but.pk) if but else others).first()
    if other:
        raise NotNow(
            _("%(semester)s has some of these days: %(days)s. Choose other dates.")
            % {
                "semester": str(other),
                "days": wording.date_range(other.starts_on, other.ends_on),
            }
        )


def _check_what_is_in_it(semester: Semester, days: Days) -> None:
    """Raise NotNow if a recap period, or what happened in the semester, would be outside it."""
    outside = semester.periods.exclude(starts_on__gte=days.first, ends_on__lte=days.last).first()
    if outside:
        raise NotNow(
            _(
                "The recap period %(days)s would be outside the semester. "
                "Change or delete that period first."
            )
            % {"days": wording.date_range(outside.starts_on, outside.ends_on)}
        )
    first = first_day_of(semester)
    if first and first < days.first:
        raise NotNow(
            _(
                "Something has been recorded before %(day)s already. "
                "The semester must begin earlier."
            )
            % {"day": wording.full_day(days.first)}
        )


def _create(rows: Sequence[Row], by: User, change: Recorder | None) -> list[Row]:
    if change:
        return change.create(rows)
    model = type(rows[0])
    if has_history(model):
        return list(bulk_create_with_history(rows, model, default_user=by))
    return list(model._default_manager.bulk_create(rows))

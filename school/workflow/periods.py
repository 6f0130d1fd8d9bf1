"""Add, change and delete the recap periods of a semester."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from school import wording
from school.dates import not_frozen
from school.models import RecapPeriod, Semester, User
from school.permissions import is_operator
from school.school_years import Days, months_of
from school.workflow.snapshots import is_referred_to
from workflow.errors import NotAllowed, NotNow
from workflow.versions import held, save_versioned

IN_USE = _(
    "There are recaps of the period %(days)s already. Its first day stays as it is, and it cannot "
    "be deleted."
)


@transaction.atomic
def add_period(semester: Semester, days: Days, *, by: User) -> RecapPeriod:
    """Return a new recap period. Raises NotAllowed, NotNow with the reason."""
    _check_right(by)
    _check(held(semester), days)
    return RecapPeriod.objects.create(semester=semester, starts_on=days.first, ends_on=days.last)


@transaction.atomic
def change_period(period: RecapPeriod, days: Days, *, by: User, read_at: int) -> RecapPeriod:
    """Save the days of a period; those of one with recaps only end later or earlier.

    Raises NotAllowed, NotNow with the reason, EditConflict.
    """
    _check_right(by)
    _check(held(period.semester), days, but=period)
    row = held(period)
    if days.first != row.starts_on and has_recaps([row]):
        raise NotNow(IN_USE % {"days": _said(row)})
    return save_versioned(row, {"starts_on": days.first, "ends_on": days.last}, read_at=read_at)


@transaction.atomic
def delete_periods(periods: Sequence[RecapPeriod], *, by: User) -> None:
    """Delete all of these periods or none. Raises NotAllowed, NotNow if one has recaps."""
    _check_right(by)
    for period in periods:
        _check_frozen(held(period.semester))
        if has_recaps([period]):
            raise NotNow(IN_USE % {"days": _said(period)})
    for period in periods:
        period.delete()


def has_recaps(periods: Sequence[RecapPeriod]) -> bool:
    """Return whether a recap or a class list is of one of the periods."""
    return is_referred_to(RecapPeriod, [period.pk for period in periods], {})


def next_period(semester: Semester) -> Days | None:
    """Return the first month of a semester, or rest of one, that no period has; None if all are."""
    last = semester.periods.order_by("ends_on").last()
    first = last.ends_on + timedelta(days=1) if last else semester.starts_on
    return next(iter(months_of(Days(first, semester.ends_on))), None)


def _check(semester: Semester, days: Days, but: RecapPeriod | None = None) -> None:
    """Raise NotNow unless the semester takes changes and these days can be one of its periods."""
    _check_frozen(semester)
    if days.last < days.first:
        raise NotNow(_("The period ends before it begins. Check the dates."))
    if days.first < semester.starts_on or days.last > semester.ends_on:
        raise NotNow(
            _("The period must be within the semester: %(days)s.")
            % {"days": wording.date_range(semester.starts_on, semester.ends_on)}
        )
    others = semester.periods.filter(starts_on__lte=days.last, ends_on__gte=days.first)
    other = (others.exclude(pk=but.pk) if but else others).first()
    if other:
        raise NotNow(
            _("The period %(days)s has some of these days. Choose other dates.")
            % {"days": _said(other)}
        )


def _check_frozen(semester: Semester) -> None:
    if why := not_frozen(semester):
        raise NotNow(why)


def _check_right(by: User) -> None:
    if not is_operator(by):
        raise NotAllowed


def _said(period: RecapPeriod) -> str:
    return wording.date_range(period.starts_on, period.ends_on)

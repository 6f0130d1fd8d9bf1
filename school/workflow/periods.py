"""Add, change and delete the recap periods of a semester."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from school import wording
from school.dates import not_frozen
from school.models import RecapPeriod, Semester, User
from school.permissions import is_operator
from school.school_years import Days, months_of
from school.workflow.snapshots import is_referred_to
from workflow import clock
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
    for semester in {one.semester_id: one.semester for one in periods}.values():
        _check_frozen(held(semester))
    _delete(periods)


def _delete(periods: Sequence[RecapPeriod]) -> None:
    """Delete these periods. Raises NotNow if one has recaps."""
    if has_recaps(periods):
        used = next(one for one in periods if has_recaps([one]))
        raise NotNow(IN_USE % {"days": _said(used)})
    for period in periods:
        period.delete()


@transaction.atomic
def begin_recaps(semester: Semester, first: date, *, by: User) -> None:
    """Let recaps count from a day on: periods that end before it go, missing months are added.

    Raises NotAllowed, NotNow if a period before it has recaps.
    """
    _check_right(by)
    _check_frozen(held(semester))
    periods = list(semester.periods.all())
    _delete([one for one in periods if one.ends_on < first])
    for days in _months_before(semester, [one for one in periods if one.ends_on >= first]):
        if days.last >= first:
            semester.periods.create(starts_on=days.first, ends_on=days.last)


def could_begin(semester: Semester) -> list[RecapPeriod]:
    """Return the periods with which recaps can begin: those there are, and the months before."""
    periods = list(semester.periods.all())
    months = _months_before(semester, periods)
    return [RecapPeriod(starts_on=a, ends_on=z) for a, z in months] + periods


def _months_before(semester: Semester, periods: Sequence[RecapPeriod]) -> list[Days]:
    """Return the months of a semester that are over when the first of its periods begins."""
    months = months_of(Days(semester.starts_on, semester.ends_on))
    return [days for days in months if not periods or days.last < periods[0].starts_on]


def recaps_usually_from() -> date | None:
    """Return from when recaps of a new semester count: of a school that has none yet, from today.

    What was before it began with Sambang is asked of nobody. None for all of the semester.
    """
    return None if recaps_have_begun() else clock.today()


def recaps_have_begun() -> bool:
    """Return whether there is a recap or a class list already, of any semester."""
    return has_recaps(list(RecapPeriod.objects.order_by()))


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

"""The rules of dates, in one place.

The day of an act lies between the first day of its semester and today, and not before the act that
it follows from. A plan lies within four months. A frozen semester takes no acts.
"""

from datetime import date, datetime, timedelta
from typing import TypeVar

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from school.models import Semester
from workflow import clock
from workflow.errors import NotNow, Text

When = TypeVar("When", date, datetime)
FURTHEST = timedelta(days=120)
LONG_AGO = timedelta(days=400)
PROMISED_AGO, PROMISED_AHEAD = timedelta(days=200), timedelta(days=400)
"""A promise may be due on a past day, since a school can enter what it did earlier."""


def not_frozen(semester: Semester) -> Text | None:
    """The semester is not frozen, so it still takes acts."""
    if semester.frozen_at:
        return _("The semester report is frozen, so nothing of that semester can change.")
    return None


def act_day(semester: Semester, day: date) -> date:
    """Return `day` if an act of the semester may have it. Raises NotNow."""
    if day < semester.starts_on:
        raise NotNow(
            _("The date lies before the semester began. Enter %(first)s or later.")
            % {"first": date_format(semester.starts_on, "j F Y")}
        )
    if day > clock.today():
        raise NotNow(_("The date lies in the future. Enter when it happened, at the latest today."))
    return day


def act_moment(semester: Semester, moment: datetime | None) -> datetime:
    """Return `moment`, or now, if an act of the semester may have it. Raises NotNow."""
    moment = moment or clock.now()
    act_day(semester, timezone.localdate(moment))
    return clock.happened(moment)


def not_before(when: When, first: When, otherwise: Text) -> When:
    """Return `when` if it is not before `first`. Raises NotNow."""
    if when < first:
        raise NotNow(otherwise)
    return when


def wished_day(day: date) -> date:
    """Return `day` if it can be a wished day, which may be past. Raises NotNow."""
    if clock.today() - day > LONG_AGO:
        raise NotNow(_("This day lies more than a year back. Check the year."))
    return planned_day(day, clock.today())


def promised_day(day: date) -> date:
    """Return `day` if a promise may fall due on it. Raises NotNow."""
    if not -PROMISED_AGO < day - clock.today() < PROMISED_AHEAD:
        raise NotNow(_("This day is too far away. Check the year."))
    return day


def planned_day(day: date, since: date) -> date:
    """Return `day` if it is near enough to `since` to be no mistake. Raises NotNow."""
    if day - since > FURTHEST:
        raise NotNow(_("This day lies more than four months away. Check the year."))
    return day

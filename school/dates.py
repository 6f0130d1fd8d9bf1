"""The rules of dates, in one place.

The day of an act lies between the first day of its semester and today, and not before what it rests
on (`Ground`). A plan lies within four months. A frozen semester takes no acts. So a school that
starts in mid-year can enter what it did before, in its order.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from school import wording
from school.models import Semester
from workflow import clock
from workflow.errors import NotNow, Text

When = TypeVar("When", date, datetime)
FURTHEST = timedelta(days=120)
LONG_AGO = timedelta(days=400)
PROMISED_AGO, PROMISED_AHEAD = timedelta(days=200), timedelta(days=400)
"""A promise may be due on a past day, since a school can enter what it did earlier."""


class Ground(Enum):
    """What an act rests on, with the refusal of an earlier date; `first` is when it was."""

    ENROLMENT = _("The student was enrolled on %(first)s. Enter that day or later.")
    PERIOD = _("The period of the list began on %(first)s. Enter that day or later.")
    LAST_LIST = _("The list was handed over on %(first)s. Enter that or later.")
    OPENING = _("The case was opened on %(first)s. Enter that or later.")
    CONFIRMATION = _("The case was confirmed on %(first)s. Enter that or later.")
    ATTEMPTS = _("The contact behind the summons was on %(first)s. Enter that day or later.")
    LAST_STEP = _("The last step of the case was on %(first)s. Enter that or later.")
    END = _("The case ended on %(first)s. Enter that or later.")
    OPENED_AGAIN = _("The case was reopened on %(first)s. Enter that or later.")
    LEAVING = _("The student was at the school until %(first)s. Enter that day or later.")
    OUTCOME = _("The outcome of the last summons dates from %(first)s. Enter that day or later.")
    LETTER = _("The letter is dated %(first)s. Enter that day or later.")
    MEETING = _("The meeting is on %(first)s. An absence can be recorded from then on.")
    BASIS = _("The basis of the proposal dates from %(first)s. Enter that day or later.")
    VISIT = _("The last visit was on %(first)s. Enter that day or later.")
    AGREEMENT = _("It was agreed on %(first)s. Enter that day or later.")
    REFERRAL = _("The referral was prepared on %(first)s. Enter that day or later.")
    CONSENT = _("The parents agreed on %(first)s. Enter that day or later.")
    PROPOSAL = _("The visit was proposed on %(first)s. Enter that day or later.")
    REQUEST = _("The request dates from %(first)s. Enter that day or later.")
    HANDING_OVER = _("It was handed over on %(first)s. Enter that day or later.")


Grounds = Mapping[Ground, date | datetime | None]
"""Ground → its day or moment; None where there is none. A day is compared with a day."""


def not_frozen(semester: Semester) -> Text | None:
    """The semester is not frozen, so it still takes acts."""
    if semester.frozen_at:
        return _("The semester report is frozen: nothing in that semester can change.")
    return None


def still_takes_acts(semester: Semester) -> None:
    """Raise NotNow if the semester is frozen, also if that was done since `semester` was read."""
    semester.refresh_from_db(fields=["frozen_at"])
    if why := not_frozen(semester):
        raise NotNow(why)


def last_frozen_day() -> date | None:
    """Return the last day of the last frozen semester; what is until then does not change."""
    frozen = Semester.objects.filter(frozen_at__isnull=False).order_by("-ends_on")
    return frozen.values_list("ends_on", flat=True).first()


def frozen_from(day: date | None) -> Text:
    """Return why what holds from `day` on stays as it is: it counts in a frozen semester."""
    last = last_frozen_day()
    if day is None or last is None or day > last:
        return ""
    return _("The figures until %(last)s are frozen, so this can no longer be undone.") % {
        "last": wording.full_day(last)
    }


def changes_from(day: date) -> None:
    """Raise NotNow if what changes on `day` changes a frozen semester, or if it is far away.

    It counts in each semester that ends on that day or later.
    """
    not_frozen_from(day)
    planned_day(day, clock.today())


def not_frozen_from(day: date) -> None:
    """Raise NotNow if what changes on `day` changes a frozen semester."""
    last = last_frozen_day()
    if last and day <= last:
        raise NotNow(
            _("The figures until %(last)s are frozen. Enter a later day.")
            % {"last": wording.full_day(last)}
        )


def act_day(semester: Semester, day: date, grounds: Grounds | None = None) -> date:
    """Return `day` if an act of the semester may have it. Raises NotNow."""
    if day < semester.starts_on:
        raise NotNow(
            _("The date is before the semester began. Enter %(first)s or later.")
            % {"first": wording.full_day(semester.starts_on)}
        )
    if day > clock.today():
        raise NotNow(_("The date is in the future. Enter when it happened, today at the latest."))
    rests_on(day, grounds or {})
    return day


def act_moment(
    semester: Semester, moment: datetime | None, grounds: Grounds | None = None
) -> datetime:
    """Return `moment`, or now, if an act of the semester may have it. Raises NotNow."""
    moment = moment or clock.now()
    act_day(semester, clock.day_of(moment))
    rests_on(moment, grounds or {})
    return clock.happened(moment)


def rests_on(when: date | datetime, grounds: Grounds) -> None:
    """Raise NotNow for the first ground that `when` lies before."""
    for ground, first in grounds.items():
        if first is not None and _lies_before(when, first):
            raise NotNow(ground.value % {"first": _said(first)})


def _lies_before(when: date | datetime, first: date | datetime) -> bool:
    if isinstance(when, datetime) and isinstance(first, datetime):
        return when < first
    return _day(when) < _day(first)


def _day(when: date | datetime) -> date:
    return clock.day_of(when) if isinstance(when, datetime) else when


def _said(when: date | datetime) -> str:
    if isinstance(when, datetime):
        words = {"day": wording.full_day(when), "time": wording.clock_time(when)}
        return str(_("%(day)s at %(time)s") % words)
    return wording.full_day(when)


def not_before(when: When, first: When, otherwise: Text) -> When:
    """Return `when` if it is not before `first`. Raises NotNow."""
    if when < first:
        raise NotNow(otherwise)
    return when


def wished_day(day: date) -> date:
    """Return `day` if it can be a wished day, which may be past. Raises NotNow."""
    if clock.today() - day > LONG_AGO:
        raise NotNow(_("This day is more than a year ago. Check the year."))
    return planned_day(day, clock.today())


def promised_day(day: date) -> date:
    """Return `day` if a promise may fall due on it. Raises NotNow."""
    if not -PROMISED_AGO < day - clock.today() < PROMISED_AHEAD:
        raise NotNow(_("This day is too far away. Check the year."))
    return day


def planned_day(day: date, since: date) -> date:
    """Return `day` if it is near enough to `since` to be no mistake. Raises NotNow."""
    if day - since > FURTHEST:
        raise NotNow(_("This day is more than four months away. Check the year."))
    return day

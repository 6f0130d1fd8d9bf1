"""An act's date lies between its semester's first day and today; a frozen one takes none."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from school.models import Semester
from workflow import clock
from workflow.errors import NotNow, Text


def not_frozen(semester: Semester) -> Text | None:
    """A condition: the semester still takes acts."""
    if semester.is_frozen:
        return _("The semester report is frozen, so nothing of that semester can change.")
    return None


def act_day(semester: Semester, day: date) -> date:
    """`day` if an act of the semester may bear it. Raises NotNow."""
    if day < semester.starts_on:
        raise NotNow(
            _("The date lies before the semester began. Enter %(first)s or later.")
            % {"first": date_format(semester.starts_on, "j F Y")}
        )
    if day > clock.today():
        raise NotNow(_("The date lies in the future. Enter when it happened, at the latest today."))
    return day


def act_moment(semester: Semester, moment: datetime | None) -> datetime:
    """`moment`, or now, if an act of the semester may bear it. Raises NotNow."""
    moment = moment or clock.now()
    act_day(semester, timezone.localdate(moment))
    if moment > clock.now():
        raise NotNow(_("The time lies in the future. Enter when it happened, at the latest now."))
    return moment

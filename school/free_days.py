"""Why there is no school on a day, whichever semester it belongs to."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from school.models import Semester


def semester_on(day: date, semesters: Collection[Semester]) -> Semester | None:
    """Return the semester of a day; None between two semesters."""
    return next((one for one in semesters if one.starts_on <= day <= one.ends_on), None)


def why_free(day: date, semesters: Collection[Semester]) -> str:
    """Return the holiday's name, the weekday or that no semester runs; "" on a school day.

    The semesters come with their policies. A holiday may lie after the end of its semester.
    """
    if semester := semester_on(day, semesters):
        return str(semester.policy.calendar.why_free(day))
    named = (one.policy.calendar.holidays.get(day) for one in semesters)
    return next(filter(None, named), _("no semester"))


def is_named(day: date, semesters: Collection[Semester]) -> bool:
    """Return whether the day is a holiday with a name."""
    return any(day in one.policy.calendar.holidays for one in semesters)

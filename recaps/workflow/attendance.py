"""Enter the daily attendance of a class."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from recaps.models import Absence
from school.dates import act_day, not_frozen
from school.models import Enrolment, RecapPeriod, SchoolClass, User
from school.permissions import is_homeroom_of
from workflow.errors import NotAllowed, NotNow, WorkflowError

Codes = Mapping[int, str]
"""Student id → the code of a day; without one, or with an empty one, the student was there."""


class ChangedMeanwhile(WorkflowError):
    """Somebody else has entered something else for these students since the form was read."""

    def __init__(self, names: list[str]) -> None:
        text = _("Somebody else changed this in the meantime: %(names)s. Check and save again.")
        super().__init__(text % {"names": ", ".join(names)})


def save_day(
    school_class: SchoolClass,
    period: RecapPeriod,
    day: date,
    *,
    by: User,
    codes: Codes,
    read: Codes,
) -> None:
    """Set the codes of a day that differ from what was `read`; all of them, or none.

    Raises NotNow for a day on which nothing can be entered, ChangedMeanwhile if somebody else has
    entered another code for one of the students.
    """
    if not is_homeroom_of(by, school_class.pk):
        raise NotAllowed
    check_day(period, day)
    with transaction.atomic():
        # One at a time for each class, also on PostgreSQL.
        SchoolClass.objects.select_for_update().get(pk=school_class.pk)
        names = dict(on_day(school_class, day))
        standing = standing_on(names, day)
        changed = {pk for pk in names if codes.get(pk, "") != read.get(pk, "")}
        fresh = {pk for pk in changed if standing.get(pk, "") != codes.get(pk, "")}
        if others := [names[pk] for pk in fresh if standing.get(pk, "") != read.get(pk, "")]:
            raise ChangedMeanwhile(sorted(others))
        Absence.objects.filter(student__in=fresh, day=day).delete()
        Absence.objects.bulk_create(
            Absence(student_id=pk, day=day, code=codes[pk], by=by)
            for pk in sorted(fresh)
            if codes.get(pk)
        )


def check_day(period: RecapPeriod, day: date) -> None:
    """Raise NotNow unless attendance of this day can be entered: a school day that has come."""
    if why := not_frozen(period.semester):
        raise NotNow(why)
    act_day(period.semester, day)
    if not period.starts_on <= day <= period.ends_on:
        raise NotNow(_("This day is not in the period."))
    if free := period.semester.policy.calendar.why_free(day):
        raise NotNow(_("No school on that day: %(why)s.") % {"why": free})


def on_day(school_class: SchoolClass, day: date) -> list[tuple[int, str]]:
    """Return id and name of the students who were in the class on a day, by name."""
    enrolled = Enrolment.objects.on(day).filter(school_class=school_class)
    in_order = enrolled.order_by("student__name", "student__nis")
    return list(in_order.values_list("student", "student__name"))


def standing_on(student_ids: Mapping[int, str], day: date) -> dict[int, str]:
    """Return student id → code of those who were absent on a day."""
    rows = Absence.objects.filter(student__in=student_ids, day=day)
    return dict(rows.values_list("student", "code"))

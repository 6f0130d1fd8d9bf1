"""Enter the daily attendance of a class."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recaps.models import Absence
from school.dates import act_day, not_frozen, still_takes_acts
from school.models import Enrolment, RecapPeriod, SchoolClass, User
from school.permissions import is_homeroom_of
from workflow.errors import NotAllowed, NotNow, WorkflowError

Codes = Mapping[int, str]
"""Student id → the code of a day; without one, or with an empty one, the student was there."""
Cell = tuple[int, date]
"""A student's id and a day."""
Cells = Mapping[Cell, str]
"""Student and day → the code, as in `Codes`."""


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
    students = dict(on_day(school_class, day))
    changed = {pk for pk in students if codes.get(pk, "") != read.get(pk, "")}
    save_days(
        school_class,
        period,
        by=by,
        codes={(pk, day): codes.get(pk, "") for pk in changed},
        read={(pk, day): code for pk, code in read.items()},
        days=[day],
    )


def save_days(
    school_class: SchoolClass,
    period: RecapPeriod,
    *,
    by: User,
    codes: Cells,
    read: Cells,
    days: Iterable[date] = (),
) -> None:
    """Set the codes of some students on some days; all of them, or none.

    Raises NotNow for a day on which nothing can be entered, or on which a student was not in the
    class; ChangedMeanwhile if somebody else has entered another code than was `read`.
    """
    if not is_homeroom_of(by, school_class.pk):
        raise NotAllowed
    with transaction.atomic():
        still_takes_acts(period.semester)
        for day in {*days, *(day for _student, day in codes)}:
            check_day(period, day)
        # One at a time for each class, also on PostgreSQL.
        SchoolClass.objects.select_for_update().get(pk=school_class.pk)
        names = _names(school_class, period, codes)
        standing = standing_in(period, names)
        fresh = {cell: code for cell, code in codes.items() if standing.get(cell, "") != code}
        if others := {cell[0] for cell in fresh if standing.get(cell, "") != read.get(cell, "")}:
            raise ChangedMeanwhile(sorted(names[pk] for pk in others))
        Absence.objects.filter(_is_one_of(fresh.keys() & standing.keys())).delete()
        Absence.objects.bulk_create(
            Absence(student_id=pk, day=day, code=code, by=by)
            for (pk, day), code in sorted(fresh.items())
            if code
        )


def _names(school_class: SchoolClass, period: RecapPeriod, cells: Cells) -> dict[int, str]:
    """Return id → name of the students. Raises NotNow if one was not in the class on their day."""
    held: dict[int, list[Enrolment]] = {}
    for enrolment in enrolled(school_class, period):
        held.setdefault(enrolment.student_id, []).append(enrolment)
    for pk, day in cells:
        if not any(enrolment.holds_on(day) for enrolment in held.get(pk, ())):
            raise NotNow(_("Not all of these students were in the class on these days."))
    return {pk: held[pk][0].student.name for pk, _day in cells}


def _is_one_of(cells: Iterable[Cell]) -> Q:
    """Return the filter for the absences of these students, each on their own days."""
    on: dict[date, list[int]] = {}
    for pk, day in cells:
        on.setdefault(day, []).append(pk)
    # Without a day nothing is meant, and not everything.
    return reduce(or_, (Q(day=day, student__in=pks) for day, pks in on.items()), Q(pk__in=()))


def check_day(period: RecapPeriod, day: date) -> None:
    """Raise NotNow unless attendance of this day can be entered: a school day that has come."""
    if why := not_frozen(period.semester):
        raise NotNow(why)
    act_day(period.semester, day)
    if not period.starts_on <= day <= period.ends_on:
        raise NotNow(_("This day is outside the period. Enter it on the page of its own period."))
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


def standing_in(period: RecapPeriod, student_ids: Iterable[int]) -> dict[Cell, str]:
    """Return student and day → code of those who were absent in a period."""
    days = (period.starts_on, period.ends_on)
    rows = Absence.objects.filter(student__in=student_ids, day__range=days)
    return {(pk, day): code for pk, day, code in rows.values_list("student", "day", "code")}


def enrolled(school_class: SchoolClass, period: RecapPeriod) -> list[Enrolment]:
    """Return the enrolments in the class on a day of the period, with their students, by name."""
    rows = Enrolment.objects.between(period.starts_on, period.ends_on)
    of_class = rows.filter(school_class=school_class).select_related("student")
    return list(of_class.order_by("student__name", "student__nis", "starts_on"))

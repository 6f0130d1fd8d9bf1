"""The daily attendance of a class: a month's grid, and the form of one day."""

from datetime import date
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from recaps.forms.attendance import DayForm
from recaps.list_columns import day_columns
from recaps.models.attendance import AbsenceCode
from recaps.permissions import enters_attendance
from recaps.queries.attendance import ClassMonth, beside, grid, month_at, month_for
from recaps.workflow.attendance import (
    ChangedMeanwhile,
    check_day,
    on_day,
    save_day,
    standing_on,
)
from school import wording
from school.list_files import rows_file
from workflow import clock
from workflow.errors import NotNow
from workflow.submits import Answer, done, refused
from workflow.views import acts_on_found, say_done

KEYS = ("class_id", "period_id")
on_month = partial(acts_on_found, "recaps.absence", KEYS, month_for, month_at)
"""A view on the attendance of a class in a period, in place of `class_id` and `period_id`."""


@on_month(methods=("GET",))
def attendance(request: HttpRequest, month: ClassMonth) -> HttpResponse:
    """Show the students and the school days of the period, with S, I or A where one was absent."""
    before, after = beside(month)
    context = {
        "month": month,
        "before": before,
        "after": after,
        "rows": grid(month),
        "codes": AbsenceCode.choices,
        "may_enter": enters_attendance(request.user, month) and not why_not(month, month.last_day),
        "today": clock.today(),
    }
    return render(request, "recaps/attendance.html", context)


@on_month(methods=("GET",))
def attendance_month_file(request: HttpRequest, month: ClassMonth) -> HttpResponse:
    """Send the attendance of the period as a file: a column for each school day."""
    named = (month.school_class.name, str(month.period))
    title = ", ".join([_("Daily attendance"), *named])
    said = [(_("Class"), named[0]), (_("Period"), named[1])]
    return rows_file(request, title, day_columns(month), grid(month), said)


@on_month(may=enters_attendance)
def attendance_day(request: HttpRequest, month: ClassMonth) -> Answer:
    """Enter who was absent on one day; without `day` in the address, on the last school day."""
    day = _day(request, month)
    students = on_day(month.school_class, day)
    standing = standing_on(dict(students), day)
    form = DayForm(request.POST or None, students=students, standing=standing)
    if form.is_valid() and _saved(request, month, day, form):
        words = {"day": wording.full_day(day), "n": len(form.codes)}
        say_done(request, _("Attendance of %(day)s saved: %(n)s absent.") % words)
        return done(month.url)
    near = [each for each in month.days if each <= clock.today()]
    context = {
        "month": month,
        "day": day,
        "form": form,
        "off": why_not(month, day),
        "before": max((each for each in near if each < day), default=None),
        "after": min((each for each in near if each > day), default=None),
    }
    return refused(render(request, "recaps/attendance_day.html", context))


def _saved(request: HttpRequest, month: ClassMonth, day: date, form: DayForm) -> bool:
    """Return whether the day was saved; if not, the form says why."""
    of_class, period = month.school_class, month.period
    try:
        save_day(of_class, period, day, by=request.user, codes=form.codes, read=form.was_read)
    except ChangedMeanwhile as changed:
        form.add_error(None, str(changed))
        form.read_again(standing_on(form.students, day))
    except NotNow as why:
        form.add_error(None, str(why))
    else:
        return True
    return False


def _day(request: HttpRequest, month: ClassMonth) -> date:
    """Return the day that the address names. Raises Http404 if it is none of the period."""
    asked = request.GET.get("day", "")
    if not asked:
        return month.last_day
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise Http404 from None
    if not month.period.starts_on <= day <= month.period.ends_on:
        raise Http404
    return day


def why_not(month: ClassMonth, day: date) -> str:
    """Return why nothing can be entered for the day; "" if it can."""
    try:
        check_day(month.period, day)
    except NotNow as why:
        return str(why)
    return ""

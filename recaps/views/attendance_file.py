"""Daily attendance from a file: what it would change, and change it once that is confirmed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from recaps.forms.attendance_file import AttendanceFileForm
from recaps.permissions import enters_attendance
from recaps.queries.attendance import ClassMonth
from recaps.queries.attendance_file import Plan, plan_of
from recaps.queries.attendance_rows import written_day
from recaps.queries.attendance_template import template_of
from recaps.views.attendance import on_month, why_not
from recaps.workflow.attendance import ChangedMeanwhile, save_days
from school.sheets.csv_text import written
from workflow.bodies import takes_files
from workflow.submits import Answer, done, refused
from workflow.views import say_done


@takes_files
@on_month(may=enters_attendance)
def attendance_file(request: HttpRequest, month: ClassMonth) -> Answer:
    """Show what a file would change; change it if the person has seen just that before."""
    off = why_not(month, month.last_day)
    form = AttendanceFileForm(request.POST or None, request.FILES or None)
    plan = plan_of(month, form.rows) if not off and form.is_valid() else None
    seen = plan and form.cleaned_data["seal"]
    if plan and seen == plan.seal and plan.is_possible:
        if _saved(request, month, plan):
            return done(month.url)
        plan = plan_of(month, form.rows)
    context = {
        "month": month,
        "off": off,
        "form": form,
        "plan": plan,
        "has_changed": bool(seen),
        "like": written_day(month.last_day),
    }
    return refused(render(request, "recaps/attendance_file.html", context))


@on_month(methods=("GET",), may=enters_attendance)
def attendance_template(request: HttpRequest, month: ClassMonth) -> HttpResponse:
    """Send a file to fill in: the students of the class, and what stands of them already."""
    name = slugify(f"{_('Attendance')} {month.school_class} {month.period.ends_on:%Y-%m}")
    return HttpResponse(
        written(template_of(month, request.user)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _saved(request: HttpRequest, month: ClassMonth, plan: Plan) -> bool:
    """Return whether the plan was carried out; not if somebody was faster."""
    of_class, period = month.school_class, month.period
    try:
        save_days(of_class, period, by=request.user, codes=plan.codes, read=plan.read)
    except ChangedMeanwhile:
        return False
    words = {"new": len(plan.new), "replaced": len(plan.replaced)}
    say_done(request, _("From the file: %(new)s new, %(replaced)s replaced.") % words)
    return True

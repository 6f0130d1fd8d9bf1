"""Schedule a visit: its visitors, time and purposes."""

from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases.permissions import is_counselor_of
from homevisits import workflow
from homevisits.forms.schedule import PlanForm, ScheduleForm
from homevisits.models import Visit, VisitStatus
from homevisits.views.fetch import known, on_visit, ruled_out
from workflow import clock
from workflow.submits import Answer, done, refused
from workflow.views import say_done, tried


@on_visit(may=is_counselor_of)
def schedule(request: HttpRequest, visit: Visit) -> Answer:
    visit = known(visit)
    if request.method == "GET":
        if visit.status == VisitStatus.SCHEDULED:
            return refused(redirect("homevisits:reschedule", visit.pk))
        if answer := ruled_out(request, visit, "schedule"):
            return answer
    form = ScheduleForm(request.POST or None, visit=visit)
    if form.is_valid() and tried(
        form, lambda: workflow.schedule(visit, by=request.user, **form.cleaned_data)
    ):
        said = _and_if_free(_("Visit scheduled."), visit)
        say_done(request, said, undo_of=visit, action="schedule")
        return done(visit)
    return _page(request, visit, form, _("Schedule the visit"))


@on_visit(may=is_counselor_of)
def reschedule(request: HttpRequest, visit: Visit) -> Answer:
    visit = known(visit)
    if request.method == "GET" and (answer := ruled_out(request, visit, "reschedule")):
        return answer
    form = PlanForm(request.POST or None, visit=visit)
    if form.is_valid() and tried(
        form, lambda: workflow.reschedule(visit, by=request.user, **form.cleaned_data)
    ):
        said = _("Visit rescheduled. Print the letter again if it has been given out.")
        say_done(request, _and_if_free(said, visit))
        return done(visit)
    return _page(request, visit, form, _("Reschedule the visit"))


def _and_if_free(said: str, visit: Visit) -> str:
    """Return what was done, and that the day is free, which suits families who are at home."""
    assert visit.scheduled_for
    why = visit.case.semester.policy.calendar.why_free(clock.day_of(visit.scheduled_for))
    return f"{said} {_('No school on that day: %(why)s.') % {'why': why}}" if why else said


def _page(request: HttpRequest, visit: Visit, form: PlanForm, title: str) -> Answer:
    context = {"visit": visit, "case": visit.case, "form": form, "title": title}
    return refused(render(request, "homevisits/schedule.html", context))

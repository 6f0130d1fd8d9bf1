"""Schedule a visit: its visitors, time and purposes."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases.permissions import is_counselor_of
from homevisits import workflow
from homevisits.forms.schedule import PlanForm, ScheduleForm
from homevisits.models import Visit, VisitStatus
from homevisits.views.fetch import known, on_visit, ruled_out
from school.forms.anyway import ANYWAY
from workflow.errors import Text
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
    form = ScheduleForm(request.POST or None, visit=visit, reader=request.user)
    if form.is_valid() and tried(
        form, lambda: workflow.schedule(visit, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Visit scheduled."), undo_of=visit, action="schedule")
        return done(visit)
    return _page(request, visit, form, _("Schedule the visit"))


@on_visit(may=is_counselor_of)
def reschedule(request: HttpRequest, visit: Visit) -> Answer:
    visit = known(visit)
    if request.method == "GET" and (answer := ruled_out(request, visit, "reschedule")):
        return answer
    form = PlanForm(request.POST or None, visit=visit, reader=request.user)
    if form.is_valid() and tried(
        form, lambda: workflow.reschedule(visit, by=request.user, **form.cleaned_data)
    ):
        said = _("Visit rescheduled. Print the letter again if it has been given out.")
        say_done(request, said)
        return done(visit)
    return _page(request, visit, form, _("Reschedule the visit"))


def _page(request: HttpRequest, visit: Visit, form: PlanForm, title: str) -> Answer:
    context = {
        "visit": visit,
        "case": visit.case,
        "form": form,
        "title": title,
        "clashes": _clashes(request, visit, form),
        "anyway": form.anyway,
        "is_ticked": ANYWAY in request.POST,
    }
    return refused(render(request, "homevisits/schedule.html", context))


def _clashes(request: HttpRequest, visit: Visit, form: PlanForm) -> Sequence[Text]:
    """Return what speaks against the hour that was sent, or against the one of the address, which
    a script asks about while the form is filled in."""
    if form.is_bound:
        return form.found
    if "at" not in request.GET:
        return ()
    asked = PlanForm(request.GET, visit=visit, reader=request.user)
    asked.is_valid()
    return asked.found

"""The proposals of all classes: BK writes the list, the principal decides on one or many."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from homevisits import workflow
from homevisits.acts import VISIT_ACTS
from homevisits.forms.note import ApproveForm, DeclineForm
from homevisits.models import Visit, VisitStatus
from homevisits.models.choices import WITH_REPORT
from homevisits.permissions import may_read_proposals
from homevisits.queries import proposals as asked
from homevisits.queries import total_today
from school import permissions as may
from school.head import head
from school.models import Semester
from workflow import clock
from workflow.chosen import acts_on_chosen, chosen
from workflow.submits import Answer, done, refused
from workflow.views import tried


@acts_on_chosen("homevisits.visit", may=may_read_proposals)
def proposals(request: HttpRequest) -> Answer:
    if request.method != "POST":
        return _page(request, ApproveForm())
    if not may.is_principal(request.user):
        raise PermissionDenied(_("The %(head)s decides on proposals.") % {"head": head()})
    return _decide(request, chosen(request, "visit", Visit.objects.proposals_for(request.user)))


def _decide(request: HttpRequest, visits: list[Visit]) -> Answer:
    """Approve all chosen visits or none; or ask for a reason, then decline them."""
    is_decline = request.POST.get("act") == "decline"
    form = ApproveForm(request.POST)
    if not form.is_valid() or not visits:
        if not visits:
            form.add_error(None, _("Choose at least one proposal."))
        return _page(request, form, visits)
    if is_decline and "confirmed" not in request.POST:
        return _ask(request, visits, DeclineForm(initial=form.cleaned_data))
    return _decline(request, visits) if is_decline else _approve(request, visits, form)


def _approve(request: HttpRequest, visits: list[Visit], form: ApproveForm) -> Answer:
    note = form.cleaned_data["note"]
    if not tried(form, lambda: workflow.approve(visits, by=request.user, note=note)):
        return _page(request, form, visits)
    count = len(visits)
    said = ngettext("%(count)s visit approved.", "%(count)s visits approved.", count)
    messages.success(request, said % {"count": count})
    return done("homevisits:proposals")


def _decline(request: HttpRequest, visits: list[Visit]) -> Answer:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _ask(request, visits, form)
    note = form.cleaned_data["note"]
    if not tried(form, lambda: workflow.decline(visits, by=request.user, note=note)):
        return _ask(request, visits, form)
    count = len(visits)
    said = ngettext("%(count)s proposal declined.", "%(count)s proposals declined.", count)
    messages.success(request, said % {"count": count})
    return done("homevisits:proposals")


def _ask(request: HttpRequest, visits: list[Visit], form: DeclineForm) -> Answer:
    ids = [visit.pk for visit in visits]
    shown = Visit.objects.proposals_for(request.user).filter(pk__in=ids).order_by("pk")
    context = {"chosen": asked(shown, request.user), "form": form}
    return refused(render(request, "homevisits/decline.html", context))


def _page(request: HttpRequest, form: ApproveForm, visits: list[Visit] | None = None) -> Answer:
    user = request.user
    semester = Semester.objects.current()
    wanted = Visit.objects.proposals_for(user).awaiting_decision().order_by("proposed_on", "pk")
    listed = asked(wanted, user)
    context = {
        "form": form,
        "chosen": {visit.pk for visit in visits or ()},
        "decides": may.is_principal(user),
        "today": clock.today(),
        "total": total_today(semester) if semester else None,
        "waiting": [p for p in listed if p.visit.status == VisitStatus.PROPOSED],
        "approved": [
            (p, VISIT_ACTS.button("withdraw_approval", user, p.visit))
            for p in listed
            if p.visit.status == VisitStatus.APPROVED
        ],
        "urgent": [
            (p, VISIT_ACTS.button("acknowledge", user, p.visit))
            for p in listed
            if p.visit.status in WITH_REPORT
        ],
    }
    return refused(render(request, "homevisits/proposals.html", context))

"""The proposals of all classes: BK writes the list, the principal decides on one or many."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

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
from workflow.access_log import Access
from workflow.ids import read_id
from workflow.submits import Answer, done, refused
from workflow.views import recorded, submit, tried


@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: HttpRequest) -> HttpResponse:
    access = Access(request, "homevisits.visit")
    return recorded(access, lambda: _proposals(request, access))


def _proposals(request: HttpRequest, access: Access) -> HttpResponse:
    if not may_read_proposals(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, ApproveForm()).response
    if not may.is_principal(request.user):
        raise PermissionDenied(_("The %(head)s decides on proposals.") % {"head": head()})
    return submit(request, lambda: _decide(request), access)


def _decide(request: HttpRequest) -> Answer:
    """Approve all chosen visits or none; or ask for a reason, then decline them."""
    chosen = _chosen(request)
    is_decline = request.POST.get("act") == "decline"
    form = ApproveForm(request.POST)
    if not form.is_valid() or not chosen:
        if not chosen:
            form.add_error(None, _("Choose at least one proposal."))
        return _page(request, form, chosen)
    if is_decline and "confirmed" not in request.POST:
        return _ask(request, chosen, DeclineForm(initial=form.cleaned_data))
    return _decline(request, chosen) if is_decline else _approve(request, chosen, form)


def _chosen(request: HttpRequest) -> list[Visit]:
    """Return the chosen visits, each fetched by itself, since each is an act on its own case."""
    ids = [pk for text in request.POST.getlist("visit") if (pk := read_id(text)) is not None]
    listed = Visit.objects.proposals_for(request.user)
    found = (listed.filter(pk=pk).first() for pk in dict.fromkeys(ids))
    return [visit for visit in found if visit]


def _approve(request: HttpRequest, chosen: list[Visit], form: ApproveForm) -> Answer:
    note = form.cleaned_data["note"]
    if not tried(form, lambda: workflow.approve(chosen, by=request.user, note=note)):
        return _page(request, form, chosen)
    count = len(chosen)
    said = ngettext("%(count)s visit approved.", "%(count)s visits approved.", count)
    messages.success(request, said % {"count": count})
    return done("homevisits:proposals")


def _decline(request: HttpRequest, chosen: list[Visit]) -> Answer:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _ask(request, chosen, form)
    note = form.cleaned_data["note"]
    if not tried(form, lambda: workflow.decline(chosen, by=request.user, note=note)):
        return _ask(request, chosen, form)
    count = len(chosen)
    said = ngettext("%(count)s proposal declined.", "%(count)s proposals declined.", count)
    messages.success(request, said % {"count": count})
    return done("homevisits:proposals")


def _ask(request: HttpRequest, chosen: list[Visit], form: DeclineForm) -> Answer:
    ids = [visit.pk for visit in chosen]
    visits = Visit.objects.proposals_for(request.user).filter(pk__in=ids).order_by("pk")
    context = {"chosen": asked(visits, request.user), "form": form}
    return refused(render(request, "homevisits/decline.html", context))


def _page(request: HttpRequest, form: ApproveForm, chosen: list[Visit] | None = None) -> Answer:
    user = request.user
    semester = Semester.objects.current()
    wanted = Visit.objects.proposals_for(user).awaiting_decision().order_by("proposed_on", "pk")
    listed = asked(wanted, user)
    context = {
        "form": form,
        "chosen": {visit.pk for visit in chosen or ()},
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

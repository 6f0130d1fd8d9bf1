"""What waits for the principal: BK asks for it, the principal decides on one or many at once.

The proposed home visits of all classes, and what other rooms register in `cases/approvals.py`.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases import approvals
from cases.approvals import Picked
from homevisits.forms.note import ApproveForm, DeclineForm
from homevisits.permissions import may_read_proposals
from homevisits.queries import total_today
from school import permissions as may
from school.head import head
from school.models import Semester
from workflow import clock
from workflow.chosen import acts_on_chosen, chosen
from workflow.errors import WrongState
from workflow.submits import Answer, done, refused
from workflow.views import tried

APPROVE, DECLINE = "approve", "decline"


@acts_on_chosen("homevisits.visit", may=may_read_proposals)
def proposals(request: HttpRequest) -> Answer:
    if request.method != "POST":
        return _page(request, ApproveForm(), Picked())
    if not may.is_principal(request.user):
        raise PermissionDenied(_("The %(head)s decides on proposals.") % {"head": head()})
    return _decide(request, _picked(request))


def _picked(request: HttpRequest) -> Picked:
    """Return what the form chose of each kind; raises WrongState if only some are there."""
    found = [
        (kind, chosen(request, kind.name, kind.rows(request.user)))
        for kind in approvals.kinds()
        if kind.name in request.POST
    ]
    there = [(kind, rows) for kind, rows in found if rows]
    if there and len(there) < len(found):
        raise WrongState
    return Picked(there)


def _decide(request: HttpRequest, picked: Picked) -> Answer:
    """Approve all that is chosen or nothing, when told to; else ask for a reason, then decline."""
    is_decline = request.POST.get("act") != APPROVE
    form = ApproveForm(request.POST)
    if not form.is_valid() or not picked:
        if not picked:
            form.add_error(None, _("Choose at least one line."))
        return _page(request, form, picked)
    if is_decline and "confirmed" not in request.POST:
        return _ask(request, picked, DeclineForm(initial=form.cleaned_data))
    return _decline(request, picked) if is_decline else _approve(request, picked, form)


def _approve(request: HttpRequest, picked: Picked, form: ApproveForm) -> Answer:
    if not _done(request, picked, form, APPROVE):
        return _page(request, form, picked)
    return done(approvals.PAGE)


def _decline(request: HttpRequest, picked: Picked) -> Answer:
    form = DeclineForm(request.POST)
    if not form.is_valid() or not _done(request, picked, form, DECLINE):
        return _ask(request, picked, form)
    return done(approvals.PAGE)


def _done(request: HttpRequest, picked: Picked, form: ApproveForm | DeclineForm, act: str) -> bool:
    """Do it and say so, or say in the form why not."""
    said: list[str] = []
    note = form.cleaned_data["note"]
    if not tried(form, lambda: said.append(picked.decide(act, by=request.user, note=note))):
        return False
    messages.success(request, said[0])
    return True


def _ask(request: HttpRequest, picked: Picked, form: DeclineForm) -> Answer:
    """Ask for the reason, and say what follows."""
    groups = [
        (kind, kind.lines(request.user, {row.pk for row in rows})) for kind, rows in picked.rows
    ]
    context = {"groups": groups, "count": len(picked), "form": form}
    return refused(render(request, "homevisits/decline.html", context))


def _page(request: HttpRequest, form: ApproveForm, picked: Picked) -> Answer:
    user = request.user
    semester = Semester.objects.current()
    listed = [(kind, kind.listed(user)) for kind in approvals.kinds()]
    pks = picked.pks()
    context = {
        "form": form,
        "groups": [
            (kind, of_kind.waiting, pks.get(kind.name, set()))
            for kind, of_kind in listed
            if of_kind.waiting
        ],
        "count": sum(len(of_kind.waiting) for _kind, of_kind in listed),
        "chosen": len(picked),
        "decides": may.is_principal(user),
        "today": clock.today(),
        "total": total_today(semester) if semester else None,
        "approved": [(kind, of_kind.approved) for kind, of_kind in listed if of_kind.approved],
        "urgent": [(kind, of_kind.went_ahead) for kind, of_kind in listed if of_kind.went_ahead],
    }
    return refused(render(request, "homevisits/proposals.html", context))

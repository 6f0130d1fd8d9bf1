from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.models import Case
from cases.permissions import is_counselor_of
from homevisits import workflow
from homevisits.forms.propose import ProposalForm
from homevisits.models import Visit
from homevisits.models.visit import known_cases
from homevisits.queries import basis_in_words
from school.head import head
from workflow import clock
from workflow.lifecycle import offer
from workflow.submits import Answer, done, refused
from workflow.views import acts_on, say_done, tried


@acts_on(Case, may=is_counselor_of, related=("student", "counselor", "semester__policy"))
def propose(request: HttpRequest, case: Case) -> Answer:
    """Propose a visit; the form asks for one of the five reasons if no lower rung failed."""
    case = known_cases().get(pk=case.pk)
    found = offer(workflow.VISIT["propose"], request.user, case)
    basis = "" if found.needs_reason else workflow.found_basis(case)
    form = ProposalForm(request.POST or None, basis=basis, policy=case.semester.policy)
    if request.method == "POST" and form.is_valid():
        made: list[Visit] = []
        if tried(
            form, lambda: made.append(workflow.propose(case, by=request.user, **form.cleaned_data))
        ):
            say_done(request, _said(made[0]))
            return done(made[0])
    context = {
        "case": case,
        "form": form,
        "basis": _in_words(case, basis),
        "missing": found.reason if found.needs_reason else "",
        "off": "" if found.on or form.is_bound else found.reason,
    }
    return refused(render(request, "homevisits/propose.html", context))


def _in_words(case: Case, basis: str) -> str:
    if not basis:
        return ""
    unmade = Visit(pk=0, case=case, basis=basis, proposed_on=clock.today())
    return basis_in_words([unmade])[0]


def _said(visit: Visit) -> str:
    if visit.is_urgent:
        said = _("Proposed as urgent. Schedule it now; the %(head)s will acknowledge it.")
    else:
        said = _("Proposed: it is waiting for the %(head)s.")
    return said % {"head": head()}

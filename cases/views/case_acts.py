"""A case ends, and goes on: dismiss, resolve, refer out, close, reopen."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases import reasons, workflow
from cases.forms.case import CloseForm, DismissForm, ReferOutForm, ReopenForm, ResolveForm
from cases.models import Case
from cases.permissions import is_counselor_of
from cases.read_steps import Read
from cases.views.act_page import SHOWN, act_page
from cases.workflow import CASE
from cases.workflow.conditions import known_of_steps
from school.models import User
from workflow.lifecycle import Offer, offer
from workflow.submits import Answer, done
from workflow.views import acts_on, say_done, tried


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def dismiss(request: HttpRequest, case: Case) -> Answer:
    """Dismiss the case as a false alarm, which counts nowhere."""
    form = DismissForm(request.POST or None, semester=case.semester)
    if form.is_valid() and tried(
        form, lambda: workflow.dismiss(case, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Dismissed as a false alarm."), undo_of=case, action="dismiss")
        return done(case)
    return act_page(
        request,
        case,
        form,
        title=_("Dismiss as a false alarm"),
        submit=_("Dismiss"),
        follows=_("The case is then left out of all counts. You can reopen it."),
        offer=offer(CASE["dismiss"], request.user, case),
    )


def _offered(name: str, user: User, case: Case) -> Offer:
    """Return the act as the lifecycle offers it; the steps of the case are read only once."""
    return offer(CASE[name], user, case, known_of_steps(case, Read([case])))


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def resolve(request: HttpRequest, case: Case) -> Answer:
    """Resolve with causes and outcome; with a written reason where nobody was reached."""
    found = _offered("resolve", request.user, case)
    missing = found.reason if found.needs_reason else ""
    form = ResolveForm(request.POST or None, semester=case.semester, missing=missing)
    if form.is_valid() and tried(
        form, lambda: workflow.resolve(case, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Case resolved."), undo_of=case, action="resolve")
        return done(case)
    return act_page(
        request,
        case,
        form,
        title=_("Resolve the case"),
        submit=_("Resolve"),
        follows=_("The case keeps the highest rung it reached. You can reopen it."),
        offer=found,
    )


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def refer_out(request: HttpRequest, case: Case) -> Answer:
    """End a case that somebody outside the school has taken on."""
    form = ReferOutForm(request.POST or None, semester=case.semester)
    if form.is_valid() and tried(
        form, lambda: workflow.refer_out(case, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Case ended as referred out."), undo_of=case, action="refer_out")
        return done(case)
    return act_page(
        request,
        case,
        form,
        title=_("End the case as referred out"),
        submit=_("End the case"),
        follows=_(
            "An answer to the referral can still be recorded. If the school goes on, reopen it."
        ),
        offer=_offered("refer_out", request.user, case),
    )


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def close(request: HttpRequest, case: Case) -> Answer:
    """Close the case of a student who left the school."""
    form = CloseForm(request.POST or None, semester=case.semester)
    if form.is_valid() and tried(
        form, lambda: workflow.close(case, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Case closed."), undo_of=case, action="close")
        return done(case)
    return act_page(
        request,
        case,
        form,
        title=_("Close: left the school"),
        submit=_("Close the case"),
        offer=offer(CASE["close"], request.user, case),
    )


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def reopen(request: HttpRequest, case: Case) -> Answer:
    """Reopen the case, which goes on at the rung of its steps; propose what new evidence says."""
    form = ReopenForm(
        request.POST or None, semester=case.semester, proposed=reasons.to_reopen(case)
    )
    if form.is_valid() and tried(
        form, lambda: workflow.reopen(case, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Case reopened."), undo_of=case, action="reopen")
        return done(case)
    return act_page(
        request,
        case,
        form,
        title=_("Reopen the case"),
        submit=_("Reopen"),
        follows=_("It continues at the rung its steps show."),
        offer=offer(CASE["reopen"], request.user, case),
    )

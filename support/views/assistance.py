"""Assistance: its page, and the acts on it that BK does."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.models import Case
from cases.permissions import is_counselor_of
from cases.views.act_page import SHOWN, act_page
from school.head import head
from support import workflow
from support.acts import ASSISTANCE_ACTS
from support.forms.assistance import (
    AskForm,
    HandOverForm,
    KeepForm,
    NoteForm,
    PutOffForm,
    ReturnForm,
)
from support.models import Assistance
from support.permissions import may_decide
from support.workflow import ASSISTANCE
from workflow.acts import suggested
from workflow.lifecycle import Offer, offer
from workflow.submits import Answer, done
from workflow.views import acts_on, say_done, tried

RELATED = tuple(f"case__{name}" for name in SHOWN)


@acts_on(Assistance, methods=("GET",), related=(*RELATED, "asked_by", "decided_by", "handed_by"))
def assistance(request: HttpRequest, assistance: Assistance) -> HttpResponse:
    """Show the request and what became of it; the rest to its counselor alone."""
    user = request.user
    assistance.case.class_name = _class_name(assistance)
    buttons = ASSISTANCE_ACTS.buttons(user, assistance)
    main = next(iter(suggested(buttons, 1)), None)
    approval = ASSISTANCE.offer_of("approve", user, assistance)
    context = {
        "assistance": assistance,
        "case": assistance.case,
        "student": assistance.case.student,
        "is_ours": is_counselor_of(user, assistance),
        "may_decide": bool(approval and approval.on),
        "main": main,
        "others": [one for one in buttons if one.on and one is not main],
    }
    return render(request, "support/assistance.html", context)


def _class_name(assistance: Assistance) -> str:
    known = Assistance.objects.filter(pk=assistance.pk).with_class_then()
    return known.get().class_name or ""


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def ask_for(request: HttpRequest, case: Case) -> Answer:
    form = AskForm(request.POST or None, semester=case.semester)
    if form.is_valid() and tried(
        form, lambda: workflow.ask_for(case, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Requested: it is waiting for the %(head)s.") % {"head": head()})
        return done(case)
    return act_page(
        request,
        case,
        form,
        title=_("Request assistance"),
        submit=_("Send the request"),
        offer=offer(ASSISTANCE["ask"], request.user, case),
    )


@acts_on(Assistance, may=is_counselor_of, related=RELATED)
def hand_over_assistance(request: HttpRequest, assistance: Assistance) -> Answer:
    return _act(
        request,
        assistance,
        HandOverForm(request.POST or None, assistance=assistance),
        workflow.hand_over_assistance,
        "hand_over",
        said=_("Handed over."),
        can_undo=True,
    )


@acts_on(Assistance, may=is_counselor_of, related=RELATED)
def return_assistance(request: HttpRequest, assistance: Assistance) -> Answer:
    return _act(
        request,
        assistance,
        ReturnForm(request.POST or None, assistance=assistance),
        workflow.return_assistance,
        "return",
        said=_("Return recorded."),
        can_undo=True,
    )


@acts_on(Assistance, may=is_counselor_of, related=RELATED)
def keep_assistance(request: HttpRequest, assistance: Assistance) -> Answer:
    return _act(
        request,
        assistance,
        KeepForm(request.POST or None),
        workflow.keep_assistance,
        "keep",
        said=_("Recorded: it does not come back."),
        can_undo=True,
    )


@acts_on(Assistance, may=is_counselor_of, related=RELATED)
def put_off_return(request: HttpRequest, assistance: Assistance) -> Answer:
    form = PutOffForm(request.POST or None, initial={"due_on": assistance.due_on})
    act, said = workflow.put_off_return, _("Day of return changed.")
    return _act(request, assistance, form, act, "put_off", said=said)


@acts_on(Assistance, may=is_counselor_of, related=RELATED)
def withdraw_assistance(request: HttpRequest, assistance: Assistance) -> Answer:
    follows = _("The family will not get it. You can request it again.")
    form = NoteForm(request.POST or None)
    act, said = workflow.withdraw_assistance, _("Request withdrawn.")
    return _act(request, assistance, form, act, "withdraw", said=said, follows=follows)


@acts_on(Assistance, may=may_decide, related=RELATED)
def withdraw_assistance_approval(request: HttpRequest, assistance: Assistance) -> Answer:
    follows = _("It becomes a request again and waits for your decision.")
    form = NoteForm(request.POST or None)
    act, said = workflow.withdraw_assistance_approval, _("Approval withdrawn.")
    return _act(request, assistance, form, act, "withdraw_approval", said=said, follows=follows)


def _act(
    request: HttpRequest,
    assistance: Assistance,
    form: BaseForm,
    act: Callable[..., None],
    name: str,
    *,
    said: str,
    follows: str = "",
    can_undo: bool = False,
) -> Answer:
    """Do the act that the form asks for, or draw its page."""
    if form.is_valid() and tried(
        form, lambda: act(assistance, by=request.user, **form.cleaned_data)
    ):
        say_done(request, said, undo_of=assistance if can_undo else None, action=name)
        return done(assistance)
    gone = Offer(name, "", False, _("This has already changed. Read on its page where it stands."))
    label = ASSISTANCE[name].label
    return act_page(
        request,
        assistance.case,
        form,
        title=f"{label}: {assistance.name}",
        submit=label,
        follows=follows,
        offer=ASSISTANCE.offer_of(name, request.user, assistance) or gone,
        cancel_url=assistance.get_absolute_url(),
    )

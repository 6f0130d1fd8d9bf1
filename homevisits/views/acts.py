"""The acts on a visit that need only a tap or a note."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.permissions import is_counselor_of
from cases.views.act_page import act_page
from homevisits import workflow
from homevisits.forms.note import NoteForm
from homevisits.forms.schedule import NumberForm
from homevisits.models import Visit
from homevisits.permissions import may_approve
from homevisits.views.fetch import known, on_visit, ruled_out
from school.head import naming_head
from workflow.errors import Text
from workflow.submits import Answer, done
from workflow.views import say_done, tried


@on_visit(may=is_counselor_of)
def withdraw(request: HttpRequest, visit: Visit) -> Answer:
    follows = naming_head(
        _(
            "The %(head)s no longer sees this proposal. The case goes back to the rung its "
            "steps show."
        )
    )
    return _asked(request, visit, workflow.withdraw, "withdraw", follows, _("Proposal withdrawn."))


@on_visit(may=may_approve)
def withdraw_approval(request: HttpRequest, visit: Visit) -> Answer:
    follows = _("The visit becomes a proposal again and waits for your decision.")
    act, said = workflow.withdraw_approval, _("Approval withdrawn.")
    return _asked(request, visit, act, "withdraw_approval", follows, said)


@on_visit(may=is_counselor_of)
def cancel(request: HttpRequest, visit: Visit) -> Answer:
    follows = _("The visit will not take place; its letter is marked as cancelled in the register.")
    said = _("Visit cancelled.")
    return _asked(request, visit, workflow.cancel, "cancel", follows, said, can_undo=True)


@on_visit(may=is_counselor_of, methods=("POST",))
def propose_next(request: HttpRequest, visit: Visit) -> Answer:
    following = workflow.propose_next(visit, by=request.user)
    messages.success(request, _("The first approval covers the next visit: schedule it."))
    return done("homevisits:schedule", following.pk)


@on_visit(may=may_approve, methods=("POST",))
def acknowledge(request: HttpRequest, visit: Visit) -> Answer:
    workflow.acknowledge(visit, by=request.user)
    messages.success(request, _("Acknowledged."))
    return done("homevisits:proposals")


@on_visit(may=is_counselor_of)
def number(request: HttpRequest, visit: Visit) -> Answer:
    if request.method == "GET" and (answer := ruled_out(request, visit, "number")):
        return answer
    form = NumberForm(request.POST or None)
    if form.is_valid() and tried(
        form, lambda: workflow.fill_number(visit, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Number saved."))
        return done(visit)
    return _page(request, visit, form, workflow.VISIT["number"].label)


def _asked(
    request: HttpRequest,
    visit: Visit,
    act: Callable[..., object],
    name: str,
    follows: str,
    said: str,
    *,
    can_undo: bool = False,
) -> Answer:
    """Ask a question that says what follows, with room for a note; then do the act."""
    if request.method == "GET" and (answer := ruled_out(request, visit, name)):
        return answer
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        if tried(form, lambda: act(visit, by=request.user, reason=note)):
            say_done(request, said, undo_of=visit if can_undo else None, action=name)
            return done(visit)
    return _page(request, visit, form, workflow.VISIT[name].label, follows)


def _page(
    request: HttpRequest, visit: Visit, form: BaseForm, title: Text, follows: str = ""
) -> Answer:
    """Draw the page of the act, which shows the visit's class too."""
    return act_page(
        request,
        known(visit).case,
        form,
        title=title,
        submit=title,
        follows=follows,
        cancel_url=visit.get_absolute_url(),
    )

"""Follow-ups: their list, the page of one, and what is done to it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.models import Case
from cases.permissions import is_counselor_of
from cases.views.act_page import SHOWN, act_page
from school.list_files import list_file
from school.models import User
from support import workflow
from support.acts import FOLLOW_UP_ACTS
from support.columns import FOLLOW_UP_COLUMNS
from support.filters import FollowUpFilter
from support.forms.follow_up import AgreeForm, DropForm, FinishForm, PutOffForm
from support.models import FollowUp
from support.models.follow_up import OF_CASES, FollowUpQuerySet
from support.permissions import may_finish
from support.wording import done_by
from support.workflow.follow_up import finished_by
from workflow.lifecycle import Offer, offer
from workflow.submits import Answer, done, refused
from workflow.views import acts_on, logs_access, say_done, tried

KIND = "support.followup"
OF_PAGE = ("case__student", "case__counselor", "case__semester__year", "case__semester__policy")


def _seen(user: User) -> FollowUpQuerySet:
    """Return what `user` may see, with what the page says of it."""
    known = FollowUp.objects.visible_to(user).with_class()
    return known.select_related(*OF_PAGE, "doer", "by")


@logs_access(KIND)
@require_safe
def follow_ups_file(request: HttpRequest) -> HttpResponse:
    """Send the list of follow-ups as a file."""
    asked, shown = _listed(request)
    return list_file(request, asked, FOLLOW_UP_COLUMNS, shown)


def _listed(request: HttpRequest) -> tuple[FollowUpFilter, FollowUpQuerySet]:
    """Return the filters and the follow-ups they leave. Raises PermissionDenied."""
    if not OF_CASES.shows_some(request.user):
        raise PermissionDenied
    asked = FollowUpFilter(request, FollowUp.objects.of_cases_of(request.user).kept())
    shown = asked.qs.with_class().select_related("case__student", "doer")
    return asked, shown.order_by("due_on", "pk")


@logs_access(KIND)
@require_safe
def follow_ups(request: HttpRequest) -> HttpResponse:
    """List the follow-ups of the cases that the person acts on."""
    asked, shown = _listed(request)
    page = asked.page(shown, counted="state")
    rows = [(one, done_by(one)) for one in page.object_list]
    return render(request, "support/follow_ups.html", {"page": page, "rows": rows, "asked": asked})


@acts_on(FollowUp, methods=("GET",), seen=_seen)
def follow_up(request: HttpRequest, follow_up: FollowUp) -> HttpResponse:
    return _page(request, follow_up, FinishForm(semester=follow_up.case.semester))


@acts_on(FollowUp, may=may_finish, seen=_seen)
def finish(request: HttpRequest, follow_up: FollowUp) -> HttpResponse | Answer:
    """Mark it as done, on the page that shows it."""
    form = FinishForm(request.POST or None, semester=follow_up.case.semester)
    if form.is_valid() and tried(
        form, lambda: workflow.finish(follow_up, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Follow-up done."), undo_of=follow_up, action="finish")
        return done(_after(request.user, follow_up))
    return refused(_page(request, follow_up, form))


def _after(user: User, follow_up: FollowUp) -> Any:
    """Return where one goes on: the case, or home for who sees nothing else of it."""
    return follow_up.case if is_counselor_of(user, follow_up) else "home"


def _page(request: HttpRequest, follow_up: FollowUp, form: BaseForm) -> HttpResponse:
    """Show what is to be done, to whom it concerns; the rest to the case's counselor alone."""
    is_ours = is_counselor_of(request.user, follow_up)
    acts = FOLLOW_UP_ACTS.buttons(request.user, follow_up)
    context = {
        "follow_up": follow_up,
        "case": follow_up.case,
        "student": follow_up.case.student,
        "by_whom": done_by(follow_up),
        "is_ours": is_ours,
        "reads_outcome": is_ours or finished_by(follow_up) == request.user.pk,
        "form": form,
        "finishes": any(act.name == "finish" for act in acts),
        "acts": [act for act in acts if act.name != "finish"],
    }
    return render(request, "support/follow_up.html", context)


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def agree(request: HttpRequest, case: Case) -> Answer:
    """Add a follow-up to the case."""
    form = AgreeForm(request.POST or None, case=case)
    made: list[FollowUp] = []
    if form.is_valid() and tried(
        form, lambda: made.append(workflow.agree(case, by=request.user, **form.cleaned_data))
    ):
        say_done(request, _("Follow-up added."), undo_of=made[0], action="agree")
        return done(case)
    return act_page(
        request,
        case,
        form,
        title=_("Add a follow-up"),
        submit=_("Add"),
        offer=offer(workflow.FOLLOW_UP["agree"], request.user, case),
    )


@acts_on(FollowUp, may=is_counselor_of, seen=_seen)
def put_off(request: HttpRequest, follow_up: FollowUp) -> Answer:
    form = PutOffForm(request.POST or None, follow_up=follow_up)
    if form.is_valid() and tried(
        form, lambda: workflow.put_off(follow_up, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Follow-up put off."), undo_of=follow_up, action="put_off")
        return done(follow_up)
    return _act(request, follow_up, form, "put_off", _("Put the follow-up off"), _("Put off"))


@acts_on(FollowUp, may=is_counselor_of, seen=_seen)
def drop(request: HttpRequest, follow_up: FollowUp) -> Answer:
    form = DropForm(request.POST or None)
    if form.is_valid() and tried(
        form, lambda: workflow.drop(follow_up, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Follow-up dropped."), undo_of=follow_up, action="drop")
        return done(follow_up)
    return _act(request, follow_up, form, "drop", _("Drop the follow-up"), _("Drop it"))


def _act(
    request: HttpRequest, follow_up: FollowUp, form: BaseForm, name: str, title: str, submit: str
) -> Answer:
    """Draw the page of the act `name`, which is off once the follow-up has ended."""
    gone = Offer(name, "", False, _("This follow-up has ended already."))
    return act_page(
        request,
        follow_up.case,
        form,
        title=title,
        submit=submit,
        follows=follow_up.what,
        offer=workflow.FOLLOW_UP.offer_of(name, request.user, follow_up) or gone,
        cancel_url=follow_up.get_absolute_url(),
    )

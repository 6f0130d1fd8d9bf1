"""Case conferences: the page that those invited share, its acts, and the printed minutes."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.models import Case
from cases.permissions import is_counselor_of
from cases.views.act_page import SHOWN, act_page
from school.models import SchoolProfile, User
from school.signing import head_signs
from school.versioned import save
from support import workflow
from support.acts import CONFERENCE_ACTS
from support.forms.conference import (
    CancelForm,
    ChangePlanForm,
    CorrectionForm,
    MinutesForm,
    PlanForm,
)
from support.forms.follow_up import AgreeForm
from support.models import Conference, FollowUp
from support.models.conference import ConferenceQuerySet
from support.wording import done_by, formally_done_by
from workflow import clock
from workflow.acts import suggested
from workflow.errors import Text
from workflow.lifecycle import Offer, offer
from workflow.submits import Answer, done
from workflow.views import acts_on, say_done, tried

acts = workflow.conference
OF_PAGE = ("case__student", "case__counselor", "case__semester__year", "case__semester__policy")


def _seen(user: User) -> ConferenceQuerySet:
    return Conference.objects.visible_to(user).with_class().select_related(*OF_PAGE, "by")


def _on_paper(user: User) -> ConferenceQuerySet:
    """Return those that have a paper: one that was cancelled would bear witness to nothing."""
    return _seen(user).exclude(status="CANCELLED")


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def plan(request: HttpRequest, case: Case) -> Answer:
    form = PlanForm(request.POST or None, case=case, reader=request.user)
    made: list[Conference] = []
    if form.is_valid() and tried(
        form, lambda: made.append(acts.plan(case, by=request.user, **form.cleaned_data))
    ):
        say_done(request, _("Conference planned. Those invited see it on their home page."))
        return done(made[0])
    return act_page(
        request,
        case,
        form,
        title=_("Plan a case conference"),
        submit=_("Plan and invite"),
        offer=offer(workflow.CONFERENCE["plan"], request.user, case),
    )


@acts_on(Conference, methods=("GET",), seen=_seen)
def conference(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Show what those invited share; its acts to the case's counselor alone."""
    is_ours = is_counselor_of(request.user, conference)
    buttons = CONFERENCE_ACTS.buttons(request.user, conference) if is_ours else []
    main = suggested(buttons, 1)
    context = _shown(conference) | {
        "is_ours": is_ours,
        "main": main,
        "others": [button for button in buttons if button not in main],
        "adds_decisions": is_ours and conference.status == "HELD",
    }
    return render(request, "support/conference.html", context)


def _shown(conference: Conference) -> dict[str, Any]:
    decided = FollowUp.objects.kept().filter(conference=conference)
    decided = decided.select_related("doer", "case__counselor")
    return {
        "conference": conference,
        "case": conference.case,
        "student": conference.case.student,
        "invited": list(conference.invited.order_by("name")),
        "decisions": [(one, done_by(one)) for one in decided],
    }


@acts_on(Conference, may=is_counselor_of, methods=("GET",), seen=_on_paper)
def minutes_print(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Show the paper: the list to sign for those invited, and the minutes once it was held."""
    school = SchoolProfile.current()
    on = clock.day_of(conference.happens_at)
    shown = _shown(conference)
    context = shown | {
        "invited_count": len(shown["invited"]),
        "decisions": [(one, formally_done_by(one)) for one, _short in shown["decisions"]],
        "school": school,
        "principal": head_signs(school, on=on),
        "counselor": conference.case.counselor or conference.by,
        "present": [line for line in conference.present.splitlines() if line.strip()],
        "on": on,
    }
    return render(request, "support/conference_print.html", context)


@acts_on(Conference, may=is_counselor_of, seen=_seen)
def reschedule(request: HttpRequest, conference: Conference) -> Answer:
    """Change the plan if it is as it was read; else show both."""
    form = ChangePlanForm(request.POST or None, reader=request.user, conference=conference)
    follows = _("Whoever is no longer invited no longer sees the conference.")

    def page() -> Answer:
        return _act(request, conference, form, "reschedule", _("Save"), follows)

    if request.method != "POST":
        return page()
    answer = save(
        request,
        form,
        lambda: acts.reschedule(conference, by=request.user, read_at=form.read_at, **form.values),
        page=lambda: page().response,
        then=conference.get_absolute_url,
    )
    if answer.is_done:
        say_done(request, _("Plan changed."))
    return answer


@acts_on(Conference, may=is_counselor_of, seen=_seen)
def hold(request: HttpRequest, conference: Conference) -> Answer:
    form = MinutesForm(request.POST or None, conference=conference)
    if form.is_valid() and tried(
        form, lambda: acts.hold(conference, by=request.user, **form.cleaned_data)
    ):
        text = _("Conference recorded. Add its decisions now.")
        say_done(request, text, undo_of=conference, action="hold")
        return done(conference)
    return _act(request, conference, form, "hold", _("Save the minutes"))


@acts_on(Conference, may=is_counselor_of, seen=_seen)
def minutes(request: HttpRequest, conference: Conference) -> Answer:
    """Correct the minutes if they are as they were read; else show both texts."""

    def page(form: CorrectionForm) -> Answer:
        return _act(request, conference, form, "minutes", _("Save the minutes"))

    if request.method != "POST":
        return page(CorrectionForm.of(conference))
    form = CorrectionForm(request.POST)
    answer = save(
        request,
        form,
        lambda: acts.correct_minutes(
            conference, by=request.user, read_at=form.read_at, **form.values
        ),
        page=lambda: page(form).response,
        then=conference.get_absolute_url,
    )
    if answer.is_done:
        say_done(request, _("Minutes saved."))
    return answer


@acts_on(Conference, may=is_counselor_of, seen=_seen)
def decide(request: HttpRequest, conference: Conference) -> Answer:
    """Add a decision, which is a follow-up."""
    form = AgreeForm(request.POST or None, case=conference.case)
    del form.fields["happened_at"]
    if form.is_valid() and tried(
        form, lambda: acts.decide(conference, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Decision added."))
        return done(conference)
    return _page(
        request,
        conference,
        form,
        title=_("Add a decision"),
        submit=_("Add"),
        follows=_("It becomes a follow-up, and those invited read it."),
        off="" if conference.status == "HELD" else _("Record the conference first."),
    )


@acts_on(Conference, may=is_counselor_of, methods=("POST",), seen=_seen)
def close(request: HttpRequest, conference: Conference) -> Answer:
    acts.close(conference, by=request.user)
    text = _("Conference closed. Those invited no longer see it.")
    say_done(request, text, undo_of=conference, action="close")
    return done(conference)


@acts_on(Conference, may=is_counselor_of, seen=_seen)
def cancel(request: HttpRequest, conference: Conference) -> Answer:
    form = CancelForm(request.POST or None)
    if form.is_valid() and tried(
        form, lambda: acts.cancel(conference, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Conference cancelled."), undo_of=conference, action="cancel")
        return done(conference)
    follows = _("Those invited no longer see it. Tell them.")
    return _act(request, conference, form, "cancel", _("Cancel the conference"), follows)


def _act(
    request: HttpRequest,
    conference: Conference,
    form: BaseForm,
    name: str,
    submit: str,
    follows: str = "",
) -> Answer:
    """Draw the page of the act `name`, with the reason where it is off."""
    gone = Offer(name, "", False, _("This has changed in the meantime. Read the conference again."))
    found = workflow.CONFERENCE.offer_of(name, request.user, conference) or gone
    title = workflow.CONFERENCE[name].label
    off = found.reason if not found.on and not form.is_bound else ""
    return _page(request, conference, form, title=title, submit=submit, follows=follows, off=off)


def _page(
    request: HttpRequest,
    conference: Conference,
    form: BaseForm,
    *,
    title: Text,
    submit: str,
    follows: str,
    off: Text,
) -> Answer:
    return act_page(
        request,
        conference.case,
        form,
        title=title,
        submit=submit,
        follows=follows,
        off=off,
        cancel_url=conference.get_absolute_url(),
    )

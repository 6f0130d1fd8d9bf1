"""Withdraw, return, correct: what happens to a recap that was handed over."""

from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from recaps.forms.recap import ReasonForm
from recaps.models import Recap
from recaps.permissions import is_homeroom_of, teaches
from recaps.views.recap import sheet_url
from recaps.workflow import RECAP, begin_correction, drop_correction, return_recap, withdraw
from school.ties import ties_of
from workflow.submits import Answer, done, refused
from workflow.views import acts_on, say_done, tried


@acts_on(Recap, may=teaches, methods=("POST",))
def withdraw_recap(request: HttpRequest, recap: Recap) -> Answer:
    withdraw(recap, by=request.user)
    say_done(request, _("Withdrawn: you can change it and hand it over again."))
    return done(sheet_url(request.user, recap))


@acts_on(Recap, may=is_homeroom_of)
def return_to_teacher(request: HttpRequest, recap: Recap) -> Answer:
    form = _reason(request, _("The teacher reads this on the recap."))
    if form.is_valid() and tried(
        form, lambda: return_recap(recap, by=request.user, reason=form.cleaned_data["reason"])
    ):
        say_done(request, _("Returned to the teacher."), undo_of=recap, action="return")
        own = min(ties_of(request.user).own_classes & recap.class_ids)
        return done("recaps:class_list", own, recap.period_id)
    return _ask(request, recap, form, "return", _("Return for correction"), _("Return it"))


@acts_on(Recap, may=teaches)
def correct_recap(request: HttpRequest, recap: Recap) -> Answer:
    form = _reason(
        request, _("The version handed over stays valid until you hand over the new one.")
    )
    if form.is_valid() and tried(
        form, lambda: begin_correction(recap, by=request.user, reason=form.cleaned_data["reason"])
    ):
        return done(sheet_url(request.user, recap))
    return _ask(request, recap, form, "correct", _("Correct the recap"), _("Begin a new version"))


@acts_on(Recap, may=teaches, methods=("POST",))
def drop_recap_correction(request: HttpRequest, recap: Recap) -> Answer:
    drop_correction(recap, by=request.user)
    say_done(request, _("Correction discarded. The version handed over stays valid."))
    return done("recaps:recap", recap.pk)


def _reason(request: HttpRequest, help_text: str) -> ReasonForm:
    return ReasonForm(request.POST or None, help_text=help_text)


def _ask(
    request: HttpRequest, recap: Recap, form: ReasonForm, act: str, title: str, submit: str
) -> Answer:
    context = {
        "recap": recap,
        "form": form,
        "title": title,
        "submit": submit,
        "offer": RECAP.offer_of(act, request.user, recap),
        "back_url": reverse("recaps:recap", args=[recap.pk]),
    }
    return refused(render(request, "recaps/recap_reason.html", context))

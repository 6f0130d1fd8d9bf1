"""Somebody of the family signs on the visitor's phone."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from homevisits import workflow
from homevisits.models import Commitment, SignedPaper, Visit
from homevisits.permissions import may_record
from homevisits.views.fetch import known, on_visit, ruled_out
from homevisits.workflow import report_of
from homevisits.workflow.signature import ACTS, seals_of
from school.forms.signature import SIGNATURE, SignatureForm
from school.models import Guardian, SchoolProfile, User
from workflow.submits import Answer, done, refused


class SignForm(SignatureForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    """The seal of the words that the page shows, or stands for."""

    layout = (*SIGNATURE, "seen")


@on_visit(may=may_record)
def sign_report(request: HttpRequest, visit: Visit) -> Answer:
    return _sign(request, visit, SignedPaper.REPORT, reverse("homevisits:report", args=[visit.pk]))


@on_visit(may=may_record)
def sign_consent(request: HttpRequest, visit: Visit) -> Answer:
    return _sign(request, visit, SignedPaper.CONSENT, visit.get_absolute_url())


def _sign(request: HttpRequest, visit: Visit, paper: SignedPaper, then: str) -> Answer:
    if request.method == "GET" and (answer := ruled_out(request, visit, ACTS[paper])):
        return answer
    visit = known(visit)
    likely = _likely_signer(request.user, visit)
    form = SignForm(request.POST or None, initial={**likely, "seen": seals_of(visit, paper)[0]})
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        workflow.sign(visit, paper, by=request.user, signed=form.signed, seen=seen)
        messages.success(request, _("Signed."))
        return done(then)
    context = {
        "visit": visit,
        "case": visit.case,
        "form": form,
        "paper": paper,
        "school": SchoolProfile.current(),
        "commitments": Commitment.objects.filter(report__visit=visit),
        "then": then,
    }
    return refused(render(request, "homevisits/sign.html", context))


def _likely_signer(reader: User, visit: Visit) -> dict[str, str]:
    """Return the first of the family who was there, or lives there, as far as `reader` may know."""
    family = list(Guardian.objects.visible_to(reader).filter(student=visit.case.student_id))
    met = report_of(visit).met
    there = [one for one in family if one.relation in met] or family
    if not there:
        return {}
    return {"signer": there[0].name, "signer_relation": there[0].relation_said.lower()}

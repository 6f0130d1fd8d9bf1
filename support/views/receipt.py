"""The receipt of assistance, to print, and the signature of who received it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.permissions import is_counselor_of
from cases.views.act_page import SHOWN
from school.forms.signature import SignatureForm
from school.models import Enrolment, SchoolProfile
from school.signing import head_signs
from support import workflow
from support.models import Assistance, ReceiptSignature
from support.workflow import ASSISTANCE
from support.workflow.assistance import was_put_off
from workflow.submits import Answer, done, refused
from workflow.views import acts_on, say_done, tried

RELATED = (*(f"case__{name}" for name in SHOWN), "handed_by")


@acts_on(Assistance, may=is_counselor_of, methods=("GET",), related=RELATED)
def receipt(request: HttpRequest, assistance: Assistance) -> HttpResponse:
    """Show the receipt for print, with the signature that was drawn or room for one."""
    school, on = SchoolProfile.current(), assistance.handed_on
    signed = ReceiptSignature.objects.newest(assistance)
    context = {
        **_shown(assistance),
        "school": school,
        "principal": head_signs(school, on=on) if on else head_signs(school),
        "signed": signed,
        "is_as_signed": signed is None or not was_put_off(assistance, since=signed.signed_at),
    }
    return render(request, "support/receipt.html", context)


@acts_on(Assistance, may=is_counselor_of, related=RELATED)
def sign_receipt(request: HttpRequest, assistance: Assistance) -> Answer:
    """Let the receiver sign on this screen."""
    likely = {"signer": assistance.receiver, "signer_relation": assistance.receiver_relation}
    form = SignatureForm(request.POST or None, initial=likely)
    if form.is_valid() and tried(
        form, lambda: workflow.sign_receipt(assistance, by=request.user, signed=form.signed)
    ):
        say_done(request, _("Signed."))
        return done(assistance)
    found = ASSISTANCE.offer_of("sign", request.user, assistance)
    why = found.reason if found else _("Nothing was handed over yet.")
    off = "" if form.is_bound or (found and found.on) else why
    context = {**_shown(assistance), "form": form, "off": off}
    return refused(render(request, "support/sign.html", context))


def _shown(assistance: Assistance) -> dict[str, object]:
    """Return the student and their class on the day of the hand-over."""
    case = assistance.case
    on = assistance.handed_on or assistance.asked_on
    return {
        "assistance": assistance,
        "case": case,
        "student": case.student,
        "class_name": Enrolment.objects.class_name_on(on, case.student_id),
        "then": assistance.get_absolute_url(),
    }

"""The page of a referral out: what was agreed, the letter to print, and what can be done now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.signing import counselor_who_signs
from school.models import Enrolment, SchoolProfile
from school.signing import head_signs
from support.acts import REFERRAL_ACTS
from support.models import Referral
from workflow import clock
from workflow.acts import suggested
from workflow.views import acts_on

SHOWN = (
    *("case__student", "case__counselor", "case__semester__policy", "case__semester__year"),
    *("by", "sent_by", "number"),
)


@acts_on(Referral, methods=("GET",), related=SHOWN)
def referral(request: HttpRequest, referral: Referral) -> HttpResponse:
    case, school = referral.case, SchoolProfile.current()
    acts = REFERRAL_ACTS.buttons(request.user, referral)
    first = suggested(acts, 2)
    on = referral.sent_on or clock.today()
    context = {
        "referral": referral,
        "case": case,
        "student": case.student,
        "main": first[:1],
        "beside": first[1:],
        "others": [act for act in acts if act not in first],
        "school": school,
        "class_name": Enrolment.objects.class_name_on(on, case.student_id),
        "principal": head_signs(school, on=on),
        "counselor": counselor_who_signs(referral, referral.sent_by or referral.by, "send"),
    }
    return render(request, "support/referral.html", context)

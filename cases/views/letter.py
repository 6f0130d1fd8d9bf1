"""The summons letter as it is printed, sent on, and looked up in its versions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cases.acts import SUMMONS_ACTS
from cases.models import Summons, SummonsVersion
from cases.permissions import is_counselor_of
from cases.wording import letter_comes
from school.models import Enrolment, Guardian, Office, SchoolProfile, User
from workflow.access_log import logs_access


@logs_access("cases.summons")
@require_safe
def summons(request: HttpRequest, pk: int) -> HttpResponse:
    """For the counselor with what can be done to it; for the principal, who signs it, to print."""
    letters = Summons.objects.printable_for(request.user).select_related(
        "case__student", "case__counselor", "case__semester__policy", "by", "number"
    )
    letter = get_object_or_404(letters, pk=pk)
    versions = list(letter.versions.order_by("-version"))
    is_ours = is_counselor_of(request.user, letter)
    context = {
        "letter": letter,
        "case": letter.case,
        "student": letter.case.student,
        "versions": versions,
        "shown": _shown(versions, request.GET.get("version", "")),
        "school": SchoolProfile.current(),
        "principal": User.objects.holding(Office.PRINCIPAL).first(),
        "counselor": letter.case.counselor or letter.by,
        "class_name": _class_on(letter),
        "is_ours": is_ours,
    }
    if is_ours:
        context |= _for_counselor(request, letter)
    return render(request, "cases/summons.html", context)


def _shown(versions: list[SummonsVersion], asked: str) -> SummonsVersion:
    """The version asked for, else the one that stands."""
    return next((v for v in versions if str(v.version) == asked), versions[0])


def _class_on(letter: Summons) -> str:
    """The student's class on the day of the letter."""
    enrolled = Enrolment.objects.on(letter.issued_on).filter(student=letter.case.student_id)
    return enrolled.values_list("school_class__name", flat=True).first() or ""


def _for_counselor(request: HttpRequest, letter: Summons) -> dict[str, Any]:
    guardians = Guardian.objects.visible_to(request.user).filter(student=letter.case.student_id)
    return {
        "acts": SUMMONS_ACTS.buttons(request.user, letter),
        "guardians": guardians,
        "message": letter_comes(letter, request.user),
    }

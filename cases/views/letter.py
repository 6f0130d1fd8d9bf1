"""The summons letter, to print or send on, in each of its versions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.acts import SUMMONS_ACTS
from cases.models import Summons, SummonsStatus, SummonsVersion
from cases.permissions import is_counselor_of
from cases.signing import counselor_who_signs
from cases.wording import letter_comes
from school.models import Enrolment, Guardian, SchoolProfile
from school.signing import head_signs
from workflow import clock
from workflow.views import acts_on

OF_LETTER = ("case__student", "case__counselor", "case__semester__policy", "by", "number")


@acts_on(Summons, methods=("GET",), seen=Summons.objects.printable_for, related=OF_LETTER)
def summons(request: HttpRequest, letter: Summons) -> HttpResponse:
    """Show a letter: with its acts to its counselor, to print to the principal, who signs it."""
    versions = list(letter.versions.order_by("-version"))
    shown = _shown(versions, request.GET.get("version", ""))
    is_ours = is_counselor_of(request.user, letter)
    school = SchoolProfile.current()
    context = {
        "letter": letter,
        "case": letter.case,
        "student": letter.case.student,
        "versions": versions,
        "shown": shown,
        "school": school,
        "principal": head_signs(school, on=shown.issued_on),
        "counselor": counselor_who_signs(letter, letter.by, "issue"),
        "class_name": Enrolment.objects.class_name_on(letter.issued_on, letter.student_id),
        "is_ours": is_ours,
    }
    if is_ours:
        context |= _for_counselor(request, letter)
    return render(request, "cases/summons.html", context)


def _shown(versions: list[SummonsVersion], asked: str) -> SummonsVersion:
    """Return the requested version, or else the present one."""
    return next((v for v in versions if str(v.version) == asked), versions[0])


def _for_counselor(request: HttpRequest, letter: Summons) -> dict[str, object]:
    """Return the acts, and whom to tell of the letter as long as its meeting is to come."""
    guardians = Guardian.objects.none()
    if letter.status == SummonsStatus.ISSUED and letter.meets_at > clock.now():
        known = Guardian.objects.visible_to(request.user)
        guardians = known.filter(student=letter.case.student_id)
    return {
        "acts": SUMMONS_ACTS.buttons(request.user, letter),
        "guardians": guardians,
        "message": letter_comes(letter, request.user),
    }

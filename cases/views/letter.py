"""The summons letter, to print or send on, in each of its versions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.acts import SUMMONS_ACTS
from cases.models import Summons, SummonsStatus, SummonsVersion
from cases.permissions import is_counselor_of
from cases.wording import letter_comes
from school.models import Enrolment, Guardian, SchoolProfile, User
from school.roles import COUNSELOR
from school.signing import head_signs
from workflow import clock
from workflow.models import ActionEntry
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
        "counselor": _counselor(letter),
        "class_name": _class_on(letter),
        "is_ours": is_ours,
    }
    if is_ours:
        context |= _for_counselor(request, letter)
    return render(request, "cases/summons.html", context)


def _shown(versions: list[SummonsVersion], asked: str) -> SummonsVersion:
    """Return the requested version, or else the present one."""
    return next((v for v in versions if str(v.version) == asked), versions[0])


def _counselor(letter: Summons) -> User:
    """Return who signs beside the head: the case's counselor who issued it, also after the case
    went to another one; of a letter issued in a counselor's place that counselor."""
    issued = ActionEntry.objects.filter(
        kind="cases.summons", object_id=letter.pk, action="issue", office=COUNSELOR.code
    )
    return letter.by if issued.exists() else letter.case.counselor or letter.by


def _class_on(letter: Summons) -> str:
    """Return the student's class on the day of the letter."""
    enrolled = Enrolment.objects.on(letter.issued_on).filter(student=letter.case.student_id)
    return enrolled.values_list("school_class__name", flat=True).first() or ""


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

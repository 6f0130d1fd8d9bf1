"""One visit: who, when, where, what for; and what can be done with it now."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.models import Case
from homevisits.models import Visit, VisitFunction, VisitPurpose, VisitStatus
from homevisits.permissions import may_print, may_print_report, may_read_proposal, may_read_report
from homevisits.queries import basis_in_words
from homevisits.workflow import VISIT
from school.fields import labels
from school.models import Student
from workflow.access_log import logs_access
from workflow.errors import Text
from workflow.lifecycle import Offer, offer
from workflow.views import acts_on

# Verb → its page, its icon, whether a press does it, how much it suggests itself.
PAGES: dict[str, tuple[str, str, bool, int]] = {
    "record": ("report", "journal-text", False, 60),
    "schedule": ("schedule", "calendar-plus", False, 50),
    "propose_next": ("propose_next", "arrow-repeat", True, 40),
    "acknowledge": ("acknowledge", "check-lg", True, 70),
    "reschedule": ("reschedule", "calendar3", False, 0),
    "number": ("number", "file-earmark-text", False, 0),
    "withdraw": ("withdraw", "arrow-counterclockwise", False, 0),
    "withdraw_approval": ("withdraw_approval", "arrow-counterclockwise", False, 0),
    "cancel": ("cancel", "slash-circle", False, 0),
}


@dataclass(frozen=True)
class Button:
    """A verb as the page of the visit shows it."""

    name: str
    label: Text
    url: str
    icon: str
    on: bool
    reason: Text
    is_post: bool
    main: int


@logs_access("homevisits.visit")
@acts_on(Visit, methods=("GET",))
def visit(request: HttpRequest, visit: Visit) -> HttpResponse:
    user = request.user
    shown: Any = _shown(visit)
    buttons = sorted(_buttons(shown, user), key=lambda b: -b.main)
    main = next((b for b in buttons if b.on and b.main), None)
    is_theirs = may_read_proposal(user, shown)
    context = {
        "visit": shown,
        "case": shown.case,
        "student": shown.case.student,
        "basis": basis_in_words([shown])[shown.pk] if is_theirs else "",
        "purposes": labels(shown.purposes, VisitPurpose),
        "functions": labels(shown.functions, VisitFunction),
        "may_see_address": is_theirs or _is_among(Student.objects.with_address_for(user), shown),
        "may_see_case": is_theirs
        or Case.objects.visible_to(user).filter(pk=shown.case_id).exists(),
        "may_decide": _offers(shown, user, "approve"),
        "main": main,
        "others": [b for b in buttons if b.on and b is not main],
        "off": [b for b in buttons if not b.on],
        **_papers(shown, user),
    }
    return render(request, "homevisits/visit.html", context)


def _shown(visit: Visit) -> Any:
    people = ("proposed_by", "decided_by", "acknowledged_by", "number")
    known = Visit.objects.with_case().with_state().select_related(*people)
    return known.prefetch_related("visitors").get(pk=visit.pk)


def _is_among(students: Any, visit: Visit) -> bool:
    return bool(students.filter(pk=visit.case.student_id).exists())


def _papers(visit: Visit, user: Any) -> dict[str, bool]:
    """Which papers of a scheduled or recorded visit `user` may open."""
    has_papers = visit.status in {VisitStatus.SCHEDULED, VisitStatus.RECORDED}
    reads = has_papers and may_read_report(user, visit)
    return {
        "may_read_report": reads,
        "may_print": reads or (has_papers and may_print(user, visit)),
        "may_print_report": reads or (has_papers and may_print_report(user, visit)),
    }


def _offers(visit: Visit, user: Any, name: str) -> bool:
    return any(found.name == name and found.on for found in VISIT.offers(user, visit))


def _buttons(visit: Visit, user: Any) -> list[Button]:
    offers = [found for found in VISIT.offers(user, visit) if _is_shown(visit, found)]
    again = offer(VISIT["propose_next"], user, visit)
    if again.on:
        offers.append(again)
    return [_button(found, visit) for found in offers]


def _is_shown(visit: Visit, found: Offer) -> bool:
    """Without those that have nothing to say: a number that is there, an approval that is."""
    if found.name in {"number", "acknowledge"}:
        return found.on
    return found.name in PAGES


def _button(found: Offer, visit: Visit) -> Button:
    page, icon, is_post, main = PAGES[found.name]
    url = reverse(f"homevisits:{page}", args=[visit.pk])
    return Button(found.name, found.label, url, icon, found.on, found.reason, is_post, main)

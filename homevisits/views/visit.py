"""The page of a visit: visitors, time, place, purposes, and the acts that are possible now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.models.case import KNOWN
from homevisits.acts import VISIT_ACTS
from homevisits.models import Visit, VisitFunction, VisitPurpose, VisitStatus
from homevisits.models.choices import WITH_REPORT
from homevisits.permissions import may_print, may_print_report, may_read_proposal, may_read_report
from homevisits.queries import basis_in_words
from homevisits.taken import takes_of
from homevisits.views.fetch import on_visit
from homevisits.workflow import VISIT
from school.fields import labels
from school.models import Guardian, User
from school.reach import ADDRESS
from workflow.acts import Button, suggested
from workflow.addresses import address


@on_visit(methods=("GET",))
def visit(request: HttpRequest, visit: Visit) -> HttpResponse:
    user = request.user
    shown = _shown(visit)
    buttons = _buttons(shown, user)
    main = next(iter(suggested(buttons, 1)), None)
    is_theirs = may_read_proposal(user, shown)
    approval = VISIT.offer_of("approve", user, shown)
    context = {
        "visit": shown,
        "case": shown.case,
        "student": shown.case.student,
        "basis": basis_in_words([shown])[shown.pk] if is_theirs else "",
        "purposes": labels(shown.purposes, VisitPurpose),
        "functions": labels(shown.functions, VisitFunction),
        "guardians": _guardians(shown, user),
        "may_see_address": is_theirs or ADDRESS.includes(shown.case.student, user),
        "may_see_case": is_theirs or KNOWN.includes(shown.case, user),
        "may_decide": bool(approval and approval.on),
        "takes": takes_of(shown, user),
        "main": main,
        "others": [b for b in buttons if b.on and b is not main],
        "off": [b for b in buttons if not b.on],
        **_papers(shown, user),
    }
    return render(request, "homevisits/visit.html", context)


def _shown(visit: Visit) -> Visit:
    people = ("proposed_by", "decided_by", "acknowledged_by", "number")
    known = Visit.objects.with_case().select_related(*people)
    return known.prefetch_related("visitors").get(pk=visit.pk)


def _guardians(visit: Visit, user: User) -> list[Guardian]:
    """Return whom a visitor will meet, until the report is finished."""
    if visit.status != VisitStatus.SCHEDULED:
        return []
    return list(Guardian.objects.visible_to(user).filter(student=visit.case.student_id))


def _papers(visit: Visit, user: User) -> dict[str, bool]:
    """Return which papers of a scheduled or recorded visit `user` may open."""
    has_papers = visit.status in WITH_REPORT
    reads = has_papers and may_read_report(user, visit)
    return {
        "may_read_report": reads,
        "may_print": reads or (has_papers and may_print(user, visit)),
        "may_print_report": reads or (has_papers and may_print_report(user, visit)),
    }


def _letter(visit: Visit) -> Button:
    """Return the link to the letter: what a scheduled visit needs until its time has come."""
    url = address("homevisits:assignment_letter", visit.pk)
    return Button("letter", _("Print the assignment letter"), url, "printer", "visit", weight=50)


def _buttons(visit: Visit, user: User) -> list[Button]:
    """Return the buttons, the weightiest first; that of a further visit only if it is on."""
    buttons = VISIT_ACTS.buttons(user, visit)
    again = VISIT_ACTS.button("propose_next", user, visit)
    if again.on:
        buttons.append(again)
    if visit.status == VisitStatus.SCHEDULED and may_print(user, visit):
        buttons.append(_letter(visit))
    return sorted(buttons, key=lambda button: button.weight, reverse=True)

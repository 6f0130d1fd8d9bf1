"""The case page: who is it, where does it stand, what now; under it the timeline."""

from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cases import steps
from cases.forms.case import ReviewNoteForm
from cases.ladder import ladder
from cases.models import Case, Cause, Contact, Evidence, ReviewNote, Summons
from cases.people import people_of
from cases.permissions import is_counselor_of
from cases.reasons import known, seen
from cases.wording import greeting
from cases.workflow.summons import waiting_summons
from school import permissions as may
from school import wording
from school.fields import labels
from school.models import Guardian, Student
from workflow import clock
from workflow.access_log import logs_access

KINDS = (
    ("", _("All")),
    ("review", _("Reviews")),
    ("contact", _("Contacts")),
    ("summons", _("Letters")),
    ("visit", _("Visits")),
)
"""What the timeline can be narrowed to: `kind` in the address."""

LOOKS = {
    "telephone": "contact",
    "envelope": "summons",
    "journal-text": "summons",
    "file-earmark-text": "summons",
    "door-open": "visit",
    "calendar3": "visit",
    "check2-circle": "done",
}
"""The colour of a verb's icon."""


@logs_access("cases.case")
@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may know of the case opens it and finds the parts that they may see."""
    case = get_object_or_404(_with_rights(request.user), pk=pk)
    case.kept = {}
    is_own = is_counselor_of(request.user, case)
    context: dict[str, Any] = {"case": case, "student": case.student, "is_own": is_own}
    if case.sees_summary:
        context |= _standing(case)
    if is_own:
        context |= _what_now(request, case) | _timeline(request, case)
    if case.sees_evidence:
        context |= _evidence(case, is_own=is_own)
    if case.sees_contacts:
        context |= _people(request, case, is_own=is_own)
    if may.is_principal(request.user) and not is_own:
        context["letters"] = Summons.objects.printable_for(request.user).filter(case=case)
    return render(request, "cases/case.html", context)


def _with_rights(user: Any) -> Any:
    """The cases that `user` may know of, each with what they may see of it."""
    this = {"pk": OuterRef("pk")}
    contacts = Student.objects.with_contacts_for(user).filter(pk=OuterRef("student"))
    return (
        Case.objects.visible_to(user)
        .with_class()
        .annotate(
            sees_summary=Exists(Case.objects.with_summary_for(user).filter(**this)),
            sees_evidence=Exists(Case.objects.with_evidence_for(user).filter(**this)),
            sees_contacts=Exists(contacts),
        )
        .select_related("student", "counselor", "semester__year", "semester__policy")
        .prefetch_related(
            Prefetch("contacts", Contact.objects.select_related("by")),
            Prefetch("summonses", Summons.objects.select_related("by", "number")),
            Prefetch("evidence", Evidence.objects.select_related("by")),
            Prefetch("review_notes", ReviewNote.objects.select_related("author")),
        )
    )


def _standing(case: Case) -> dict[str, Any]:
    """The ladder and the shared summary: days, and whether someone was reached or came."""
    coming = steps.next_step(case)
    lines = {kind.rung: sorted(kind.summary(case), key=itemgetter(0)) for kind in steps.kinds()}
    trodden = {rung: [day for day, _words in of_rung] for rung, of_rung in lines.items()}
    return {
        "ladder": ladder(case, trodden, coming),
        "coming": coming,
        "summary_lines": sorted(chain.from_iterable(lines.values()), key=itemgetter(0)),
    }


def _what_now(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The verb that suggests itself most, one beside it, and the others with their reasons."""
    verbs = [verb for kind in steps.kinds() for verb in kind.verbs(case, request.user)]
    suggested = sorted((v for v in verbs if v.main), key=attrgetter("main"), reverse=True)[:2]
    waiting = waiting_summons(case)
    return {
        "main": suggested[:1],
        "beside": suggested[1:],
        "others": [_verb_line(verb) for verb in verbs if verb not in suggested],
        "waiting": waiting,
        "is_over": waiting and waiting.meets_at <= clock.now(),
        "invited": waiting and wording.due(timezone.localdate(waiting.meets_at)),
        "causes": labels(case.causes, Cause),
    }


def _verb_line(verb: steps.Verb) -> dict[str, Any]:
    return {**verb.__dict__, "look": LOOKS.get(verb.icon, "accent")}


def _timeline(request: HttpRequest, case: Case) -> dict[str, Any]:
    asked = request.GET.get("kind", "")
    moments = [m for kind in steps.kinds() for m in kind.timeline(case, request.user)]
    shown = [m for m in moments if not asked or m.kind == asked]
    shown.sort(key=attrgetter("at"), reverse=True)
    return {"timeline": [_line(moment) for moment in shown], "kinds": KINDS}


def _line(moment: steps.Moment) -> dict[str, Any]:
    text = " · ".join(str(word) for word in (moment.text, moment.by) if word)
    return {**moment.__dict__, "on": timezone.localdate(moment.at), "text": text}


def _evidence(case: Case, *, is_own: bool) -> dict[str, Any]:
    """What it rests on, newest first; what the counselor has not yet read of an older case."""
    rows = sorted(case.evidence.all(), key=attrgetter("happened_at", "pk"), reverse=True)
    policy = case.semester.policy
    in_review = case.is_open and not case.confirmed_at
    unread = [row for row in rows if row.noticed_at is None]
    return {
        "evidence": [(row, seen(row, policy), known(row)) for row in rows],
        "unread": unread if is_own and not in_review else [],
        "in_review": in_review,
        "review_notes": case.review_notes.all(),
        "note_form": ReviewNoteForm(),
    }


def _people(request: HttpRequest, case: Case, *, is_own: bool) -> dict[str, Any]:
    guardians = list(Guardian.objects.filter(student=case.student_id))
    people = people_of(case, guardians, tried=is_own)
    return {
        "people": people,
        "first_call": next((p for p in people if p.phone and not p.found_bad), None),
        "corrects": is_own or not may.is_principal(request.user),
        "greeting": greeting(request.user),
    }

"""The case page: the student, where the case stands, the next act, and the timeline."""

from operator import attrgetter

from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.acts import CASE_ACTS, CONTACT_ACTS
from cases.case_rows import step_of
from cases.filters import TimelineFilter
from cases.forms.case import ReviewNoteForm
from cases.ladder import ladder
from cases.models import (
    Case,
    CaseStatus,
    Cause,
    ConfidentialNote,
    Contact,
    Evidence,
    ReviewNote,
    Summons,
)
from cases.models.case import CaseQuerySet
from cases.models.confidential_note import numbered
from cases.people import bad_numbers, best_to_call
from cases.permissions import is_counselor_of, rights_in
from cases.read_steps import Read
from cases.reasons import known, seen
from cases.step_kinds.confidential_note import CONFIDENTIAL, noted
from cases.step_kinds.contact import ContactSteps
from cases.timeline import line
from cases.wording import first_messages
from cases.workflow.conditions import known_of
from cases.workflow.contact import attempts_of
from cases.workflow.summons import waiting_summons
from recaps.chips import indicator_words
from school import permissions as may
from school import wording
from school.contacts import people_of
from school.fields import labels
from school.models import Guardian, User
from workflow import clock
from workflow.acts import reasons_once, suggested
from workflow.views import acts_on


def _known(user: User) -> CaseQuerySet:
    """Return the cases that `user` may know of, with what their page says of them."""
    return (
        Case.objects.visible_to(user)
        .with_class("class_name")
        .with_is_here()
        .select_related("student", "counselor", "semester__year", "semester__policy")
        .prefetch_related(Prefetch("evidence", Evidence.objects.select_related("by")))
        .prefetch_related(Prefetch("review_notes", ReviewNote.objects.select_related("author")))
    )


@acts_on(Case, methods=("GET",), seen=_known)
def case(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the parts of a case that the person may see."""
    is_own, rights = is_counselor_of(request.user, case), rights_in(request.user, case)
    context: dict[str, object] = {"case": case, "student": case.student, "is_own": is_own}
    context |= rights._asdict()
    context["carried_from"], context["carried_to"] = _neighbours(request.user, case)
    case.sees_summary = rights.sees_summary
    if rights.sees_summary or is_own:
        read = Read([case])
    if rights.sees_summary:
        context |= _standing(case, read)
    if is_own:
        notes = _own_notes(request.user, case)
        context |= _what_now(request, case, read) | _timeline(request, case, read, notes)
        context["notes"] = notes
    if rights.sees_evidence:
        context |= _evidence(request.user, case, is_own=is_own)
        context |= {} if is_own else _own_attempts(request.user, case)
    if rights.sees_contacts:
        context |= _people(request, case, is_own=is_own)
    if may.is_principal(request.user) and not is_own:
        context["letters"] = Summons.objects.printable_for(request.user).filter(case=case)
    return render(request, "cases/case.html", context)


def _neighbours(user: User, case: Case) -> tuple[Case | None, Case | None]:
    """Return the cases of the semesters before and after that it goes on from and in, if seen."""
    if case.carried_from_id is None and case.status != CaseStatus.CARRIED:
        return None, None
    linked = Case.objects.filter(Q(pk=case.carried_from_id) | Q(carried_from=case))
    seen = list(linked.visible_to(user).select_related("semester__year"))
    before = next((one for one in seen if one.pk == case.carried_from_id), None)
    return before, next((one for one in seen if one != before), None)


def _standing(case: Case, read: Read) -> dict[str, object]:
    """Return the ladder and the shared summary, with days and whether someone was reached."""
    coming = step_of(case, read.coming(case))
    return {
        "ladder": ladder(case, read.days_on_rungs(case), coming),
        "coming": coming,
        "summary_lines": read.summary(case),
    }


def _what_now(request: HttpRequest, case: Case, read: Read) -> dict[str, object]:
    """Return the act to suggest, one beside it, and the others in groups."""
    own = CASE_ACTS.buttons(request.user, case, known=known_of(case, read))
    steps, support = (read.acts(case, request.user, on_ladder=one) for one in (True, False))
    first = suggested([*own, *steps, *support], 2)
    groups = (
        (_("Handling"), steps),
        (_("Supporting activities"), support),
        (_("The case itself"), own),
    )
    others = [(label, [act for act in acts if act not in first]) for label, acts in groups]
    waiting = waiting_summons(case)
    return {
        "main": first[:1],
        "beside": first[1:],
        "others": [act for _label, acts in others for act in acts],
        "groups": [(label, reasons_once(acts)) for label, acts in others if acts],
        "waiting": waiting,
        "is_over": waiting and waiting.meets_at <= clock.now(),
        "invited": waiting and wording.due(clock.day_of(waiting.meets_at)),
        "causes": labels(case.causes, Cause),
    }


def _own_notes(user: User, case: Case) -> list[ConfidentialNote]:
    """Return the confidential notes that `user` wrote on the case or got, without their texts."""
    rows = ConfidentialNote.objects.visible_to(user).filter(case=case)
    return numbered(rows.defer("sealed", "sealed_reason").select_related("author"))


def _timeline(
    request: HttpRequest, case: Case, read: Read, notes: list[ConfidentialNote]
) -> dict[str, object]:
    """Return the timeline, of all kinds or of the `kind` in the address."""
    asked = TimelineFilter(request, Case.objects.none())
    shown = asked.value("kind")
    moments = [one for one in read.timeline(case) if shown in {"", one[0].name}]
    if shown == "":  # None where the address asks for a kind that there is not
        moments += [(CONFIDENTIAL, noted(note)) for note in notes]
        moments.sort(key=lambda one: one[1].at, reverse=True)
    return {"timeline": [line(kind, moment) for kind, moment in moments], "asked": asked}


def _evidence(user: User, case: Case, *, is_own: bool) -> dict[str, object]:
    """Return the evidence, newest first, and what of it the counselor has not read yet."""
    rows = sorted(case.evidence.all(), key=attrgetter("happened_at", "pk"), reverse=True)
    words = indicator_words(case.semester.policy)
    in_review = case.is_open and not case.confirmed_at
    unread = [row for row in rows if row.noticed_at is None]
    return {
        "evidence": [(row, seen(row, words), known(row)) for row in rows],
        "unread": unread if is_own and not in_review else [],
        "reopen": CASE_ACTS.buttons(user, case, ("reopen",)),
        "in_review": in_review,
        "review_notes": case.review_notes.all(),
        "note_form": ReviewNoteForm(),
    }


def _own_attempts(user: User, case: Case) -> dict[str, object]:
    """Return the act of a homeroom teacher during the review, and their own attempts."""
    kind, made = ContactSteps(), Contact.objects.visible_to(user).filter(case=case)
    moments = kind.timeline(case, list(made.known()))
    return {
        "log": CONTACT_ACTS.button("log", user, case),
        "attempts": [line(kind, moment) for moment in reversed(moments)],
    }


def _people(request: HttpRequest, case: Case, *, is_own: bool) -> dict[str, object]:
    guardians = list(Guardian.objects.filter(student=case.student_id))
    attempts = attempts_of(case) if is_own else []
    drafts = first_messages(request.user)
    people = people_of(case.student, guardians, bad_numbers(attempts), drafts)
    return {
        "people": people,
        "first_call": best_to_call(people, attempts),
        "corrects": "bad" if is_own or not may.is_principal(request.user) else "",
    }

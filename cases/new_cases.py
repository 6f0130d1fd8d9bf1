"""The cases that a counselor is to confirm or dismiss, each with what it rests on."""

from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from django.db.models import Prefetch

from cases.models import Case, CaseStatus, Contact, Evidence
from cases.models.case import BY_CLASS, CaseQuerySet
from cases.models.evidence import referred_first_by
from cases.next_steps import on_the_ladder
from cases.reasons import known, seen
from cases.steps import OpenCase
from recaps.chips import indicator_words
from recaps.models import ClassList
from school.models import User


@dataclass(frozen=True)
class NewCase:
    """A case with its newest evidence and the attempts that were made during the review."""

    case: Case
    evidence: Evidence | None
    figures: list[tuple[str, int]]
    known: list[str]
    due_on: date | None
    attempts: list[Contact] = field(default_factory=list)


def to_review(user: User, brought_by: ClassList | None = None) -> CaseQuerySet:
    """Return the open cases that wait for the review of `user`, of one list or all.

    Home says their number for each list (`cases.tasks.cases`).
    """
    waiting = Case.objects.handled_by(user).filter(
        status=CaseStatus.OPEN, confirmed_at=None, semester__frozen_at=None
    )
    return waiting.filter(referred_first_by(brought_by)) if brought_by else waiting


def new_cases(cases: CaseQuerySet) -> list[NewCase]:
    """Return the cases by class and name, in a constant number of queries."""
    known_of = (
        cases.with_class("class_place", "class_name")
        .select_related("student", "semester__policy")
        .prefetch_related(Prefetch("evidence", Evidence.objects.select_related("by")))
        .prefetch_related(Prefetch("contacts", Contact.objects.counting().known()))
        .order_by(*BY_CLASS)
    )
    found = list(known_of)
    coming = on_the_ladder([OpenCase.of(case) for case in found])
    return [_new_case(case, coming[case.pk][0].due_on) for case in found]


def _new_case(case: Case, due_on: date | None) -> NewCase:
    brought = sorted(case.evidence.all(), key=attrgetter("happened_at", "pk"))
    newest = brought[-1] if brought else None
    return NewCase(
        case,
        newest,
        seen(newest, indicator_words(case.semester.policy)) if newest else [],
        known(newest) if newest else [],
        due_on,
        list(case.contacts.all()),
    )

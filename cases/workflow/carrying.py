"""At the end of a semester its open cases end, and go on in the next one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case, CaseStatus, Evidence, EvidenceSource, Reason
from school.dates import not_frozen
from school.models import Semester, User
from workflow import clock
from workflow.errors import NotNow
from workflow.rows import each_of
from workflow.run import make, run

NO_NEXT_SEMESTER = _("There is no next semester yet in which an open case could continue.")


class Carried(NamedTuple):
    """How many cases went on in the next semester, and how many ended as the student had left."""

    carried: int
    closed: int


def open_until(semester: Semester) -> list[Case]:
    """Return the open cases of a semester, and of earlier ones that are not frozen; one query.

    Each with what tells whether it goes on.
    """
    until = Q(semester=semester) | Q(
        semester__frozen_at=None, semester__starts_on__lt=semester.starts_on
    )
    found = Case.objects.filter(until, status=CaseStatus.OPEN)
    in_order = found.with_is_here().with_class("class_name").order_by("student__name", "pk")
    return list(in_order.select_related("student", "semester__policy"))


def next_after(semester: Semester) -> Semester | None:
    """Return the semester that follows; None if there is none yet."""
    later = Semester.objects.filter(starts_on__gt=semester.starts_on).select_related("year")
    return later.order_by("starts_on").first()


def there_already(cases: Iterable[Case], into: Semester) -> list[Case]:
    """Return the cases that students of `cases` have in a semester, by name; one query.

    They stay as they are, ended ones too: freezing only links them.
    """
    found = Case.objects.filter(semester=into, student__in=[case.student_id for case in cases])
    return list(found.select_related("student").order_by("student__name", "pk"))


def carry_over(semester: Semester, *, by: User, at: datetime) -> Carried:
    """End the open cases of a semester: they go on in the next one, or the student has left.

    Raises NotAllowed for nobody who freezes, NotNow if one cannot end yet or has nowhere to go.
    """
    found = [case for case in open_until(semester) if case.semester_id == semester.pk]
    stays = [case for case in found if case.is_here]
    gone = [case for case in found if not case.is_here]
    into = next_after(semester) if stays else None
    if stays and into is None:
        raise NotNow(NO_NEXT_SEMESTER)
    with transaction.atomic():
        for case in gone:
            run(case, "end", by=by, happened_at=at, values={"ended_at": at})
        if into:
            _go_on(stays, into, by=by, at=at)
    return Carried(len(stays), len(gone))


def _go_on(cases: Sequence[Case], into: Semester, *, by: User, at: datetime) -> None:
    """Carry the cases into a semester, where a student may have a case already."""
    students = [case.student_id for case in cases]
    there = Case.objects.filter(semester=into, student__in=students)
    standing = dict(there.values_list("student", "pk"))
    known = {one.pk: one for one in each_of(Case.objects.all(), standing.values())}
    reasons = _reasons_of(cases)
    if why := not_frozen(into):
        raise NotNow(why)
    # A semester that has not begun yet takes no act before its first day.
    begins = max(at, clock.day_start(into.starts_on))
    made: list[Evidence] = []
    for case in cases:
        run(case, "carry", by=by, happened_at=at, values={"ended_at": at})
        if pk := standing.get(case.student_id):
            _link(known[pk], case, by=by, at=at)
        else:
            new = _next_of(case, into, by=by, at=at, begins=begins)
            made.append(_evidence(new, reasons.get(case.pk, []), by=by))
    Evidence.objects.bulk_create(made)


def _next_of(case: Case, into: Semester, *, by: User, at: datetime, begins: datetime) -> Case:
    def create() -> Case:
        return Case.objects.create(
            student_id=case.student_id,
            semester=into,
            counselor_id=case.counselor_id,
            opened_at=begins,
            confirmed_at=begins,
            carried_from=case,
        )

    return make("cases.case", "go_on", case, create, by=by, happened_at=at)


def _link(there: Case, case: Case, *, by: User, at: datetime) -> None:
    """Link the case that the student has already, unless an earlier freezing has linked it."""
    if there.carried_from_id is None:
        run(there, "link", by=by, happened_at=at, values={"carried_from": case.pk})


def _evidence(case: Case, reasons: list[str], *, by: User) -> Evidence:
    """Return what a carried case rests on: the reasons of the old one.

    Its figures stay with the old one, since they are of subjects of that semester.
    """
    return Evidence(
        case=case,
        source=EvidenceSource.CARRIED,
        reasons=reasons,
        happened_at=case.opened_at,
        by=by,
        noticed_at=clock.now(),
    )


def _reasons_of(cases: Iterable[Case]) -> dict[int, list[str]]:
    """Return case id → the reasons that any of its evidence shows, in the paper's order."""
    shown: dict[int, set[str]] = {}
    rows = Evidence.objects.filter(case__in=[case.pk for case in cases])
    for case_id, reasons in rows.values_list("case", "reasons"):
        shown.setdefault(case_id, set()).update(reasons)
    return {
        case_id: [code for code in Reason.values if code in codes]
        for case_id, codes in shown.items()
    }

"""Whom one can call or write to about a student, and which number was found bad."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case, ContactOutcome, Party
from cases.workflow.contact import attempts_of
from school import wording
from school.models import Guardian

BAD_NUMBER = (ContactOutcome.INACTIVE, ContactOutcome.WRONG)


@dataclass(frozen=True)
class Reachable:
    """A guardian, or the student: name, relation, number, and what the last attempt found bad."""

    name: str
    relation: str
    phone: str
    found_bad: str = ""
    guardian: Guardian | None = None


def people_of(case: Case, guardians: list[Guardian], *, tried: bool) -> list[Reachable]:
    """Return the guardians, then the student; with bad numbers where the attempts may be seen."""
    bad = _bad_numbers(case) if tried else {}
    found = [
        Reachable(
            guardian.formal_name,
            guardian.get_relation_display(),
            guardian.phone,
            bad.get(guardian.pk, ""),
            guardian,
        )
        for guardian in guardians
    ]
    student = case.student
    return [*found, Reachable(student.name, _("student"), student.phone, bad.get(None, ""))]


def _bad_numbers(case: Case) -> dict[int | None, str]:
    """Return by guardian id (None for the student) what the last attempt found bad."""
    last = {
        attempt.guardian_id: attempt
        for attempt in attempts_of(case)
        if attempt.guardian_id or attempt.party == Party.STUDENT
    }
    return {
        pk: f"{row.get_outcome_display().lower()} "
        f"{wording.day(timezone.localtime(row.happened_at))}"
        for pk, row in last.items()
        if row.outcome in BAD_NUMBER
    }

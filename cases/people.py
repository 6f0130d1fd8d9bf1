"""Phone numbers of a student and guardians that a case's attempts found bad."""

from django.utils import timezone

from cases.models import Case, ContactOutcome, Party
from cases.workflow.contact import attempts_of
from school import wording

BAD_NUMBER = (ContactOutcome.INACTIVE, ContactOutcome.WRONG)


def bad_numbers(case: Case) -> dict[int | None, str]:
    """Return guardian id (None for the student) → what the last attempt found wrong."""
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

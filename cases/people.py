"""Phone numbers of a student and guardians, as the attempts to reach them found them."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from cases.models import BY_NUMBER, Contact, ContactOutcome, Party
from school import wording
from school.contacts import Reachable

BAD_NUMBER = (ContactOutcome.INACTIVE, ContactOutcome.WRONG)


def bad_numbers(attempts: Iterable[Contact]) -> dict[int | None, str]:
    """Return guardian id (None for the student) → what the last attempt found wrong."""
    last = {
        attempt.guardian_id: attempt
        for attempt in attempts
        if attempt.channel in BY_NUMBER and _names_person(attempt)
    }
    return {
        pk: f"{row.get_outcome_display().lower()} "
        f"{wording.day(timezone.localtime(row.happened_at))}"
        for pk, row in last.items()
        if row.outcome in BAD_NUMBER
    }


def best_to_call(people: Iterable[Reachable], attempts: Sequence[Contact]) -> Reachable | None:
    """Return whom a number reached last; else the first whose number is not known to be bad."""
    working = {
        person.guardian.pk if person.guardian else None: person
        for person in people
        if person.phone and not person.found_bad
    }
    for attempt in reversed(attempts):
        reached = attempt.channel in BY_NUMBER and attempt.outcome == ContactOutcome.REACHED
        if reached and _names_person(attempt) and attempt.guardian_id in working:
            return working[attempt.guardian_id]
    return next(iter(working.values()), None)


def _names_person(attempt: Contact) -> bool:
    return bool(attempt.guardian_id) or attempt.party == Party.STUDENT

"""The texts of a case: notes to its review, and its shared summary."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import Case, ReviewNote
from cases.permissions import is_counselor_of, may_take_part_in_review
from cases.workflow.conditions import is_in_time
from school.models import User
from workflow import clock
from workflow.errors import NotAllowed, NotNow, Text
from workflow.versions import held, save_versioned


def review_is_over(case: Case) -> Text | None:
    if case.confirmed_at or not case.is_open:
        return _("The review is over: the case was confirmed or ended.")
    return is_in_time(case)


def write_review_note(case: Case, *, by: User, text: str) -> ReviewNote:
    """Add a note that homeroom teacher and counselor both see, until the case is confirmed."""
    if not may_take_part_in_review(by, case):
        raise NotAllowed
    if not text.strip():
        raise NotNow(_("Write the note first."))
    with transaction.atomic():
        if reason := review_is_over(held(case)):
            raise NotNow(reason)
        return ReviewNote.objects.create(
            case=case, author=by, text=text.strip(), written_at=clock.now()
        )


def write_summary(case: Case, *, by: User, text: str, read_at: int) -> Case:
    """Save the text that homeroom teacher and principal read too. Raises EditConflict."""
    if not is_counselor_of(by, case):
        raise NotAllowed
    with transaction.atomic():
        current = held(case)
        if reason := is_in_time(current):
            raise NotNow(reason)
        return save_versioned(current, {"summary": text.strip()}, read_at=read_at)

"""How a confidential note stands on the timeline of its reader.

It is not registered with the other kinds: those answer alike to whoever sees the case, and nobody
else is to know that there is a note.
"""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import ConfidentialNote
from cases.steps import Moment, StepKind


class ConfidentialNotes(StepKind[ConfidentialNote]):
    name = "confidential"
    label = _("Confidential notes")
    icon = "lock"


CONFIDENTIAL = ConfidentialNotes()


def noted(note: ConfidentialNote) -> Moment:
    url = "" if note.is_deleted else reverse("cases:confidential_note", args=[note.key])
    return Moment(
        note.written_at,
        f"{_('Confidential note')} ({note.nth})" if note.nth else _("Confidential note"),
        _("Deleted") if note.is_deleted else "",
        note.author.called,
        url=url,
        link=_("Read it"),
        is_void=note.is_deleted,
    )

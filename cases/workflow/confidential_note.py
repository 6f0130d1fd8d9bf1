"""Confidential notes: their lifecycle, and the acts that write, correct, delete and pass on.

Each note is logged by itself and not with its case, so that neither the log of a case nor what can
be undone in it says that there is one.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from cases.models import Case, ConfidentialNote, NoteStatus, PassedNote
from cases.models.confidential_note import sealed
from cases.permissions import is_author_of, is_counselor_of, may_read_left, office_in_case
from school.models import User
from school.permissions import possible_counselors
from workflow import clock
from workflow.errors import EditConflict, NotAllowed, NotNow, Text
from workflow.lifecycle import NEW, SAME, Lifecycle, Note, Transition
from workflow.models import ActionEntry
from workflow.run import hold, make, run

S = NoteStatus
KIND = "cases.confidentialnote"
WRITE_FIRST = _("Write the note first.")
OTHER_COUNSELOR = _("The counselor has changed in the meantime. Look again, then do it.")
READABLE_FOR = timedelta(minutes=10)


def has_another_counselor(note: ConfidentialNote) -> Text | None:
    """The case has a counselor who is not the author, and has not got the note yet."""
    counselor = note.case.counselor_id
    if counselor in (None, note.author_id):
        return _("The case has no other counselor.")
    if PassedNote.objects.filter(note=note, to=counselor).exists():
        return _("The counselor of the case reads this note already.")
    return None


def author_has_left(note: ConfidentialNote) -> Text | None:
    if possible_counselors().filter(pk=note.author_id).exists():
        return _("Its author is still at work: ask them.")
    return None


NOTE = Lifecycle(
    kind=KIND,
    title=_("Confidential note"),
    statuses=NoteStatus,
    office=lambda user, note: office_in_case(user, note.case),
    transitions=(
        Transition("write", _("Write a confidential note"), (NEW,), S.WRITTEN, is_counselor_of),
        Transition("correct", _("Correct the note"), (S.WRITTEN,), SAME, is_author_of),
        Transition(
            "pass_on",
            _("Pass the note on to the counselor of the case"),
            (S.WRITTEN,),
            SAME,
            is_author_of,
            holds=(has_another_counselor,),
            effect=lambda note, by: _pass(note),
        ),
        Transition("delete", _("Delete the note"), (S.WRITTEN,), S.DELETED, is_author_of),
        Transition(
            "read_left",
            _("Read the note of an author who left"),
            (S.WRITTEN,),
            SAME,
            may_read_left,
            holds=(author_has_left,),
            note=Note.MUST,
        ),
    ),
)


@sensitive_variables()
def write_note(case: Case, *, by: User, text: str) -> ConfidentialNote:
    """Keep a note that its author alone reads. Raises NotAllowed, NotNow."""
    if not text.strip():
        raise NotNow(WRITE_FIRST)

    def create() -> ConfidentialNote:
        return ConfidentialNote.objects.create(
            case=case, author=by, sealed=sealed(text.strip()), written_at=clock.now()
        )

    return make(KIND, "write", case, create, by=by)


@sensitive_variables()
def correct_note(note: ConfidentialNote, *, by: User, text: str, read_at: int) -> ConfidentialNote:
    """Put another text in the place of a note's. Raises NotAllowed, NotNow, EditConflict."""
    if not is_author_of(by, note):
        raise NotAllowed
    if not text.strip():
        raise NotNow(WRITE_FIRST)
    with transaction.atomic():
        hold(note)
        if not note.is_deleted and note.text == text.strip():
            return note
        if note.version != read_at:
            raise EditConflict(note, {"text": text})
        values = {"sealed": sealed(text.strip()), "corrected_at": clock.now()}
        run(note, "correct", by=by, values={**values, "version": note.version + 1})
    return note


@sensitive_variables()
def delete_note(note: ConfidentialNote, *, by: User, reason: str) -> None:
    """Delete the text of a note; that there was one, and why it is gone, its author sees."""
    if not reason.strip():
        raise NotNow(_("Write a reason: this action needs one."), needs_reason=True)
    values = {"sealed": "", "sealed_reason": sealed(reason.strip()), "deleted_at": clock.now()}
    run(note, "delete", by=by, values=values)


def pass_on(note: ConfidentialNote, *, by: User, to: int | None = None) -> None:
    """Let the present counselor of the case read the note too. Raises NotAllowed, NotNow.

    `to` is whom its author means, by their id: the case may have gone to somebody else since.
    """
    with transaction.atomic():
        hold(note.case)
        if to not in {None, note.case.counselor_id}:
            raise NotNow(OTHER_COUNSELOR)
        run(note, "pass_on", by=by)


def _pass(note: ConfidentialNote) -> None:
    counselor = note.case.counselor
    assert counselor  # has_another_counselor
    PassedNote.objects.create(note=note, to=counselor, passed_at=clock.now())


def read_left(note: ConfidentialNote, *, by: User, reason: str) -> None:
    """Open the note of an author who left to the coordinator, for ten minutes."""
    run(note, "read_left", by=by, note=reason)


def readings(note: ConfidentialNote) -> list[ActionEntry]:
    """Return when the coordinator opened the note for a reason, and who it was."""
    entries = ActionEntry.objects.filter(kind=KIND, object_id=note.pk, action="read_left")
    return list(entries.select_related("actor", "note").order_by("pk"))


def is_open_to(user: User, note: ConfidentialNote) -> bool:
    """Return whether `user` has given the reason for which they read the note now."""
    since: datetime = clock.now() - READABLE_FOR
    mine = [entry for entry in readings(note) if entry.actor_id == user.pk]
    return any(entry.logged_at > since for entry in mine)

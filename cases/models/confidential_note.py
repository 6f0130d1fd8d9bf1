"""What a counselor keeps to themselves: encrypted, for its author and whom they passed it on to.

Nothing joins, logs, searches or exports these texts. Who may know of a case does not know whether
it has any.
"""

from collections.abc import Iterable
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from cases.models.case import Case
from school.models import User
from school.roles import COORDINATOR, COUNSELOR
from school.sight import Part, SeenQuerySet, Sight
from school.ties import Ties
from workflow.encryption import decrypt, encrypt
from workflow.versions import Versioned

PURPOSE = "confidential note"


class NoteStatus(models.TextChoices):
    WRITTEN = "WRITTEN", _("Written")
    DELETED = "DELETED", _("Deleted")


def _mine(ties: Ties, at: str) -> Q:
    passed = PassedNote.objects.filter(to=ties.person).values("note")
    read = Q(**{f"{at}pk__in": passed, f"{at}status": NoteStatus.WRITTEN})
    return Q(**{f"{at}author": ties.person}) | read


def _left(ties: Ties, at: str) -> Q:
    here = [*COUNSELOR.holders(ties), *COORDINATOR.holders(ties)]
    return Q(**{f"{at}status": NoteStatus.WRITTEN}) & ~Q(**{f"{at}author__in": here})


LEFT = Sight(
    "case: confidential notes whose author left, each with a reason",
    [(COORDINATOR, Part("of authors who are disabled or hold no office of BK any more", _left))],
)


class ConfidentialNoteQuerySet(SeenQuerySet["ConfidentialNote"]):
    sight = Sight(
        "case: confidential notes", [(COUNSELOR, Part("own, and those passed on to them", _mine))]
    )

    def left_to(self, user: User) -> "ConfidentialNoteQuerySet":
        """Return the notes that `user` may read with a reason, since their author no longer can."""
        return LEFT.of(self, user)

    def seen_by(self, user: User) -> "ConfidentialNoteQuerySet":
        """Return the notes that `user` may read, some of them only with a reason."""
        return self.visible_to(user) | self.left_to(user)

    def written(self) -> "ConfidentialNoteQuerySet":
        return self.filter(status=NoteStatus.WRITTEN)


class ConfidentialNote(Versioned):
    """`sealed` is the encrypted text; of a deleted note only who wrote it and when is left."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    """What addresses and forms name it by: a number would tell how many notes there are."""
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    status = models.CharField(max_length=7, choices=NoteStatus.choices, default=NoteStatus.WRITTEN)
    sealed = models.TextField(blank=True)
    sealed_reason = models.TextField(blank=True)
    """Why it was deleted, encrypted too: it may say what stood there."""
    written_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    nth = 0
    """Filled by `numbered`."""

    objects = ConfidentialNoteQuerySet.as_manager()

    class Meta:
        ordering = ("written_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=(Q(status="WRITTEN", sealed_reason="") & ~Q(sealed=""))
                | Q(status="DELETED", sealed=""),
                name="deleted_note_has_no_text",
            ),
        )

    def __str__(self) -> str:
        return f"confidential note {self.pk}"

    @property
    def student_id(self) -> int:
        return self.case.student_id

    @property
    def is_deleted(self) -> bool:
        return self.status == NoteStatus.DELETED

    @property
    def text(self) -> str:
        """Return the text. Raises InvalidToken if its key is lost."""
        return unsealed(self.sealed)

    @property
    def reason(self) -> str:
        """Return why it was deleted."""
        return unsealed(self.sealed_reason)


class PassedNote(models.Model):
    """A person to whom the author of a note passed it on; both read it from then on."""

    note = models.ForeignKey(ConfidentialNote, models.CASCADE, related_name="passed")
    to = models.ForeignKey(User, models.PROTECT, related_name="+")
    passed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["note", "to"], name="note_is_passed_on_once"),
        )

    def __str__(self) -> str:
        return f"note {self.note_id} to {self.to_id}"


def numbered(notes: Iterable[ConfidentialNote]) -> list[ConfidentialNote]:
    """Return the notes; those of a case that were written within one minute get a number each.

    The number is for one reader, as long as none of those notes is deleted. Deleted ones get none:
    no form lists them.
    """
    listed = list(notes)
    together: dict[object, list[ConfidentialNote]] = {}
    for note in listed:
        if note.is_deleted:
            continue
        minute = note.written_at.replace(second=0, microsecond=0)
        together.setdefault((note.case_id, note.author_id, minute), []).append(note)
    for of_minute in together.values():
        if len(of_minute) > 1:
            for nth, note in enumerate(of_minute, 1):
                note.nth = nth
    return listed


@sensitive_variables()
def sealed(text: str) -> str:
    return encrypt(text, purpose=PURPOSE)


@sensitive_variables()
def unsealed(token: str) -> str:
    return decrypt(token, purpose=PURPOSE) if token else ""

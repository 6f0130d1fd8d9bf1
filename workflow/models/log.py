"""The logs of acts and of access: ids, codes and times; never a name, never free text.

So no row needs to be changed later, and triggers refuse changes (`workflow.triggers`).
"""

from datetime import datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class ExactEncoder(DjangoJSONEncoder):
    """JSON that keeps moments to the microsecond, so that an undo restores them exactly."""

    def default(self, o: object) -> object:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )


class ActionEntry(models.Model):
    """One act on one object. `root` is what the object belongs to, e.g. the case of a summons."""

    actor = _person()
    office = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    root_kind = models.CharField(max_length=40)
    root_id = models.BigIntegerField()
    action = models.CharField(max_length=40)
    source = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20)
    happened_at = models.DateTimeField()
    logged_at = models.DateTimeField()

    class Meta:
        ordering = ("happened_at", "pk")
        indexes = (
            models.Index(fields=["root_kind", "root_id"], name="action_root"),
            models.Index(fields=["kind", "object_id"], name="action_object"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.action}"


class ActionNote(models.Model):
    """The note of an act. It is separate from the log, so that erasure can empty it."""

    entry = models.OneToOneField(
        ActionEntry, models.DO_NOTHING, db_constraint=False, related_name="note"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return self.text


class BeforeImage(models.Model):
    """The values of the changed fields before an act that can be undone. Kept for a day."""

    entry = models.OneToOneField(
        ActionEntry, models.DO_NOTHING, db_constraint=False, related_name="before"
    )
    fields = models.JSONField(default=dict, encoder=ExactEncoder)

    def __str__(self) -> str:
        return f"before {self.entry_id}"


class AccessEntry(models.Model):
    """A request to see something, with the HTTP status of its answer, refusals included.

    If it shows one student, it has the student's id, so that one can ask who looked at a student. A
    list has no ids.
    """

    person = _person()
    view = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField(null=True)
    student_id = models.BigIntegerField(null=True)
    method = models.CharField(max_length=8)
    status = models.PositiveSmallIntegerField()
    looked_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "access entries"
        indexes = (
            models.Index(fields=["kind", "object_id"], name="access_object"),
            models.Index(fields=["student_id"], name="access_student"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.status}"

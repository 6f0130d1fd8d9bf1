"""What the operator changed in many rows at once, kept so that it can be undone."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from school.models.users import User
from workflow.errors import Text


class ChangeKind(models.TextChoices):
    """What was done. Its label is the title of the change in the list of changes."""

    STUDENTS = "STUDENTS", _("Students from a file")
    STAFF = "STAFF", _("Staff from a file")
    ASSIGNMENTS = "ASSIGNMENTS", _("Teaching assignments from a file")
    PHONES = "PHONES", _("Parents' phones from a file")
    CLASS_LISTS = "CLASS_LISTS", _("Classes of students from a file")
    HOLIDAYS = "HOLIDAYS", _("Holidays from a file")
    ATTENDANCE = "ATTENDANCE", _("Daily attendance from a file")
    SUBJECTS = "SUBJECTS", _("Subjects")
    CLASSES = "CLASSES", _("Classes")
    HOMEROOM = "HOMEROOM", _("Homeroom teachers")
    TEACHING = "TEACHING", _("Teaching assignments")
    MEMBERS = "MEMBERS", _("Members of a group")
    COUNSELORS = "COUNSELORS", _("Counselors of classes")
    MOVE = "MOVE", _("Change of class")
    ARRIVAL = "ARRIVAL", _("Student comes")
    LEAVING = "LEAVING", _("Student leaves")
    REPLACEMENT = "REPLACEMENT", _("Teacher replaced")
    MERGE = "MERGE", _("Classes merged")
    NEW_YEAR = "NEW_YEAR", _("New school year")


def kinds() -> list[tuple[str, Text]]:
    """Return the kinds with their labels; as a function, so that a new one needs no migration."""
    return list(ChangeKind.choices)


class Change(models.Model):
    """An act of the operator on many rows: an import, a move, a new year."""

    kind = models.CharField(max_length=20, choices=kinds)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    effective_on = models.DateField(null=True, blank=True)
    """The day from which it holds, if it has one."""
    counts = models.JSONField(default=dict)
    """What it did, as numbers: {"new": 3, "changed": 2}. It names nobody."""
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ChangedRow(models.Model):
    """A row before and after a change; `before` is None if it is new, `after` if it is deleted."""

    change = models.ForeignKey(Change, models.CASCADE, related_name="rows")
    table = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["table", "row_id"], name="changed_row"),)

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"

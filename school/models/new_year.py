"""The plan of a new school year: kept while the operator prepares it, and once it is begun."""

from django.db import models

from school.models.change import Change
from school.models.semesters import AcademicYear
from workflow.versions import Versioned


class NewYear(Versioned):
    """What becomes of each class and student of a year when the next one begins.

    `plan` is read and written by `school.workflow.new_year`; it holds ids and names of classes.
    """

    ends = models.OneToOneField(AcademicYear, models.PROTECT, related_name="+")
    """The year that ends."""
    plan = models.JSONField()
    change = models.OneToOneField(Change, models.SET_NULL, null=True, blank=True, related_name="+")
    """What began the new year; None until then."""

    def __str__(self) -> str:
        return f"after {self.ends_id}"

    @property
    def is_begun(self) -> bool:
        return self.change is not None and self.change.undone_at is None

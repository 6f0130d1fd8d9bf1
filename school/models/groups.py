"""Teaching groups: the students who are taught a subject together."""

from django.db import models

from school.models.classes import SchoolClass, Subject
from school.models.semesters import AcademicYear


class TeachingGroup(models.Model):
    """The students who are taught a subject together in a year: the students of a class."""

    year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="groups")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="groups")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="groups")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["school_class", "subject"], name="one_group_per_class_and_subject"
            ),
        )

    def __str__(self) -> str:
        return self.school_class.name

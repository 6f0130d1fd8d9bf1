from django.db import models

from school.models.classes import SchoolClass, Subject
from school.models.dated import Dated, DatedQuerySet, ends_after_start
from school.models.groups import TeachingGroup
from school.models.users import User


class TeachingAssignment(Dated):
    """Who teaches a group its subject, from when, until when."""

    teacher = models.ForeignKey(User, models.CASCADE, related_name="teaching")
    group = models.ForeignKey(TeachingGroup, models.PROTECT, related_name="teaching")

    objects = DatedQuerySet["TeachingAssignment"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["teacher", "group", "starts_on"], name="one_teaching_per_start"
            ),
            ends_after_start("teaching_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.teacher_id} teaches {self.group_id}"

    @property
    def subject(self) -> Subject:
        return self.group.subject


class HomeroomAssignment(Dated):
    """Who is homeroom teacher of a class, from when, until when; two people may be."""

    teacher = models.ForeignKey(User, models.CASCADE, related_name="homerooms")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="homerooms")

    objects = DatedQuerySet["HomeroomAssignment"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["teacher", "school_class", "starts_on"], name="one_homeroom_per_start"
            ),
            ends_after_start("homeroom_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.teacher_id} is homeroom teacher of {self.school_class_id}"

from django.db import models
from django.db.models import F, Q

from school.models.classes import SchoolClass, Subject, holds_on
from school.models.users import User
from workflow import clock


class DatedQuerySet(models.QuerySet):
    def on(self, day: object) -> "DatedQuerySet":
        return self.filter(holds_on(day))

    def today(self) -> "DatedQuerySet":
        return self.on(clock.today())

    def between(self, first: object, last: object) -> "DatedQuerySet":
        return self.filter(starts_on__lte=last).filter(Q(ends_on=None) | Q(ends_on__gte=first))


class TeachingAssignment(models.Model):
    """Who teaches a subject in a class, from when, until when."""

    teacher = models.ForeignKey(User, models.CASCADE, related_name="teaching")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="teaching")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="teaching")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["teacher", "school_class", "subject", "starts_on"],
                name="one_teaching_per_start",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="teaching_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.teacher_id} teaches {self.subject_id} in {self.school_class_id}"


class HomeroomAssignment(models.Model):
    """Who is homeroom teacher of a class, from when, until when; two people may be."""

    teacher = models.ForeignKey(User, models.CASCADE, related_name="homerooms")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="homerooms")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["teacher", "school_class", "starts_on"], name="one_homeroom_per_start"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="homeroom_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.teacher_id} is homeroom teacher of {self.school_class_id}"

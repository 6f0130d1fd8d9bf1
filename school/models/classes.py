from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from school.models.dated import Dated, DatedQuerySet, ends_after_start
from school.models.semesters import AcademicYear, Semester
from school.models.users import User
from workflow import clock

GRADES = ("VII", "VIII", "IX", "X", "XI", "XII", "XIII")


class Subject(models.Model):
    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class SchoolClass(models.Model):
    """A class (rombel) of one academic year, with the counselor it is assigned to."""

    year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="classes")
    name = models.CharField(max_length=30)
    grade = models.CharField(max_length=4)
    counselor = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="counseled_classes"
    )

    class Meta:
        verbose_name_plural = "school classes"
        ordering = ("grade", "name")
        constraints = (
            models.UniqueConstraint(fields=["year", "name"], name="one_class_per_name_and_year"),
        )

    def __str__(self) -> str:
        return self.name


class EndReason(models.TextChoices):
    MOVED_CLASS = "MOVED_CLASS", _("Moved to another class")
    LEFT = "LEFT", _("Left the school")
    GRADUATED = "GRADUATED", _("Graduated")
    YEAR_END = "YEAR_END", _("End of the year")


class EnrolmentQuerySet(DatedQuerySet["Enrolment"]):
    def begun(self) -> Self:
        return self.filter(starts_on__lte=clock.today())

    def last_of(self, student: str) -> Self:
        """Return, for an outer query, the last of these rows of its `student`; one row."""
        return self.filter(student=OuterRef(student)).order_by("-starts_on")[:1]

    def last_of_each(self) -> Self:
        """Return one row a student: the last among these rows."""
        return self.filter(pk=Subquery(self.last_of("student").values("pk")))

    def of_semester(self, semester: Semester) -> Self:
        """Return who counts in a semester: each student once, in the last class of it."""
        return self.between(semester.starts_on, semester.ends_on).last_of_each()

    def newest(self) -> Self:
        """Return each student's class of today, else the last one."""
        return self.begun().last_of_each()

    def class_of(self, student: str) -> dict[str, Subquery]:
        """Return what annotates an outer query with the last of these rows of its `student`.

        That is `class_id`, `class_name` and `grade`; None for a student without a row.
        """
        last = self.last_of(student)
        return {
            "class_id": Subquery(last.values("school_class")),
            "class_name": Subquery(last.values("school_class__name")),
            "grade": Subquery(last.values("school_class__grade")),
        }

    def of_who_is_here(self) -> Self:
        """Return the newest of each student that holds today, or ended with the year: holidays
        are no leaving."""
        stays = Q(ends_on=None) | Q(ends_on__gte=clock.today()) | Q(end_reason=EndReason.YEAR_END)
        return self.newest().filter(stays)


class Enrolment(Dated):
    """A student's days in a class; one at a time."""

    student = models.ForeignKey("school.Student", models.CASCADE, related_name="enrolments")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="enrolments")
    end_reason = models.CharField(max_length=12, choices=EndReason.choices, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["student"], condition=Q(ends_on=None), name="one_open_enrolment"
            ),
            models.UniqueConstraint(
                fields=["student", "starts_on"], name="one_enrolment_per_start"
            ),
            ends_after_start("enrolment_ends_after_start"),
        )
        indexes = (models.Index(fields=["school_class", "starts_on"], name="enrolment_class"),)

    def __str__(self) -> str:
        return f"{self.student_id} in {self.school_class_id}"

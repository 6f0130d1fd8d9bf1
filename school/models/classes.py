import re

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from school.models.semesters import AcademicYear, Semester
from school.models.users import User
from workflow import clock

GRADES = ("X", "XI", "XII", "XIII")
_GRADE = re.compile(r"^(XIII|XII|XI|X|IX|VIII|VII)\b")


def grade_of(class_name: str) -> str:
    """The grade (X, XI, XII …) that a class name begins with; "" where it shows none."""
    found = _GRADE.match(class_name.strip().removeprefix("Kelas ").strip())
    return found.group(1) if found else ""


def holds_on(day: object) -> Q:
    """The filter for dated rows that hold on `day` (starts_on, ends_on or open)."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


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


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def on(self, day: object) -> "EnrolmentQuerySet":
        return self.filter(holds_on(day))

    def today(self) -> "EnrolmentQuerySet":
        return self.on(clock.today())

    def between(self, first: object, last: object) -> "EnrolmentQuerySet":
        """Those that hold on at least one day from `first` to `last`."""
        return self.filter(starts_on__lte=last).filter(Q(ends_on=None) | Q(ends_on__gte=first))

    def last_of_each(self) -> "EnrolmentQuerySet":
        """One row a student: the one that began last among these rows."""
        later = self.filter(student=OuterRef("student"), starts_on__gt=OuterRef("starts_on"))
        return self.filter(~Exists(later))

    def of_semester(self, semester: Semester) -> "EnrolmentQuerySet":
        """Who counts in a semester: each student once, in the last class of it."""
        return self.between(semester.starts_on, semester.ends_on).last_of_each()

    def of_who_is_here(self) -> "EnrolmentQuerySet":
        """The newest of each student that holds today, or ended with the year: holidays are no
        leaving."""
        stays = Q(ends_on=None) | Q(ends_on__gte=clock.today()) | Q(end_reason=EndReason.YEAR_END)
        return self.newest().filter(stays)

    def newest(self) -> "EnrolmentQuerySet":
        """Each student's class of today, else the last one."""
        return self.filter(starts_on__lte=clock.today()).last_of_each()


class Enrolment(models.Model):
    """A student's days in a class; one at a time."""

    student = models.ForeignKey("school.Student", models.CASCADE, related_name="enrolments")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="enrolments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="enrolment_ends_after_start",
            ),
        )
        indexes = (models.Index(fields=["school_class", "starts_on"], name="enrolment_class"),)

    def __str__(self) -> str:
        return f"{self.student_id} in {self.school_class_id}"

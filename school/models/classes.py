from datetime import date
from string import digits
from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Case, F, GeneratedField, Q, Value, When
from django.db.models.functions import Cast, Concat, Replace
from django.utils.translation import gettext_lazy as _

from school.grades import GRADES
from school.models import last_class
from school.models.dated import Dated, DatedQuerySet, ends_after_start
from school.models.history import kept_history
from school.models.semesters import AcademicYear, Semester
from school.models.users import User
from workflow.versions import Versioned

OF_A_GRADE = 1000
"""More than the classes of one grade: the grade counts first in the place of a class."""
FIRST_PLACE = 10 * OF_A_GRADE
"""So that the number of grade and order has five digits."""
PLACE_OF_GRADE = Case(
    *(When(grade=grade, then=FIRST_PLACE + at * OF_A_GRADE) for at, grade in enumerate(GRADES)),
    default=FIRST_PLACE + len(GRADES) * OF_A_GRADE,
)


def replaced(text: Any, *pairs: tuple[str, str]) -> Any:
    for old, new in pairs:
        text = Replace(text, Value(old), Value(new))
    return text


AS_READ = replaced(
    F("name"),
    *((digit, f"<{digit}>") for digit in digits),
    ("><", ""),
    *((f"<{digit}>", f"0{digit}") for digit in digits),
    *(("<", ""), (">", "")),
)
"""The name with two digits in each number: X MIPA 2 comes before X MIPA 10, and 7A2 before 7A10.

Numbers of three digits are sorted as text. SQLite has nothing but `REPLACE` to find numbers with.
"""


class Subject(Versioned):
    name = models.CharField(_("subject"), max_length=80, unique=True)
    is_active = models.BooleanField(_("is taught"), default=True)

    history = kept_history()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class SchoolClass(Versioned):
    """A class (rombel) of one academic year, with the counselor it is assigned to.

    Everywhere classes are sorted by `place`: by grade, and within it in the order that the school
    gives them. Those without an order come first, by name, as people read it: 2 before 10.
    """

    year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="classes")
    name = models.CharField(_("class"), max_length=30)
    grade = models.CharField(_("grade"), max_length=4)
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, validators=[MaxValueValidator(OF_A_GRADE - 1)]
    )
    """The place among the classes of the grade."""
    place = GeneratedField(
        expression=Concat(
            Cast(PLACE_OF_GRADE + F("order"), models.TextField()),
            AS_READ,
            output_field=models.TextField(),
        ),
        output_field=models.CharField(max_length=80),
        db_persist=True,
    )
    counselor = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="counseled_classes",
        verbose_name=_("counselor"),
    )

    history = kept_history(but=["place"])

    class Meta:
        verbose_name_plural = "school classes"
        ordering = ("place", "name")
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
    def of_semester(self, semester: Semester) -> Self:
        """Return the enrolments that count in a semester: of each student the last one."""
        return self.filter(last_class.counts_in(semester.starts_on, semester.ends_on))

    def class_name_on(self, day: date, student_id: int) -> str:
        """Return the name of the student's class on a day; "" if they were in none."""
        of_student = self.on(day).filter(student=student_id)
        return of_student.values_list("school_class__name", flat=True).first() or ""

    def newest(self) -> Self:
        """Return each student's enrolment of today, or else the last one."""
        return self.filter(pk=last_class.of_today("id", "student"))


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
        indexes = (
            models.Index(fields=["school_class", "starts_on"], name="enrolment_class"),
            models.Index(fields=["ends_on"], name="enrolment_end"),
            # The columns that decide whether a student is still at the school (`last_class`).
            models.Index(
                fields=["student", "starts_on", "ends_on", "end_reason"], name="enrolment_stays"
            ),
        )

    def __str__(self) -> str:
        return f"{self.student_id} in {self.school_class_id}"

"""Daily attendance: who was absent from school on a day, entered once for the whole class."""

from django.db import models
from django.utils.translation import pgettext_lazy

from school.models import Student, User
from school.reach import of_students, of_taught
from school.roles import COORDINATOR, COUNSELOR, HOMEROOM, TEACHER
from school.sight import ALL, SeenQuerySet, Sight


class AbsenceCode(models.TextChoices):
    SICK = "S", pgettext_lazy("attendance", "Sick")
    PERMITTED = "I", pgettext_lazy("attendance", "Excused")
    ABSENT = "A", pgettext_lazy("attendance", "Absent")


COUNT_OF: dict[str, str] = {
    AbsenceCode.SICK: "sick",
    AbsenceCode.PERMITTED: "permitted",
    AbsenceCode.ABSENT: "absent",
}
"""Code → the count of an entry that it can be taken over into."""

ABSENCES = Sight(
    "daily attendance",
    [
        (TEACHER, of_taught()),
        (HOMEROOM, of_students("own class", lambda ties: ties.own_classes)),
        (COUNSELOR, of_students("assigned", lambda ties: ties.counseled_classes)),
        (COORDINATOR, ALL),
    ],
)


class AbsenceQuerySet(SeenQuerySet["Absence"]):
    sight = ABSENCES


class Absence(models.Model):
    """A day on which a student was not at school; without a row they were."""

    student = models.ForeignKey(Student, models.CASCADE, related_name="+")
    day = models.DateField()
    code = models.CharField(max_length=1, choices=AbsenceCode.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    """Who entered it, or corrected it last."""

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["student", "day"], name="one_absence_per_day"),
            models.CheckConstraint(
                condition=models.Q(code__in=AbsenceCode.values), name="absence_code_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.student_id} {self.day}: {self.code}"

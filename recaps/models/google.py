"""Files of Google on their way into a recap sheet, and what a teacher has said of earlier ones."""

from django.db import models

from school.models import RecapPeriod, Student, TeachingGroup, User
from school.roles import TEACHER
from school.sight import SeenQuerySet, Sight, some

PURPOSE = "google-files"
"""Of the encryption of what waits."""
DIGEST = 32
"""Characters."""


class GoogleFillQuerySet(SeenQuerySet["GoogleFill"]):
    sight = Sight(
        "Google files before they are taken over",
        [(TEACHER, some("sent by them", made_by=lambda ties: ties.person))],
    )


class GoogleFill(models.Model):
    """What was read of the files for a sheet, and what was answered: encrypted, kept for a day.

    Of students whom the school knows to be in no row of the sheet nothing is kept. Once the sheet
    is filled it is deleted.
    """

    made_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    group = models.ForeignKey(TeachingGroup, models.CASCADE, related_name="+")
    period = models.ForeignKey(RecapPeriod, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    packed = models.TextField()

    objects = GoogleFillQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["made_by", "group", "period"], name="one_google_fill_per_sheet"
            ),
        )

    def __str__(self) -> str:
        return f"{self.group_id} {self.period_id}"


class KnownName(models.Model):
    """Whom a teacher has said an address or a name of a file to be, in one group.

    Neither is kept: `digest` tells only whether another file has the same. Without a student it is
    nobody of the group, e.g. the teacher.
    """

    teacher = models.ForeignKey(User, models.CASCADE, related_name="+")
    group = models.ForeignKey(TeachingGroup, models.CASCADE, related_name="+")
    student = models.ForeignKey(Student, models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=DIGEST)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["teacher", "group", "digest"], name="one_student_per_known_name"
            ),
        )

    def __str__(self) -> str:
        return f"{self.student_id} in {self.group_id}"


class KnownColumns(models.Model):
    """Which column of a form is what, as a teacher has said of the same head before."""

    teacher = models.ForeignKey(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=DIGEST)
    columns = models.JSONField()
    words = models.JSONField(default=dict)
    """Digest of an answer → what it means."""

    class Meta:
        verbose_name_plural = "known columns"
        constraints = (
            models.UniqueConstraint(
                fields=["teacher", "digest"], name="one_meaning_per_head_of_a_form"
            ),
        )

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.digest}"

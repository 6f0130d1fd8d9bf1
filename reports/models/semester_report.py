"""The report of a semester: its texts while it is drafted, and all of it once it is frozen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from school.models import Semester, User
from school.roles import COUNSELOR, PRINCIPAL, STUDENT_AFFAIRS
from school.sight import ALL, SeenQuerySet, Sight, some
from workflow.versions import Versioned

LONGEST_TEXT = 4000


class ReportStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    FROZEN = "FROZEN", _("Frozen")
    EARLIER = "EARLIER", _("Earlier version")


class SemesterReportQuerySet(SeenQuerySet["SemesterReport"]):
    sight = Sight(
        "semester report",
        [
            (COUNSELOR, ALL),
            (PRINCIPAL, ALL),
            (STUDENT_AFFAIRS, some("frozen ones", status=lambda ties: ReportStatus.FROZEN)),
        ],
    )

    def current(self) -> "SemesterReportQuerySet":
        """Return the drafts and frozen ones, without the versions that were unfrozen."""
        return self.exclude(status=ReportStatus.EARLIER)

    def without_content(self) -> "SemesterReportQuerySet":
        return self.defer("content")


class SemesterReport(Versioned):
    """A version of a semester's report; at most one is a draft or frozen.

    What was frozen stays as it was in `content`, also after it was unfrozen.
    """

    semester = models.ForeignKey(Semester, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(
        max_length=10, choices=ReportStatus.choices, default=ReportStatus.DRAFT
    )
    introduction = models.TextField(_("introduction"), blank=True, max_length=LONGEST_TEXT)
    conclusion = models.TextField(_("conclusion"), blank=True, max_length=LONGEST_TEXT)
    plans = models.TextField(_("plans for the next semester"), blank=True, max_length=LONGEST_TEXT)
    content = models.JSONField(null=True, blank=True)
    """Figures, texts and names as they were when it was frozen."""
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SemesterReportQuerySet.as_manager()

    class Meta:
        ordering = ("semester", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["semester", "number"], name="one_report_per_semester_and_number"
            ),
            models.UniqueConstraint(
                fields=["semester"],
                condition=~Q(status="EARLIER"),
                name="one_current_report_per_semester",
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT", content__isnull=True, frozen_at=None, frozen_by=None)
                | (
                    ~Q(status="DRAFT")
                    & Q(content__isnull=False, frozen_at__isnull=False, frozen_by__isnull=False)
                ),
                name="frozen_report_has_its_content",
            ),
        )

    def __str__(self) -> str:
        return f"report {self.semester_id} {self.number}"

    @property
    def is_frozen(self) -> bool:
        return self.status == ReportStatus.FROZEN

    @property
    def has_texts(self) -> bool:
        """Return whether each text has been written."""
        return all(getattr(self, name).strip() for name in TEXTS)


TEXTS = ("introduction", "conclusion", "plans")
"""The texts that the coordinator writes."""

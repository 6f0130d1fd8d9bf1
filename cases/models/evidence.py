"""The evidence of a case, kept as it was when it was seen."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from cases.models.case import EVIDENCE, Case
from recaps.models.class_list import ClassList, Decision
from school.fields import CodesField
from school.models import User
from school.sight import SeenQuerySet

IN_ORDER = ("happened_at", "pk")


class Reason(models.TextChoices):
    """The paper's five reasons for a home visit; a case has those in its evidence."""

    NEVER_TOOK_PART = "NEVER", _("Never took part, without notice")
    LOW_ACTIVITY = "LOW", _("Participation below the limit")
    WORK_MISSING = "MISSING", _("Work not handed in")
    ECONOMY = "ECONOMY", _("Economic background")
    FAMILY = "FAMILY", _("Family problem")


class EvidenceSource(models.TextChoices):
    CLASS_LIST = "CLASS_LIST", _("Class list")
    DIRECT = "DIRECT", _("Opened directly")
    CARRIED = "CARRIED", _("Carried over from the semester before")


class EvidenceQuerySet(SeenQuerySet["Evidence"]):
    sight = EVIDENCE.of_its("case", "case: evidence")


class Evidence(models.Model):
    """A referral by a class list, or a direct opening; figures are numbers of subjects."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="evidence")
    source = models.CharField(max_length=10, choices=EvidenceSource.choices)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    reasons = CodesField(codes=Reason)
    never = models.PositiveSmallIntegerField(default=0)
    low = models.PositiveSmallIntegerField(default=0)
    missing = models.PositiveSmallIntegerField(default=0)
    subjects_in = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(_("note"), max_length=500, blank=True)
    happened_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noticed_at = models.DateTimeField(null=True, blank=True)
    """When the case's counselor marked it as read."""

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        ordering = IN_ORDER

    def __str__(self) -> str:
        return f"{self.source} for {self.case_id}"

    @property
    def student_id(self) -> int:
        return self.case.student_id


def referred_first_by(class_list: ClassList) -> Q:
    """Return the filter for the cases that no list referred before this one did."""
    referred = Evidence.objects.filter(case=OuterRef("pk"), decision__isnull=False)
    first = referred.order_by(*IN_ORDER).values("decision__class_list")[:1]
    return Q(Exact(Subquery(first), class_list.pk))


def goes_on() -> Exists:
    """Return whether a case goes on from the semester before, and was not opened in its own.

    One that was opened first and linked to the old one afterwards does not rest on it.
    """
    return Exists(Evidence.objects.filter(case=OuterRef("pk"), source=EvidenceSource.CARRIED))


class ReviewNoteQuerySet(SeenQuerySet["ReviewNote"]):
    sight = EVIDENCE.of_its("case", "case: notes to the review")


class ReviewNote(models.Model):
    """What homeroom teacher and counselor write to each other until the case is confirmed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="review_notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    written_at = models.DateTimeField()

    objects = ReviewNoteQuerySet.as_manager()

    class Meta:
        ordering = ("written_at", "pk")

    def __str__(self) -> str:
        return self.text

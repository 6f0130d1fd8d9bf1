"""What a family signs at a visit: its report, or the consent on the assignment letter."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from homevisits.models.visit import REPORT, Visit
from school.models.signature import Signature
from school.sight import SeenQuerySet
from workflow.rows import one_of


class SignedPaper(models.TextChoices):
    """The paper that is signed."""

    REPORT = "REPORT", _("Visit report")
    CONSENT = "CONSENT", _("Parents' consent")


class VisitSignatureQuerySet(SeenQuerySet["VisitSignature"]):
    sight = REPORT.of_its("visit", "visit report: signature")

    def newest(self, visit: Visit, paper: str) -> "VisitSignature | None":
        """Return the signature that stands on a paper of the visit; older ones are kept."""
        newest = (
            self.filter(visit=visit, paper=paper).values("visit").annotate(pk_=models.Max("pk"))
        )
        return one_of(self.filter(pk__in=newest.values("pk_")))


class VisitSignature(Signature):
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="+")
    paper = models.CharField(max_length=7, choices=SignedPaper.choices)
    seal = models.CharField(max_length=64)
    """Of the words that were signed: another seal, and they were changed afterwards."""

    objects = VisitSignatureQuerySet.as_manager()

    class Meta(Signature.Meta):
        indexes = (models.Index(fields=["visit", "paper"], name="signature_of_visit"),)

    @property
    def student_id(self) -> int:
        return self.visit.case.student_id

"""The visit report: three stages and the 14 rows of the Indonesian form."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models import Cause
from homevisits.models.choices import Met
from homevisits.models.visit import REPORT, Visit
from school.fields import CodesField
from school.sight import SeenQuerySet
from workflow.versions import Versioned


class ServiceArea(models.TextChoices):
    PERSONAL = "PERSONAL", _("Personal")
    SOCIAL = "SOCIAL", _("Social")
    LEARNING = "LEARNING", _("Learning")
    CAREER = "CAREER", _("Career")


class VisitReportQuerySet(SeenQuerySet["VisitReport"]):
    sight = REPORT.of_its("visit", "visit report: text")


class VisitReport(Versioned):
    """The report of a visit, written while the visit is scheduled; recording the visit finishes it.

    Some rows of the form are elsewhere: name, class and semester (the case), function and purpose
    (the visit). `outcome` here is the draft of the visit's outcome.
    """

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="report")
    outcome = models.CharField(max_length=10, blank=True)
    met = CodesField(_("Who was there"), codes=Met)
    causes = CodesField(_("Causes found"), codes=Cause)
    service_area = CodesField(_("Service area"), codes=ServiceArea)
    direct_intervention = models.TextField(
        _("Direct intervention"),
        blank=True,
        max_length=4000,
        help_text=_("The student's progress, goals and hoped-for results, with the parents."),
    )
    informal_interaction = models.TextField(
        _("Informal interaction"),
        blank=True,
        max_length=4000,
        help_text=_("How the student studies at home, plans for activities."),
    )
    family_support = models.TextField(
        _("Family support"),
        blank=True,
        max_length=4000,
        help_text=_("Listen, inform, and help in the right way."),
    )
    topic = models.CharField(_("Topic or problem"), blank=True, max_length=300)
    parties = models.CharField(_("Parties involved"), blank=True, max_length=300)
    problem = models.TextField(_("The problem in short"), blank=True, max_length=4000)
    address = models.CharField(_("Address"), blank=True, max_length=300)
    minutes_spent = models.PositiveSmallIntegerField(_("Length in minutes"), null=True, blank=True)
    family_members = models.CharField(_("Family members visited"), blank=True, max_length=300)
    evaluation_plan = models.TextField(_("Plan of evaluation"), blank=True, max_length=2000)
    follow_up = models.TextField(_("Follow-up"), blank=True, max_length=2000)
    special_note = models.TextField(_("Special note"), blank=True, max_length=2000)

    objects = VisitReportQuerySet.as_manager()

    def __str__(self) -> str:
        return f"report of {self.visit_id}"


class CommitmentQuerySet(SeenQuerySet["Commitment"]):
    sight = REPORT.of_its("report__visit", "visit report: commitment")


class Commitment(models.Model):
    """A commitment of the parents, and the day on which it is checked."""

    report = models.ForeignKey(VisitReport, models.CASCADE, related_name="commitments")
    text = models.CharField(_("What was promised"), max_length=300)
    by_whom = models.CharField(_("By whom"), max_length=120, blank=True)
    due_on = models.DateField(_("Check on"), null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.text

    @property
    def student_id(self) -> int:
        return self.report.visit.case.student_id

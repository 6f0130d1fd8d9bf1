"""A referral out: the case goes to somebody outside the school who can help where it cannot."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Case
from cases.models.case import HANDLED
from school.models import LetterNumber, User, last_class
from school.sight import SeenQuerySet
from school.standing import Standing
from workflow.addresses import address
from workflow.versions import Versioned


class ReferralStatus(models.TextChoices):
    PREPARED = "PREPARED", pgettext_lazy("referral", "Prepared")
    SENT = "SENT", pgettext_lazy("referral", "Sent")
    ANSWERED = "ANSWERED", pgettext_lazy("referral", "Answered")
    REFUSED = "REFUSED", pgettext_lazy("referral", "Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


UNDER_WAY = (ReferralStatus.PREPARED, ReferralStatus.SENT)
TAKEN = (ReferralStatus.SENT, ReferralStatus.ANSWERED)
"""The states in which somebody outside has the case."""
WITH_LETTER = (*TAKEN, ReferralStatus.REFUSED)
CLOSED = (ReferralStatus.ANSWERED, ReferralStatus.REFUSED)


class Recipient(models.TextChoices):
    PSYCHOLOGIST = "PSYCHOLOG", _("Psychologist")
    HEALTH = "HEALTH", _("Health center, doctor")
    SOCIAL = "SOCIAL", _("Social services")
    POLICE = "POLICE", _("Police, protection of women and children")
    OTHER = "OTHER", _("Other")


class ConsentHow(models.TextChoices):
    WRITTEN = "WRITTEN", pgettext_lazy("consent", "In writing")
    SPOKEN = "SPOKEN", pgettext_lazy("consent", "In person")
    PHONE = "PHONE", pgettext_lazy("consent", "By phone")


class ReferralQuerySet(SeenQuerySet["Referral"]):
    sight = HANDLED.of_its("case", "case: referrals out")

    def with_class(self) -> "ReferralQuerySet":
        """Annotate with `class_name`, of the student's last class in the semester of the case."""
        name = last_class.of_semester("class_name", "case__student", "case__semester")
        return self.annotated(class_name=name)


class Referral(Versioned):
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    status = models.CharField(
        max_length=10, choices=ReferralStatus.choices, default=ReferralStatus.PREPARED
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Recipient.choices)
    recipient = models.CharField(_("to whom"), max_length=120)
    reason = models.TextField(_("reason"), max_length=2000)
    handed_over = models.TextField(_("what is handed over"), blank=True, max_length=1000)
    """One thing on each line."""
    prepared_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    consent_on = models.DateField(_("agreed on"), null=True, blank=True)
    consent_by = models.CharField(_("who agreed"), max_length=120, blank=True)
    consent_relation = models.CharField(_("relation"), max_length=60, blank=True)
    consent_how = models.CharField(_("how"), max_length=8, choices=ConsentHow.choices, blank=True)
    without_consent = models.CharField(
        _("why it cannot wait for the parents"), max_length=500, blank=True
    )
    sent_on = models.DateField(_("date of the letter"), null=True, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    number = models.ForeignKey(LetterNumber, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = models.CharField(_("answered by"), max_length=120, blank=True)
    answer = models.TextField(_("what came back"), blank=True, max_length=2000)
    """For a refusal its reason."""

    class_name: str | None
    """Filled by `with_class`."""

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ("prepared_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(status__in=WITH_LETTER) | Q(sent_on__isnull=False),
                name="sent_referral_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=WITH_LETTER)
                | Q(consent_on__isnull=False)
                | ~Q(without_consent=""),
                name="sent_referral_has_consent_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=CLOSED, answered_on__isnull=False)
                | (~Q(status__in=CLOSED) & Q(answered_on=None)),
                name="referral_outcome_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(consent_on=None, consent_how="")
                | (Q(consent_on__isnull=False) & ~Q(consent_how="") & ~Q(consent_by="")),
                name="referral_consent_is_whole",
            ),
        )
        indexes = (models.Index(fields=["case", "status"], name="referral_case"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.status}"

    def get_absolute_url(self) -> str:
        return address("support:referral", self.pk)

    @property
    def student_id(self) -> int:
        return self.case.student_id

    @property
    def standing(self) -> Standing:
        return STANDINGS[ReferralStatus(self.status)]

    @property
    def things(self) -> list[str]:
        """Return what is handed over, one by one."""
        return [line.strip() for line in self.handed_over.splitlines() if line.strip()]


STANDINGS = {
    ReferralStatus.PREPARED: Standing("contact", "pencil", ReferralStatus.PREPARED.label),
    ReferralStatus.SENT: Standing("summons", "envelope", ReferralStatus.SENT.label),
    ReferralStatus.ANSWERED: Standing("done", "check2-circle", ReferralStatus.ANSWERED.label),
    ReferralStatus.REFUSED: Standing("review", "x-lg", ReferralStatus.REFUSED.label),
    ReferralStatus.WITHDRAWN: Standing("review", "slash-circle", ReferralStatus.WITHDRAWN.label),
}

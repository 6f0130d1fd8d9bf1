"""An attempt to reach student or parents by WhatsApp or telephone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import HANDLED, Case
from school.models import Guardian, User
from school.sight import SeenQuerySet


class Channel(models.TextChoices):
    WHATSAPP = "WHATSAPP", _("WhatsApp")
    PHONE = "PHONE", _("Telephone")


class Party(models.TextChoices):
    STUDENT = "STUDENT", _("student")
    FATHER = "FATHER", _("father")
    MOTHER = "MOTHER", _("mother")
    GUARDIAN = "GUARDIAN", _("guardian")


class ContactOutcome(models.TextChoices):
    REACHED = "REACHED", _("Reached")
    READ = "READ", _("Read, no answer")
    NO_ANSWER = "NO_ANSWER", _("No answer")
    INACTIVE = "INACTIVE", _("Inactive number")
    WRONG = "WRONG", _("Wrong number")


class ContactStatus(models.TextChoices):
    LOGGED = "LOGGED", _("Logged")
    VOID = "VOID", _("Void")


class ContactQuerySet(SeenQuerySet["Contact"]):
    sight = HANDLED.of_its("case", "case: contacts")

    def counting(self) -> "ContactQuerySet":
        return self.filter(status=ContactStatus.LOGGED)


class Contact(models.Model):
    case = models.ForeignKey(Case, models.CASCADE, related_name="contacts")
    channel = models.CharField(_("by"), max_length=8, choices=Channel.choices)
    party = models.CharField(_("to whom"), max_length=8, choices=Party.choices)
    guardian = models.ForeignKey(Guardian, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=10, choices=ContactOutcome.choices)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    status = models.CharField(
        max_length=6, choices=ContactStatus.choices, default=ContactStatus.LOGGED
    )
    happened_at = models.DateTimeField(_("when"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ("happened_at", "pk")
        indexes = (models.Index(fields=["case", "status"], name="contact_case"),)

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.get_party_display()}"

    @property
    def student_id(self) -> int:
        return self.case.student_id

"""An attempt to reach student or parents: by number, face to face, or by a message passed on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import HANDLED, IN_REVIEW, Case
from school.models import Guardian, User
from school.roles import HOMEROOM
from school.sight import Part, SeenQuerySet, Sight
from school.ties import Ties
from workflow.errors import Text


class Channel(models.TextChoices):
    WHATSAPP = "WHATSAPP", _("WhatsApp")
    PHONE = "PHONE", _("Telephone")
    FACE = "FACE", _("Face to face")
    MESSAGE = "MESSAGE", _("Message passed on")


BY_NUMBER = (Channel.WHATSAPP, Channel.PHONE)
"""The channels that need a phone number, and find out whether it works."""


class Party(models.TextChoices):
    STUDENT = "STUDENT", _("student")
    FATHER = "FATHER", _("father")
    MOTHER = "MOTHER", _("mother")
    GUARDIAN = "GUARDIAN", _("guardian")


class ContactOutcome(models.TextChoices):
    REACHED = "REACHED", _("Reached")
    READ = "READ", _("Read, no answer")
    NO_ANSWER = "NO_ANSWER", _("No answer")
    NO_NETWORK = "NO_NETWORK", _("Out of reach")
    INACTIVE = "INACTIVE", _("Inactive number")
    WRONG = "WRONG", _("Wrong number")
    PASSED_ON = "PASSED_ON", _("Passed on")
    NO_REPLY = "NO_REPLY", _("No reply yet")


_O = ContactOutcome
FITTING: dict[str, tuple[ContactOutcome, ...]] = {
    Channel.WHATSAPP: (
        *(_O.REACHED, _O.READ, _O.NO_ANSWER),
        *(_O.NO_NETWORK, _O.INACTIVE, _O.WRONG),
    ),
    Channel.PHONE: (_O.REACHED, _O.NO_ANSWER, _O.NO_NETWORK, _O.INACTIVE, _O.WRONG),
    Channel.FACE: (_O.REACHED,),
    Channel.MESSAGE: (_O.REACHED, _O.PASSED_ON, _O.NO_REPLY),
}
"""Channel → the outcomes that an attempt by it can have."""


def _fits() -> Q:
    found = Q()
    for channel, outcomes in FITTING.items():
        found |= Q(channel=channel, outcome__in=outcomes)
    return found


SAID: dict[str, Text] = {
    Channel.FACE: _("Face to face with %(party)s"),
    Channel.MESSAGE: _("Message for %(party)s: %(outcome)s"),
}
USUALLY = _("%(channel)s to %(party)s: %(outcome)s")


class ContactStatus(models.TextChoices):
    LOGGED = "LOGGED", _("Logged")
    VOID = "VOID", _("Void")


def _own_in_review(ties: Ties, at: str) -> Q:
    return Q(**{f"{at}by": ties.person}) & IN_REVIEW.where(ties, f"{at}case__")


OWN_IN_REVIEW = Part("own attempts in own class, until confirmed", _own_in_review)


class ContactQuerySet(SeenQuerySet["Contact"]):
    sight = Sight("case: contacts", [*HANDLED.rows_at("case"), (HOMEROOM, OWN_IN_REVIEW)])

    def known(self) -> "ContactQuerySet":
        """Return the attempts with their authors, whom a history names."""
        return self.select_related("by")

    def counting(self) -> "ContactQuerySet":
        return self.filter(status=ContactStatus.LOGGED)


class Contact(models.Model):
    case = models.ForeignKey(Case, models.CASCADE, related_name="contacts")
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices)
    party = models.CharField(_("to whom"), max_length=8, choices=Party.choices)
    guardian = models.ForeignKey(Guardian, models.SET_NULL, null=True, blank=True, related_name="+")
    kinship = models.CharField(
        max_length=Guardian._meta.get_field("kinship").max_length, blank=True, editable=False
    )
    """How the guardian was related in words, as it was said then: the guardian may be removed."""
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
        constraints = (
            models.CheckConstraint(condition=_fits(), name="contact_outcome_fits_its_channel"),
        )
        indexes = (models.Index(fields=["case", "status"], name="contact_case"),)

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.get_party_display()}"

    @property
    def said(self) -> str:
        """Return "WhatsApp ke nenek: dibaca, tidak dijawab"."""
        words = {
            "channel": self.get_channel_display(),
            "party": self.kinship or self.get_party_display(),
            "outcome": self.get_outcome_display().lower(),
        }
        return SAID.get(self.channel, USUALLY) % words

    @property
    def student_id(self) -> int:
        return self.case.student_id

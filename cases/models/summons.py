"""A letter that asks the parents to school: number, sequence I to III, delivery, outcome."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import HANDLED, Case
from school.models import LetterNumber, User
from school.roles import PRINCIPAL
from school.sight import Part, SeenQuerySet, Sight
from school.ties import Ties

LAST_SEQUENCE = 3
ROMAN = ("", "I", "II", "III")
A_MEETING = timedelta(hours=1)


class SummonsStatus(models.TextChoices):
    ISSUED = "ISSUED", _("Issued")
    ATTENDED = "ATTENDED", _("Came")
    NOT_ATTENDED = "NOT_ATTENDED", _("Did not come")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


WITH_OUTCOME = (SummonsStatus.ATTENDED, SummonsStatus.NOT_ATTENDED)


def _issued(_ties: Ties, at: str) -> Q:
    return ~Q(**{f"{at}status": SummonsStatus.WITHDRAWN})


PRINTED = Sight(
    "case: letters of summonses",
    [*HANDLED.rows_at("case"), (PRINCIPAL, Part("all that were not withdrawn", _issued))],
)


class SummonsQuerySet(SeenQuerySet["Summons"]):
    sight = HANDLED.of_its("case", "case: summonses")

    def printable_for(self, user: User) -> "SummonsQuerySet":
        """Return summonses whose letter `user` may print; the principal signs each."""
        return PRINTED.of(self, user)

    def counting(self) -> "SummonsQuerySet":
        return self.exclude(status=SummonsStatus.WITHDRAWN)

    def meetings_near(self, moment: datetime) -> "SummonsQuerySet":
        """Return those that wait for a meeting less than an hour before or after `moment`."""
        near = Q(meets_at__gt=moment - A_MEETING, meets_at__lt=moment + A_MEETING)
        return self.filter(near, status=SummonsStatus.ISSUED).order_by("meets_at")


class Summons(models.Model):
    """The current state of a letter; each printed state is a `SummonsVersion`."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="summonses")
    sequence = models.PositiveSmallIntegerField()
    status = models.CharField(
        max_length=12, choices=SummonsStatus.choices, default=SummonsStatus.ISSUED
    )
    number = models.ForeignKey(
        LetterNumber, models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_on = models.DateField(_("date of the letter"))
    meets_at = models.DateTimeField(_("day and time"))
    place = models.CharField(_("place"), max_length=120)
    to_meet = models.CharField(_("to meet"), max_length=120)
    purpose = models.CharField(_("about"), max_length=300)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    receiver = models.CharField(_("received by"), max_length=120, blank=True)
    receiver_relation = models.CharField(_("relation"), max_length=60, blank=True)
    came_with = models.CharField(_("came with"), max_length=120, blank=True)
    minutes = models.TextField(_("minutes"), blank=True, max_length=4000)
    outcome_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = SummonsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "summonses"
        ordering = ("issued_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case", "sequence"],
                condition=~Q(status=SummonsStatus.WITHDRAWN),
                name="one_summons_per_sequence",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(status=SummonsStatus.ISSUED),
                name="one_summons_without_outcome",
            ),
            models.CheckConstraint(
                condition=Q(sequence__gte=1, sequence__lte=LAST_SEQUENCE),
                name="summons_sequence_i_to_iii",
            ),
            models.CheckConstraint(
                condition=Q(status__in=WITH_OUTCOME, outcome_at__isnull=False)
                | (~Q(status__in=WITH_OUTCOME) & Q(outcome_at=None)),
                name="summons_outcome_has_a_date",
            ),
        )

    def __str__(self) -> str:
        return f"{self.roman} of {self.case_id}"

    @property
    def student_id(self) -> int:
        return self.case.student_id

    @property
    def roman(self) -> str:
        return ROMAN[self.sequence]


class SummonsVersion(models.Model):
    """A printable state of the letter; a new date or number makes a new version."""

    summons = models.ForeignKey(Summons, models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField()
    number_text = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField()
    meets_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("version",)
        constraints = (
            models.UniqueConstraint(
                fields=["summons", "version"], name="one_summons_version_per_number"
            ),
        )

    def __str__(self) -> str:
        return f"version {self.version} of {self.summons_id}"

"""A case conference: planned with those invited, held, closed; or cancelled."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case, CaseStatus
from cases.models.case import HANDLED
from school.models import User, last_class
from school.roles import VISITOR
from school.sight import Part, SeenQuerySet, Sight
from school.standing import Standing
from school.ties import Ties
from workflow.addresses import address
from workflow.versions import Versioned

AN_HOUR = timedelta(hours=1)


class ConferenceStatus(models.TextChoices):
    PLANNED = "PLANNED", _("Planned")
    HELD = "HELD", _("Held")
    CLOSED = "CLOSED", _("Closed")
    CANCELLED = "CANCELLED", _("Cancelled")


UNDER_WAY = (ConferenceStatus.PLANNED, ConferenceStatus.HELD)
TOOK_PLACE = (ConferenceStatus.HELD, ConferenceStatus.CLOSED)


def _invited(ties: Ties, at: str) -> Q:
    """Return the filter for those to which the person is invited, until they are closed."""
    named = Conference.invited.through.objects.filter(user=ties.person).values("conference")
    goes_on = Q(**{f"{at}pk__in": named, f"{at}status__in": UNDER_WAY})
    return goes_on & ~Q(**{f"{at}case__status": CaseStatus.DISMISSED})


INVITED = Part("invited, until it is closed", _invited)


class ConferenceQuerySet(SeenQuerySet["Conference"]):
    sight = Sight(
        "conference: shared page and minutes", [*HANDLED.rows_at("case"), (VISITOR, INVITED)]
    )

    def under_way(self) -> "ConferenceQuerySet":
        return self.filter(status__in=UNDER_WAY)

    def near(self, moment: datetime) -> "ConferenceQuerySet":
        """Return those that are planned less than an hour before or after `moment`."""
        near = Q(meets_at__gt=moment - AN_HOUR, meets_at__lt=moment + AN_HOUR)
        return self.filter(near, status=ConferenceStatus.PLANNED)

    def with_class(self) -> "ConferenceQuerySet":
        """Annotate with `class_name`, of the student's class of today, else of the last one."""
        return self.annotated(class_name=last_class.of_today("class_name", "case__student"))


class Conference(Versioned):
    """What stands in it is read by those invited until it is closed, and printed as minutes.

    Its decisions are follow-ups that refer to it. Its version grows with each change of its
    plan or its minutes.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    status = models.CharField(
        max_length=10, choices=ConferenceStatus.choices, default=ConferenceStatus.PLANNED
    )
    planned_on = models.DateField()
    meets_at = models.DateTimeField(_("day and time"))
    place = models.CharField(_("place"), max_length=120)
    why = models.CharField(_("why"), max_length=300)
    invited = models.ManyToManyField(User, blank=True, related_name="+")
    guests = models.TextField(_("others invited"), blank=True, max_length=600)
    """Others by name and office, a line each."""
    held_at = models.DateTimeField(null=True, blank=True)
    present = models.TextField(_("who was there"), blank=True, max_length=1000)
    problem = models.TextField(_("problem discussed"), blank=True, max_length=4000)
    conclusion = models.TextField(_("result"), blank=True, max_length=4000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class_name: str | None
    """Filled by `with_class`."""
    is_ours: bool
    """Filled for the home page: whether the person is the case's counselor."""
    has_host: bool
    """Filled for the home page: whether the case's counselor is still one."""
    is_invited: bool
    """Filled for the home page: whether the person is invited."""

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        ordering = ("meets_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(status=ConferenceStatus.PLANNED),
                name="one_conference_planned_per_case",
            ),
            models.CheckConstraint(
                condition=Q(status__in=TOOK_PLACE, held_at__isnull=False)
                | (~Q(status__in=TOOK_PLACE) & Q(held_at=None)),
                name="conference_held_has_a_date",
            ),
        )
        indexes = (models.Index(fields=["status", "meets_at"], name="conference_status"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.meets_at}"

    def get_absolute_url(self) -> str:
        return address("support:conference", self.pk)

    @property
    def student_id(self) -> int:
        return self.case.student_id

    @property
    def happens_at(self) -> datetime:
        """Return when it was held, else when it is to be held."""
        return self.held_at or self.meets_at

    @property
    def is_needless(self) -> bool:
        """Whether it is still planned although its case has ended."""
        return self.status == ConferenceStatus.PLANNED and not self.case.is_open

    @property
    def guest_lines(self) -> list[str]:
        return [line.strip() for line in self.guests.splitlines() if line.strip()]

    @property
    def standing(self) -> Standing:
        return STANDINGS[ConferenceStatus(self.status)]


STANDINGS = {
    ConferenceStatus.PLANNED: Standing("contact", "calendar3", ConferenceStatus.PLANNED.label),
    ConferenceStatus.HELD: Standing("summons", "journal-text", ConferenceStatus.HELD.label),
    ConferenceStatus.CLOSED: Standing("done", "check2-circle", ConferenceStatus.CLOSED.label),
    ConferenceStatus.CANCELLED: Standing(
        "review", "slash-circle", ConferenceStatus.CANCELLED.label
    ),
}

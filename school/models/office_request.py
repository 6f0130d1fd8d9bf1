"""What an operator asks for that needs the yes of the coordinator or the principal."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from school.models.users import Acting, User
from school.roles import COORDINATOR, OFFICES, OPERATOR, PRINCIPAL, office_choices
from school.sight import ALL, SeenQuerySet, Sight
from workflow import clock
from workflow.addresses import address

REQUESTS = Sight(
    "request for a role or an account", [(OPERATOR, ALL), (COORDINATOR, ALL), (PRINCIPAL, ALL)]
)


class Asked(models.TextChoices):
    """What is asked for a person; only the first is for people who hold no guarded office."""

    OFFICE = "OFFICE", _("A role in counseling")
    PASSWORD = "PASSWORD", _("A new first password")
    SECOND_FACTOR = "SECOND_FACTOR", _("Reset two-step sign-in")
    ENABLE = "ENABLE", _("Enable the account")
    USER_NAME = "USER_NAME", _("Another user name")
    TEACH = "TEACH", _("Lessons and classes of an operator")


class RequestStatus(models.TextChoices):
    ASKED = "ASKED", _("Waiting")
    AGREED = "AGREED", _("Agreed")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class OfficeRequestQuerySet(SeenQuerySet["OfficeRequest"]):
    sight = REQUESTS

    def waiting(self) -> "OfficeRequestQuerySet":
        return self.filter(status=RequestStatus.ASKED)

    def answerable_by(self, user: User) -> "OfficeRequestQuerySet":
        """Return those that wait and that `user` may answer, if they may answer any."""
        return self.waiting().exclude(Q(asked_by=user) | Q(person=user))


class OfficeRequest(models.Model):
    """An operator's request about one person, with the reason and the answer."""

    person = models.ForeignKey(User, models.CASCADE, related_name="office_requests")
    what = models.CharField(max_length=20, choices=Asked.choices)
    office = models.CharField(max_length=20, choices=office_choices, blank=True)
    acting = models.CharField(max_length=4, choices=Acting.choices, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    user_name = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    status = models.CharField(
        max_length=20, choices=RequestStatus.choices, default=RequestStatus.ASKED
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    objects = OfficeRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["person", "what", "office"],
                condition=Q(status=RequestStatus.ASKED),
                name="one_open_request",
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.person_id}"

    def get_absolute_url(self) -> str:
        return address("school:office_request", self.pk)

    @property
    def waits(self) -> bool:
        return self.status == RequestStatus.ASKED

    @property
    def first_day(self) -> date:
        """Return the first day of an office that is asked for, if the yes comes now."""
        return max(self.starts_on or clock.today(), clock.today())

    @property
    def held_from(self) -> date | None:
        """Return from when an office is held: with a yes now, or as it was asked for or given."""
        return self.first_day if self.waits and self.starts_on else self.starts_on

    @property
    def title(self) -> str:
        """Return what is asked for: "Guru BK", "Kata sandi awal baru"."""
        if self.what == Asked.OFFICE:
            return f"{self.acting} {OFFICES[self.office].label}".strip()
        return str(Asked(self.what).label)

"""A follow-up of a case: what is to be done, by whom and by when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.models.case import HANDLED
from school.models import User, last_class
from school.roles import VISITOR
from school.sight import SeenQuerySet, Sight, some
from school.standing import Standing
from support.models.conference import Conference
from workflow import clock
from workflow.addresses import address

LONGEST_WHAT = 300


class FollowUpStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    DONE = "DONE", _("Done")
    DROPPED = "DROPPED", _("Dropped")


class FollowUpSource(models.TextChoices):
    """What it was agreed in."""

    HAND = "HAND", _("added by the counselor")
    VISIT = "VISIT", _("promised on a home visit")
    CONFERENCE = "CONFERENCE", _("decided in a case conference")
    RESOLUTION = "RESOLUTION", _("agreed when the case was resolved")


FOR_THEM = some("the one that is theirs", doer=lambda ties: ties.person)
OF_CASES = HANDLED.of_its("case", "follow-up: what came of it, and the list")


class FollowUpQuerySet(SeenQuerySet["FollowUp"]):
    sight = Sight(
        "follow-up: student, what, by when",
        [*HANDLED.rows_at("case"), (VISITOR, FOR_THEM)],
    )

    def of_cases_of(self, user: User) -> "FollowUpQuerySet":
        """Return those of the cases that `user` acts on as counselor."""
        return OF_CASES.of(self, user)

    def open(self) -> "FollowUpQuerySet":
        return self.filter(status=FollowUpStatus.OPEN)

    def late(self) -> "FollowUpQuerySet":
        return self.open().filter(due_on__lt=clock.today())

    def kept(self) -> "FollowUpQuerySet":
        """Return those that were not taken back right after they were added."""
        return self.exclude(status=FollowUpStatus.DROPPED, ended_at=None)

    def with_class(self) -> "FollowUpQuerySet":
        """Annotate with `class_name`, of the student's class of today, else of the last one."""
        return self.annotated(class_name=last_class.of_today("class_name", "case__student"))


class FollowUp(models.Model):
    """Done by `doer`, a person of the school; by `doer_name`; or by the case's counselor."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    status = models.CharField(
        max_length=10, choices=FollowUpStatus.choices, default=FollowUpStatus.OPEN
    )
    source = models.CharField(
        max_length=10, choices=FollowUpSource.choices, default=FollowUpSource.HAND
    )
    conference = models.ForeignKey(Conference, models.RESTRICT, null=True, related_name="+")
    """The conference that decided it."""
    origin = models.CharField(max_length=60, blank=True)
    """What it was agreed in, e.g. a commitment of a visit: each is kept once for a case."""
    what = models.CharField(_("what is to be done"), max_length=LONGEST_WHAT)
    doer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    doer_name = models.CharField(_("name and office"), max_length=120, blank=True)
    agreed_on = models.DateField()
    due_on = models.DateField(_("by when"))
    first_due_on = models.DateField()
    """The day that was agreed first; `due_on` is later once it was put off."""
    later_because = models.CharField(max_length=300, blank=True)
    outcome = models.TextField(_("what came of it"), blank=True, max_length=1000)
    """Of one that was dropped: why."""
    ended_at = models.DateTimeField(null=True, blank=True)
    """None in one that is dropped since it was taken back right after it was added."""
    fell_with_case = models.BooleanField(default=False)
    """Whether it was dropped since the case was dismissed."""
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class_name: str | None
    """Filled by `with_class`."""

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case", "origin"], condition=~Q(origin=""), name="one_follow_up_per_origin"
            ),
            models.CheckConstraint(
                condition=Q(status="OPEN", ended_at=None)
                | Q(status="DONE", ended_at__isnull=False)
                | Q(status="DROPPED"),
                name="follow_up_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(doer=None) | Q(doer_name=""), name="follow_up_has_one_doer"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("agreed_on")), name="follow_up_due_after_it_was_agreed"
            ),
        )
        indexes = (models.Index(fields=["status", "due_on"], name="follow_up_status_due"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_on}"

    def get_absolute_url(self) -> str:
        return address("support:follow_up", self.pk)

    @property
    def student_id(self) -> int:
        return self.case.student_id

    @property
    def is_open(self) -> bool:
        return self.status == FollowUpStatus.OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < clock.today()

    @property
    def due_open(self) -> date | None:
        """Return the day by which it is due while it is open."""
        return self.due_on if self.is_open else None

    @property
    def standing(self) -> Standing:
        return STANDINGS[FollowUpStatus(self.status)]


STANDINGS = {
    FollowUpStatus.OPEN: Standing("contact", "clock", FollowUpStatus.OPEN.label),
    FollowUpStatus.DONE: Standing("done", "check2-circle", FollowUpStatus.DONE.label),
    FollowUpStatus.DROPPED: Standing("review", "slash-circle", FollowUpStatus.DROPPED.label),
}

"""What a school lends or gives a family: asked for, decided on, handed over, given back."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Case, CaseStatus
from cases.models.case import HANDLED
from school.head import naming_head
from school.models import User, last_class
from school.roles import PRINCIPAL
from school.sight import ALL, SeenQuerySet, Sight
from school.standing import Standing
from workflow import clock
from workflow.addresses import address
from workflow.errors import Text


class AssistanceKind(models.TextChoices):
    PHONE = "PHONE", pgettext_lazy("assistance", "Phone")
    DATA = "DATA", _("Data package")
    OTHER = "OTHER", _("Other")


LENT_BY_DEFAULT = (AssistanceKind.PHONE,)


class AssistanceStatus(models.TextChoices):
    ASKED = "ASKED", pgettext_lazy("assistance", "Requested")
    APPROVED = "APPROVED", _("Approved")
    HANDED_OVER = "HANDED_OVER", _("Handed over")
    RETURNED = "RETURNED", _("Returned")
    KEPT = "KEPT", pgettext_lazy("assistance", "Not returned")
    DECLINED = "DECLINED", _("Declined")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


S = AssistanceStatus
GONE = (S.DECLINED, S.WITHDRAWN)
COUNTING = tuple(status for status in AssistanceStatus if status not in GONE)
WITH_FAMILY = (S.HANDED_OVER, S.RETURNED, S.KEPT)
"""The statuses of what was handed over, whatever became of it then."""
CAME_BACK = (S.RETURNED, S.KEPT)

STANDINGS: dict[str, Standing] = {
    S.ASKED: Standing("review", "clock", naming_head(_("Waiting for the %(head)s"))),
    S.APPROVED: Standing("summons", "check-lg", _("To hand over")),
    S.HANDED_OVER: Standing("done", "check2-circle", S.HANDED_OVER.label),
    S.RETURNED: Standing("done", "check2-circle", S.RETURNED.label),
    **{gone: Standing("review", "slash-circle", gone.label) for gone in (S.KEPT, *GONE)},
}

SEEN = Sight(
    "assistance: request, reason, what became of it",
    [*HANDLED.rows_at("case"), (PRINCIPAL, ALL)],
)
HANDED = HANDLED.of_its("case", "assistance: receiver, receipt, return")


class AssistanceQuerySet(SeenQuerySet["Assistance"]):
    sight = SEEN

    def handed_by(self, user: User) -> "AssistanceQuerySet":
        """Return those of which `user` sees all, and hands them over: the case's counselor."""
        return HANDED.of(self, user)

    def to_decide(self) -> "AssistanceQuerySet":
        """Return those that wait for the principal."""
        return self.filter(status=S.ASKED).exclude(case__status=CaseStatus.DISMISSED)

    def to_hand_over(self) -> "AssistanceQuerySet":
        return self.filter(status=S.APPROVED).exclude(case__status=CaseStatus.DISMISSED)

    def lent_out(self) -> "AssistanceQuerySet":
        """Return those that are lent and not back."""
        return self.filter(status=S.HANDED_OVER, is_lent=True)

    def with_class_then(self) -> "AssistanceQuerySet":
        """Annotate with `class_name`, of the student's last class in the semester of the case."""
        name = last_class.of_semester("class_name", "case__student", "case__semester")
        return self.annotated(class_name=name)


class Assistance(models.Model):
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    status = models.CharField(
        max_length=12, choices=AssistanceStatus.choices, default=AssistanceStatus.ASKED
    )
    kind = models.CharField(_("what"), max_length=8, choices=AssistanceKind.choices)
    what = models.CharField(_("what exactly"), max_length=120, blank=True)
    """What is asked for, in words; for OTHER it is the name of the thing."""
    is_lent = models.BooleanField(_("lent"), default=False)
    reason = models.TextField(_("reason"), max_length=1000)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decision_note = models.CharField(max_length=500, blank=True)
    handed_on = models.DateField(null=True, blank=True)
    handed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    given = models.CharField(_("what was handed over"), max_length=200, blank=True)
    receiver = models.CharField(_("received by"), max_length=120, blank=True)
    receiver_relation = models.CharField(_("relation"), max_length=60, blank=True)
    is_signed = models.BooleanField(_("receipt signed"), default=False)
    due_on = models.DateField(_("to be returned by"), null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    condition = models.CharField(_("condition"), max_length=300, blank=True)
    kept_reason = models.CharField(_("why it does not come back"), max_length=300, blank=True)

    class_name: str | None
    """Filled by `with_class_then`."""

    objects = AssistanceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "assistance"
        ordering = ("asked_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="OTHER") | ~Q(what=""), name="other_assistance_is_named"
            ),
            models.CheckConstraint(
                condition=Q(status__in=WITH_FAMILY, handed_on__isnull=False)
                | (~Q(status__in=WITH_FAMILY) & Q(handed_on=None)),
                name="handed_over_assistance_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status__in=CAME_BACK, ended_on__isnull=False, is_lent=True)
                | (~Q(status__in=CAME_BACK) & Q(ended_on=None)),
                name="only_lent_assistance_comes_back",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("handed_on")),
                name="assistance_comes_back_after_it_went",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(is_lent=True),
                name="only_lent_assistance_is_due_back",
            ),
        )
        indexes = (models.Index(fields=["status"], name="assistance_status"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"

    def get_absolute_url(self) -> str:
        return address("support:assistance", self.pk)

    @property
    def student_id(self) -> int:
        return self.case.student_id

    @property
    def name(self) -> Text:
        """Return what it is in a word or two: "HP", or the name of something else."""
        return self.what if self.kind == AssistanceKind.OTHER else self.get_kind_display()

    @property
    def name_within(self) -> str:
        """Return the name as it is written within a sentence: "HP", "paket data"."""
        name = str(self.name)
        is_word = self.kind != AssistanceKind.OTHER and not name[:2].isupper()
        return name[:1].lower() + name[1:] if is_word else name

    @property
    def details(self) -> str:
        """Return what the name does not say."""
        return "" if self.kind == AssistanceKind.OTHER else self.what

    @property
    def is_out(self) -> bool:
        """Return whether it is lent and not back."""
        return self.status == S.HANDED_OVER and self.is_lent

    @property
    def standing(self) -> Standing:
        """Return where it stands, in colour, icon and word."""
        if self.is_out:
            return Standing("visit", "phone", _("On loan"))
        return STANDINGS[self.status]

    @property
    def is_overdue(self) -> bool:
        return self.is_out and self.due_on is not None and self.due_on < clock.today()

    @property
    def due_back_on(self) -> date | None:
        """Return the day by which it is to come back, while it is out."""
        return self.due_on if self.is_out else None

"""A student's case in a semester. Nobody sets its rung: it is what its steps show."""

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.rung import Rung
from recaps.models.recap import Entry
from school import permissions as may
from school.fields import CodesField
from school.models import Enrolment, Semester, Student, User
from school.standing import Standing
from workflow.versions import Versioned


class CaseStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    RESOLVED = "RESOLVED", _("Resolved")
    REFERRED = "REFERRED", _("Referred out")
    CLOSED = "CLOSED", _("Closed")
    CARRIED = "CARRIED", _("Carried over")
    DISMISSED = "DISMISSED", _("False alarm")


COUNTING = tuple(status for status in CaseStatus if status != CaseStatus.DISMISSED)
"""What counts in the tables."""

ENDED: dict[str, Standing] = {
    CaseStatus.RESOLVED: Standing("done", "check2-circle", pgettext_lazy("standing", "Resolved")),
    CaseStatus.REFERRED: Standing(
        "done", "box-arrow-right", pgettext_lazy("standing", "Referred out")
    ),
    CaseStatus.CLOSED: Standing("review", "lock", pgettext_lazy("standing", "Closed")),
    CaseStatus.CARRIED: Standing(
        "review", "arrow-repeat", pgettext_lazy("standing", "Carried over")
    ),
    CaseStatus.DISMISSED: Standing(
        "review", "slash-circle", pgettext_lazy("standing", "Dismissed")
    ),
}


class Cause(models.TextChoices):
    FORGOT = "FORGOT", _("Forgot")
    NETWORK = "NETWORK", _("Network")
    BOREDOM = "BOREDOM", _("Boredom")
    LOW_MOTIVATION = "MOTIVATION", _("Low motivation")
    FAMILY = "FAMILY", _("Family")
    ECONOMY = "ECONOMY", _("Economy")
    PEERS = "PEERS", _("Peers")
    DEVICE = "DEVICE", _("Device")
    HEALTH = "HEALTH", _("Health")
    OTHER = "OTHER", _("Other")


class Outcome(models.TextChoices):
    SOLVED = "SOLVED", _("Solved")
    IMPROVED = "IMPROVED", _("Improved")
    NOT_SOLVED = "NOT_SOLVED", _("Not solved")


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: Any) -> "CaseQuerySet":
        """That a case exists, its rung and status: see design, who sees what."""
        seen = _summary_for(user)
        if taught := may.taught_classes(user):
            seen |= Q(pk__in=self._reported_by(user, taught))
        return self.filter(seen)

    def with_summary_for(self, user: Any) -> "CaseQuerySet":
        """Whose shared summary `user` may read: own class, assigned, all for the rest of BK."""
        return self.filter(_summary_for(user))

    def handled_by(self, user: Any) -> "CaseQuerySet":
        """Own cases: those that `user` acts on as counselor; all for the coordinator."""
        if may.is_coordinator(user):
            return self
        if not may.is_counselor(user):
            return self.none()
        return self.filter(_own_to(user))

    def with_evidence_for(self, user: Any) -> "CaseQuerySet":
        """Own cases; for the homeroom teacher the own class's until they are confirmed."""
        if may.is_coordinator(user):
            return self
        review = Q(
            confirmed_at=None,
            status=CaseStatus.OPEN,
            student__in=_students_in(may.homeroom_classes(user)),
        )
        if not may.is_counselor(user):
            return self.filter(review)
        return self.filter(review | _own_to(user))

    def counted(self) -> "CaseQuerySet":
        """Those that count in the tables: all but false alarms."""
        return self.filter(status__in=COUNTING)

    def with_class(self) -> "CaseQuerySet":
        """With `class_id`, `class_name`, `grade`: the student's last class in the semester."""
        of_semester = Enrolment.objects.between(
            OuterRef("semester__starts_on"), OuterRef("semester__ends_on")
        )
        return self.annotate(**of_semester.class_of("student"))

    def with_is_here(self) -> "CaseQuerySet":
        """With `is_here`: whether the student is still at the school."""
        here = Enrolment.objects.of_who_is_here().filter(student=OuterRef("student"))
        return self.annotate(is_here=Exists(here))

    def with_class_in(self, class_ids: Any) -> "CaseQuerySet":
        """Those whose student's class of today, else the last, is one of `class_ids`."""
        return self.filter(student__in=_students_in(class_ids))

    def _reported_by(self, user: Any, taught: Any) -> Any:
        """Ids of cases of students whom `user` reported in a class that is taught today."""
        reported = Entry.objects.filter(
            Entry.noted(),
            sheet__handed_over_by=user.pk,
            sheet__recap__school_class__in=taught,
            student=OuterRef("student"),
            sheet__recap__period__semester=OuterRef("semester"),
        )
        return Case.objects.filter(Exists(reported)).values("pk")


def _summary_for(user: Any) -> Q:
    if may.is_coordinator(user) or may.is_principal(user):
        return Q(pk__isnull=False)
    seen = Q(student__in=_students_in(may.homeroom_classes(user)))
    if may.is_counselor(user):
        seen |= Q(student__in=_students_in(may.counseled_classes(user)))
        seen |= _own_to(user)
    return seen


def _students_in(class_ids: Any) -> Any:
    return Student.objects.in_classes(class_ids).values("pk") if class_ids else []


def _own_to(user: Any) -> Q:
    """Return the filter for the cases that a counselor acts on.

    In a school without coordinator also those whose counselor is none or left the office.
    """
    if may.coordinators(user):
        return Q(counselor=user.pk)
    return Q(counselor=user.pk) | Q(counselor=None) | ~Q(counselor__in=may.counselors(user))


class Case(Versioned):
    student = models.ForeignKey(Student, models.PROTECT, related_name="+")
    semester = models.ForeignKey(Semester, models.PROTECT, related_name="+")
    counselor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=CaseStatus.choices, default=CaseStatus.OPEN)
    rung = models.PositiveSmallIntegerField(choices=Rung.choices, default=Rung.REVIEW)
    opened_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    causes = CodesField(codes=Cause)
    carried_from = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    summary = models.TextField(_("text for the shared summary"), blank=True, max_length=2000)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["student", "semester"], name="one_case_per_student_and_semester"
            ),
            models.CheckConstraint(condition=Q(rung__in=Rung.values), name="rung_is_known"),
            models.CheckConstraint(
                condition=Q(status="OPEN", ended_at=None)
                | (~Q(status="OPEN") & Q(ended_at__isnull=False)),
                name="ended_case_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("opened_at")),
                name="case_ends_after_it_opened",
            ),
        )
        indexes = (models.Index(fields=["semester", "status"], name="case_semester_status"),)

    def __str__(self) -> str:
        return f"{self.student} {self.semester}"

    def get_absolute_url(self) -> str:
        return reverse("cases:case", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.status == CaseStatus.OPEN

    @property
    def standing(self) -> Standing:
        """How the case ended; while it is open, its rung."""
        return ENDED.get(self.status) or Rung(self.rung).standing

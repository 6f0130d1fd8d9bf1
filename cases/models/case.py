"""A student's case in a semester. Nobody sets its rung: it follows from its steps."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.rung import Rung
from recaps.models.noted import is_reported
from school.fields import CodesField
from school.models import Semester, Student, User, last_class
from school.reach import of_students
from school.roles import COORDINATOR, COUNSELOR, HOMEROOM, PRINCIPAL, TEACHER
from school.sight import ALL, Part, SeenQuerySet, Sight
from school.standing import Standing
from school.ties import Ties
from workflow.addresses import address
from workflow.versions import Versioned


class CaseStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    RESOLVED = "RESOLVED", _("Resolved")
    REFERRED = "REFERRED", _("Referred out")
    CLOSED = "CLOSED", _("Closed")
    CARRIED = "CARRIED", _("Carried over")
    DISMISSED = "DISMISSED", _("False alarm")


COUNTING = tuple(status for status in CaseStatus if status != CaseStatus.DISMISSED)
"""The statuses that count in the tables."""

CAN_REOPEN = (CaseStatus.RESOLVED, CaseStatus.REFERRED, CaseStatus.CLOSED)
"""The statuses of ended cases that new evidence offers to reopen; a false alarm opens by itself."""

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


def standing_of(status: str, rung: int) -> Standing:
    """Return how a case ended, or its rung while it is open."""
    return ENDED.get(status) or Rung(rung).standing


def handled_by(counselor: str) -> Standing:
    """Return where a case stands for the subject teacher who reported the student.

    `counselor` is the name to call them by, or "".
    """
    said = _("Handled by BK (%(name)s)") % {"name": counselor} if counselor else ""
    return Standing("review", "people", said or _("Handled by BK"))


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


def _own(ties: Ties, at: str) -> Q:
    """Return the filter for the cases that a counselor acts on.

    In a school without coordinator also those whose counselor is none or left the office.
    """
    counselor = f"{at}counselor"
    mine = Q(**{counselor: ties.person})
    if COORDINATOR.holders(ties):
        return mine
    return mine | Q(**{counselor: None}) | ~Q(**{f"{counselor}__in": COUNSELOR.holders(ties)})


def _in_review(ties: Ties, at: str) -> Q:
    in_review = Q(**{f"{at}confirmed_at": None, f"{at}status": CaseStatus.OPEN})
    return in_review & OF_OWN_CLASS.where(ties, at)


def _reported(ties: Ties, at: str) -> Q:
    """Return the filter for cases of students whom the person reported and still teaches."""
    student, semester = f"{at}student", f"{at}semester"
    return Q(is_reported(student, semester, by=ties))


OWN = Part("own cases", _own)
OF_OWN_CLASS = of_students("own class", lambda ties: ties.own_classes)
IN_REVIEW = Part("own class, until confirmed", _in_review)
ASSIGNED = of_students("assigned", lambda ties: ties.counseled_classes)

HANDLED = Sight("case: timeline, acts of its counselor", [(COORDINATOR, ALL), (COUNSELOR, OWN)])
IN_OWN_CLASS = Sight("case: writes to its review, beside the counselor", [(HOMEROOM, OF_OWN_CLASS)])
EVIDENCE = Sight(
    "case: what it rests on",
    [*HANDLED.rows, (HOMEROOM, IN_REVIEW)],
)
SUMMARY = Sight(
    "case: shared summary",
    [*HANDLED.rows, (COUNSELOR, ASSIGNED), (HOMEROOM, OF_OWN_CLASS), (PRINCIPAL, ALL)],
)
KNOWN = Sight(
    "case: existence, rung, status",
    [*SUMMARY.rows, (TEACHER, Part("of students they reported", _reported))],
)


BY_CLASS = ("class_place", "class_name", "student__name", "student__nis")
"""The order of cases with `class_place` and `class_name`: by class, and by name in it."""


class CaseQuerySet(SeenQuerySet["Case"]):
    sight = KNOWN

    def handled_by(self, user: User) -> "CaseQuerySet":
        """Return the cases that `user` acts on as counselor; all for the coordinator."""
        return HANDLED.of(self, user)

    def counted(self) -> "CaseQuerySet":
        """Return the cases that count in the tables: all but false alarms."""
        return self.filter(status__in=COUNTING)

    def with_class(self, *only: str) -> "CaseQuerySet":
        """Annotate with `class_id`, `class_name`, `grade` of the last class in the semester.

        With all of them, or only with those that are named, of which `class_place` is the sort key.
        """
        columns = only or ("class_id", "class_name", "grade")
        return self.annotated(
            **{name: last_class.of_semester(name, "student", "semester") for name in columns}
        )

    def with_is_here(self) -> "CaseQuerySet":
        """Annotate with `is_here`, whether the student is still at the school."""
        return self.annotated(is_here=last_class.of_today("is_here", "student"))

    def with_has_unread(self) -> "CaseQuerySet":
        """Annotate with `has_unread`, whether the counselor has not read all of its evidence."""
        unread = self.model._meta.get_field("evidence").related_model
        rows = unread._default_manager.filter(case=OuterRef("pk"), noticed_at=None)
        return self.annotated(has_unread=Exists(rows))

    def with_sees_summary(self, user: User) -> "CaseQuerySet":
        """Annotate with `sees_summary`, whether `user` may read the shared summary."""
        return self.annotated(sees_summary=SUMMARY.flag(user))

    def with_is_own(self, user: User) -> "CaseQuerySet":
        """Annotate with `is_own`, whether `user` acts on it as counselor."""
        return self.annotated(is_own=HANDLED.flag(user))

    def with_class_today(self) -> "CaseQuerySet":
        """Annotate with `class_id_today`, `class_today` and `counselor_today`.

        Of the student's class of today, else of the last one.
        """
        return self.annotated(
            class_id_today=last_class.of_today("class_id", "student"),
            class_today=last_class.of_today("class_name", "student"),
            counselor_today=last_class.of_today("counselor", "student"),
        )


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

    class_id: int | None
    class_name: str | None
    grade: str | None
    """Filled by `with_class`."""
    is_here: bool
    """Filled by `with_is_here`."""
    has_unread: bool
    """Filled by `with_has_unread`."""
    sees_summary: bool
    """Filled by `with_sees_summary`."""
    is_own: bool
    """Filled by `with_is_own`."""
    class_id_today: int | None
    class_today: str | None
    counselor_today: int | None
    """Filled by `with_class_today`."""

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
        indexes = (
            models.Index(fields=["semester", "status"], name="case_semester_status"),
            models.Index(fields=["status"], name="case_status"),
        )

    def __str__(self) -> str:
        return f"{self.student} {self.semester}"

    def get_absolute_url(self) -> str:
        return address("cases:case", self.pk)

    @property
    def is_open(self) -> bool:
        return self.status == CaseStatus.OPEN

    @property
    def standing(self) -> Standing:
        return standing_of(self.status, self.rung)

    @property
    def standing_seen(self) -> Standing:
        """Return where the case stands, as far as its reader may know; needs `sees_summary`."""
        if self.sees_summary:
            return self.standing
        return ENDED.get(self.status) or handled_by(self.counselor.called if self.counselor else "")

"""A home visit: proposed, approved by the principal, scheduled, recorded."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.models.case import HANDLED, CaseQuerySet
from homevisits.models.choices import (
    COUNTING,
    UNDER_WAY,
    WITH_REPORT,
    Basis,
    VisitFunction,
    VisitOutcome,
    VisitPurpose,
    VisitState,
    VisitStatus,
    state_of,
    waits_for_approval,
)
from school.fields import CodesField
from school.models import LetterNumber, Policy, User, last_class
from school.roles import COUNSELOR, PRINCIPAL, VISITOR
from school.sight import ALL, Part, SeenQuerySet, Sight
from school.ties import Ties
from workflow import clock
from workflow.addresses import address

A_VISIT = timedelta(hours=1)


def asks_for_approval() -> Q:
    """Return the filter for proposals that the policy does not waive, and urgent ones."""
    return _proposed(policy_asks=True)


def may_go_ahead() -> Q:
    """Return the filter for proposals that need no approval first: urgent ones, or waived."""
    return _proposed(policy_asks=False)


def _proposed(*, policy_asks: bool) -> Q:
    of_policy = Q(case__semester__policy__visits_need_approval=policy_asks)
    return Q(status=VisitStatus.PROPOSED) & (Q(is_urgent=True) | of_policy)


def known_cases() -> CaseQuerySet:
    """Return cases with all that a page of a visit says of them."""
    return Case.objects.with_class().select_related(
        "student", "counselor", "semester__year", "semester__policy"
    )


def _goes(ties: Ties, at: str) -> Q:
    """Return the filter for the visits for which the person is named as a visitor."""
    named = Visit.visitors.through.objects.filter(user=ties.person).values("visit")
    return Q(**{f"{at}pk__in": named})


def _writes(ties: Ties, at: str) -> Q:
    return _goes(ties, at) & Q(**{f"{at}status__in": WITH_REPORT})


def _sets_out(ties: Ties, at: str) -> Q:
    return _goes(ties, at) & Q(**{f"{at}status": VisitStatus.SCHEDULED})


GONE_TO = Sight("visit: to make", [(VISITOR, Part("if a visitor", _goes))])
MADE = Part("from scheduling on, if a visitor", _writes)
TO_BE_MADE = Part("from scheduling until the report is finished, if a visitor", _sets_out)

SEEN = Sight(
    "visit: time, place, student, purposes",
    [*HANDLED.rows_at("case"), (PRINCIPAL, ALL), *GONE_TO.rows],
)
REPORT = Sight("visit: report", [*HANDLED.rows_at("case"), (VISITOR, MADE)])
PROPOSALS = Sight("visit: proposal, what became of it", [(COUNSELOR, ALL), (PRINCIPAL, ALL)])


class VisitQuerySet(SeenQuerySet["Visit"]):
    sight = SEEN

    def with_report_for(self, user: User) -> "VisitQuerySet":
        """Return those whose report `user` reads and may write."""
        return REPORT.of(self, user)

    def proposals_for(self, user: User) -> "VisitQuerySet":
        """Return the proposal list of all classes: BK writes it, the principal decides on it."""
        return PROPOSALS.of(self, user)

    def counting(self) -> "VisitQuerySet":
        return self.filter(status__in=COUNTING)

    def with_case(self) -> "VisitQuerySet":
        """Fetch with the case, student, counselor, semester; the case knows its class."""
        return self.prefetch_related(Prefetch("case", known_cases()))

    def with_is_own(self, user: User) -> "VisitQuerySet":
        """Annotate with `is_own`: whether the page of each opens for `user`."""
        return self.annotated(is_own=SEEN.flag(user))

    def with_class(self) -> "VisitQuerySet":
        """Annotate with `class_name`, of the student's class of today, else of the last one."""
        return self.annotated(class_name=last_class.of_today("class_name", "case__student"))

    def with_class_then(self) -> "VisitQuerySet":
        """Annotate with `class_name`, of the student's last class in the semester of the case."""
        name = last_class.of_semester("class_name", "case__student", "case__semester")
        return self.annotated(class_name=name)

    def under_way(self) -> "VisitQuerySet":
        return self.filter(status__in=UNDER_WAY)

    def awaiting_decision(self) -> "VisitQuerySet":
        """Return what stands on the principal's list: proposed, approved and not scheduled, and the
        urgent ones that nobody has acknowledged."""
        listed = Q(status=VisitStatus.APPROVED) | asks_for_approval()
        return self.filter(listed | went_ahead())


def went_ahead() -> Q:
    """Return the filter for urgent ones that went ahead and that the principal has not
    acknowledged."""
    return Q(
        is_urgent=True,
        acknowledged_at=None,
        approved_at=None,
        status__in=WITH_REPORT,
    )


class Visit(models.Model):
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    status = models.CharField(
        max_length=10, choices=VisitStatus.choices, default=VisitStatus.PROPOSED
    )
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices)
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    wished_from = models.DateField(_("preferred from"), null=True, blank=True)
    wished_until = models.DateField(_("until"), null=True, blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    urgent_reason = models.CharField(_("why it cannot wait"), max_length=300, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decision_note = models.CharField(max_length=500, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    scheduled_for = models.DateTimeField(_("day and time"), null=True, blank=True)
    visitors = models.ManyToManyField(User, blank=True, related_name="+")
    purposes = CodesField(codes=VisitPurpose)
    functions = CodesField(codes=VisitFunction)
    number = models.ForeignKey(LetterNumber, models.PROTECT, null=True, related_name="+")
    letter_on = models.DateField(null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    """The visit that found nobody, whose approval stands for this one; again if it is cancelled."""
    outcome = models.CharField(max_length=10, choices=VisitOutcome.choices, blank=True)
    happened_at = models.DateTimeField(null=True, blank=True)

    class_name: str | None
    """Filled by `with_class` or `with_class_then`."""
    is_own: bool
    """Filled by `with_is_own`."""
    shows_village: bool
    """Filled for the search: whether its reader may know where the family lives."""

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ("-proposed_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(status__in=UNDER_WAY),
                name="one_visit_under_way_per_case",
            ),
            models.UniqueConstraint(
                fields=["follows"],
                condition=~Q(status=VisitStatus.CANCELLED),
                name="one_visit_follows_a_visit",
            ),
            models.CheckConstraint(
                condition=~Q(status="SCHEDULED") | Q(scheduled_for__isnull=False),
                name="scheduled_visit_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="RECORDED") | Q(happened_at__isnull=False) & ~Q(outcome=""),
                name="recorded_visit_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(is_urgent=False) | ~Q(urgent_reason=""),
                name="urgent_visit_has_a_reason",
            ),
        )
        indexes = (models.Index(fields=["status"], name="visit_status"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.status}"

    def get_absolute_url(self) -> str:
        return address("homevisits:visit", self.pk)

    @property
    def state(self) -> VisitState:
        return self.state_under(self.case.semester.policy)

    def state_under(self, policy: Policy) -> VisitState:
        """Return `state` for the policy of its semester."""
        waits = self.waits_under(policy)
        return state_of(self.status, self.scheduled_for, waits_for_approval=waits)

    @property
    def waits_for_approval(self) -> bool:
        """Return whether the principal must approve it first; see `may_go_ahead`."""
        return self.waits_under(self.case.semester.policy)

    def waits_under(self, policy: Policy) -> bool:
        """Return `waits_for_approval` for the policy of its semester."""
        return waits_for_approval(self.status, policy, is_urgent=self.is_urgent)

    @property
    def due_on(self) -> date | None:
        return self.due_under(self.case.semester.policy)

    def due_under(self, policy: Policy) -> date | None:
        """Return the day from which lateness counts, wherever it is said.

        That is the visit's own day while it is to come. Its report is due some days after it.
        None while the principal decides, and once it is over.
        """
        state = self.state_under(policy)
        if state == VisitState.TO_SCHEDULE:
            return self._to_schedule_by(policy)
        if state not in (VisitState.COMING, VisitState.TO_RECORD) or self.scheduled_for is None:
            return None
        on = clock.day_of(self.scheduled_for)
        is_to_come = state == VisitState.COMING
        return on if is_to_come else policy.due(on, policy.visit_report_days)

    def _to_schedule_by(self, policy: Policy) -> date:
        """Return the last of the wished days, else some days after approval and proposal.

        A next visit is covered by the first one's approval, which came before its proposal.
        """
        on = self.proposed_on
        if self.approved_at:
            on = max(on, clock.day_of(self.approved_at))
        return self.wished_until or policy.due(on, policy.attempt_days)

    @property
    def planned_at(self) -> datetime:
        """Return when it was made, or else is to be made. Raises ValueError if it has no day."""
        at = self.happened_at or self.scheduled_for
        if at is None:
            raise ValueError(self)
        return at

    @property
    def student_id(self) -> int:
        return self.case.student_id

    @property
    def last_wished(self) -> date | None:
        """Return the last of the wished days; the first where only that one is known."""
        return self.wished_until or self.wished_from

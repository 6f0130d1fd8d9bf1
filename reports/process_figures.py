"""The pace of a semester's steps: how many were done, late or missing, after how many days.

A step begins when it could be done, and is late after the day on which it was due. Days are
those on which things happened; only of a visit's report the day on which it was written counts,
since that is what can be late.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from statistics import median

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import Case, CaseStatus, Contact, Summons
from cases.models.summons import WITH_OUTCOME
from homevisits.models import Visit, VisitStatus
from recaps.queries.discipline import lists_due, periods_over, recaps_due
from reports.grid import Cell, Column, Grid, Line, Unit
from reports.models.evaluation import OF_PROCESS, Aspect
from school.models import Policy, SchoolClass, Semester, User
from support.models import FollowUp
from workflow import clock
from workflow.models import ActionEntry


@dataclass(frozen=True)
class Step:
    """Something to do: from when on, by when, and the day on which it was done."""

    begun: date
    due: date
    done: date | None

    @property
    def is_late(self) -> bool:
        return self.done is not None and self.done > self.due

    @property
    def is_missing(self) -> bool:
        return self.done is None and self.due < clock.today()


@dataclass(frozen=True)
class Pace:
    """The steps of one stage in figures."""

    done: int = 0
    late: int = 0
    missing: int = 0
    days: Decimal | None = None
    """The median of days from the begin until it was done."""

    @classmethod
    def of(cls, steps: Iterable[Step]) -> "Pace":
        known = list(steps)
        days = [(step.done - step.begun).days for step in known if step.done]
        late = sum(step.is_late for step in known)
        missing = sum(step.is_missing for step in known)
        return cls(len(days), late, missing, Decimal(median(days)) if days else None)

    @property
    def said(self) -> str:
        """Return "12 selesai, 3 terlambat, 1 belum ada; median 4 hari"."""
        words = [
            _("%(n)d done") % {"n": self.done},
            _("%(n)d late") % {"n": self.late},
            _("%(n)d missing") % {"n": self.missing},
        ]
        if self.days is not None:
            words.append(_("median %(days)s days") % {"days": Unit.DAYS.said(self.days)})
        return ", ".join(words)


Paces = dict[Aspect, Pace]


def paces(semester: Semester, counselor: User | None = None) -> Paces:
    """Return the pace of each stage, of a counselor's classes and cases, or of the whole school.

    The queries do not depend on how many there are.
    """
    policy = semester.policy
    cases = Case.objects.filter(semester=semester)
    classes = SchoolClass.objects.filter(year=semester.year_id)
    if counselor:
        cases, classes = cases.filter(counselor=counselor), classes.filter(counselor=counselor)
    recaps, lists = _of_classes(semester, list(classes.values_list("pk", flat=True)))
    reviews, contacts = _of_cases(cases, policy)
    steps = {
        Aspect.RECAPS: recaps,
        Aspect.LISTS: lists,
        Aspect.REVIEWS: reviews,
        Aspect.CONTACTS: contacts,
        Aspect.SUMMONSES: _summonses(cases, policy),
        Aspect.VISITS: _visits(cases, policy),
        Aspect.FOLLOW_UPS: _follow_ups(cases),
    }
    return {aspect: Pace.of(found) for aspect, found in steps.items()}


def _of_classes(semester: Semester, classes: list[int]) -> tuple[list[Step], list[Step]]:
    """Return the recaps and the lists that have fallen due, as the report on discipline counts."""
    periods = periods_over([semester])
    ends = {period.pk: period.ends_on for period in periods}
    recaps = recaps_due(periods, classes)
    lists = lists_due(periods, recaps)
    found = [
        [Step(ends[one.period], one.due_on, one.came_on) for one in due] for due in (recaps, lists)
    ]
    return found[0], found[1]


def _of_cases(cases: QuerySet[Case], policy: Policy) -> tuple[list[Step], list[Step]]:
    """Return the reviews, and the first contacts of confirmed cases."""
    first = Contact.objects.counting().filter(case=OuterRef("pk")).order_by("happened_at")
    known = cases.annotate(first=Subquery(first.values("happened_at")[:1]))
    reviews, contacts = [], []
    columns = ("status", "opened_at", "confirmed_at", "ended_at", "first")
    for status, opened_at, confirmed_at, ended_at, contact_at in known.values_list(*columns):
        opened = clock.day_of(opened_at)
        reviewed = _day(confirmed_at or ended_at)
        reviews.append(Step(opened, policy.due(opened, policy.review_days), reviewed))
        if not confirmed_at or (status != CaseStatus.OPEN and not contact_at):
            continue
        due = policy.due(clock.day_of(confirmed_at), policy.attempt_days)
        contacts.append(Step(opened, due, _day(contact_at)))
    return reviews, contacts


def _summonses(cases: QuerySet[Case], policy: Policy) -> Iterator[Step]:
    """Yield the summonses whose meeting has come: its outcome is due after it."""
    rows = Summons.objects.counting().filter(case__in=cases, meets_at__lte=clock.now())
    for meets_at, status, at in rows.values_list("meets_at", "status", "outcome_at"):
        on = clock.day_of(meets_at)
        done = _day(at) if status in WITH_OUTCOME else None
        yield Step(on, policy.due(on, policy.summons_outcome_days), done)


def _visits(cases: QuerySet[Case], policy: Policy) -> Iterator[Step]:
    """Yield the visits that were made or whose time has come: the report is due after them."""
    written = ActionEntry.objects.filter(
        kind="homevisits.visit", action="record", object_id=OuterRef("pk")
    )
    rows = Visit.objects.filter(case__in=cases).annotate(
        written=Subquery(written.order_by("logged_at").values("logged_at")[:1])
    )
    columns = ("status", "scheduled_for", "happened_at", "written")
    for status, scheduled_for, happened_at, written_at in rows.values_list(*columns):
        is_recorded = status == VisitStatus.RECORDED
        at = happened_at if is_recorded else scheduled_for
        if not is_recorded and status != VisitStatus.SCHEDULED:
            continue
        if at and at <= clock.now():
            on = clock.day_of(at)
            done = _day(written_at) if is_recorded else None
            yield Step(on, policy.due(on, policy.visit_report_days), done)


def _follow_ups(cases: QuerySet[Case]) -> Iterator[Step]:
    """Yield the follow-ups by the day that was agreed first, however often they were put off."""
    rows = FollowUp.objects.kept().filter(case__in=cases, fell_with_case=False)
    for agreed_on, due_on, at in rows.values_list("agreed_on", "first_due_on", "ended_at"):
        yield Step(agreed_on, due_on, _day(at))


def _day(at: datetime | None) -> date | None:
    return clock.day_of(at) if at else None


def process_grid(found: Paces) -> Grid:
    """Return the table of what was done, late and missing at each stage."""
    columns = [
        Column(_("Done")),
        Column(pgettext("evaluation", "Late")),
        Column(pgettext("evaluation", "Missing")),
        Column(_("Median days"), Unit.DAYS),
    ]
    lines = [
        Line(
            str(aspect.label),
            [Cell(pace.done), Cell(pace.late), Cell(pace.missing), Cell(pace.days)],
        )
        for aspect in OF_PROCESS
        for pace in [found[aspect]]
    ]
    return Grid(
        "process",
        _("The process in figures"),
        _("Stage"),
        columns,
        lines,
        note=_(
            "Days from when a step could be done: the end of the period, the opening of the case,"
            " the meeting, the visit, the agreement. Late: after the day on which it was due."
        ),
    )

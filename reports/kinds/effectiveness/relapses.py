"""Cases that came back after they were resolved: within their semester, or in a later one."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from cases.models import Case, CaseStatus
from cases.models.evidence import goes_on
from cases.workflow.case import CASE
from reports.facts import CaseFact, CaseSet
from reports.grid import Grid, Measure
from reports.kinds.base import Asked
from reports.measures import cases_measure, resolved, share_measure
from reports.tables import GRADE
from school.models import Semester
from workflow.models import ActionEntry


class CameBack(NamedTuple):
    """Ids of cases: those that were reopened, those whose student had been helped before."""

    reopened: frozenset[int]
    helped_before: frozenset[int]


def by_row(asked: Asked) -> Grid:
    return asked.by_rows(
        "relapses_by_row",
        _("Cases that came back, by grade")
        if asked.by == GRADE
        else _("Cases that came back, by class"),
        _measures(came_back(asked.semesters)),
        note=_(
            "A case that was reopened after it was resolved counts once, however often that was; as"
            " resolved again if it is resolved now, from then on also in the other tables. In an"
            " earlier semester: the student had a case then that was resolved. A case that was"
            " carried over goes on, and has not come back."
        ),
    )


def _measures(found: CameBack) -> list[Measure[CaseSet]]:
    once = _those(lambda case: case.status == CaseStatus.RESOLVED or case.pk in found.reopened)
    reopened = _those(lambda case: case.pk in found.reopened)
    before = _those(lambda case: case.pk in found.helped_before)
    return [
        Measure(_("Once resolved"), lambda cases: once(cases).cell),
        Measure(_("Reopened"), lambda cases: reopened(cases).cell),
        share_measure(_("% reopened"), reopened, once),
        Measure(_("Resolved again"), lambda cases: resolved(reopened(cases)).cell),
        cases_measure(),
        Measure(_("In an earlier semester"), lambda cases: before(cases).cell),
        share_measure(_("% in an earlier semester"), before),
    ]


def _those(keep: Callable[[CaseFact], bool]) -> Callable[[CaseSet], CaseSet]:
    """Return what finds the cases that `keep` holds for, which no list shows."""
    return lambda cases: cases.where(keep).unopened()


def came_back(semesters: Iterable[Semester]) -> CameBack:
    """Return which cases of the semesters came back; one query.

    A case was reopened if it had been resolved, and reopening it was not undone; a false alarm that
    was referred again had not been resolved. A case that goes on from an earlier semester has not
    come back.
    """
    cases = Case.objects.counted().filter(semester__in={one.pk for one in semesters})
    earlier = Case.objects.filter(
        status=CaseStatus.RESOLVED,
        student=OuterRef("student"),
        semester__starts_on__lt=OuterRef("semester__starts_on"),
    )
    found = cases.annotate(times=_times_reopened(), before=~goes_on() & Exists(earlier.order_by()))
    rows = list(found.order_by().values_list("pk", "times", "before"))
    return CameBack(
        frozenset(pk for pk, times, _before in rows if times),
        frozenset(pk for pk, _times, before in rows if before),
    )


def _times_reopened() -> Subquery:
    """Return how often a case was reopened after it was resolved, less what was undone."""
    again = CASE["reopen"]
    opened = Q(action=again.name, source=CaseStatus.RESOLVED)
    undone = Q(action=again.undo, target=CaseStatus.RESOLVED)
    acts = ActionEntry.objects.filter(opened | undone, kind=CASE.kind, object_id=OuterRef("pk"))
    times = Count("pk", filter=opened) - Count("pk", filter=undone)
    return Subquery(acts.order_by().values("object_id").annotate(times=times).values("times"))

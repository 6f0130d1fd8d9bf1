"""Who waits for whom: the late steps of teachers, homeroom teachers and BK, as their home pages
show them, and what waits for the principal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import approvals
from cases.steps import NextStep
from cases.waiting import every_wait
from homevisits.models import Visit
from homevisits.tasks import waits_for_principal
from recaps.models import RecapStatus
from recaps.tasks.class_lists import OwedList
from recaps.tasks.late import Late
from recaps.tasks.recaps import Owed
from reports.grid import Cell
from reports.running.stands import OpenCases
from school import permissions as may
from school.head import office_label
from school.models import Semester, User
from support.models import Assistance
from workflow.addresses import address
from workflow.errors import Text

MISSING, RETURNED, CORRECTING, LISTS, SUPPLEMENTS = (
    *("missing", "returned", "correcting", "lists", "supplements"),
)
KINDS: dict[str, Text] = {
    MISSING: gettext_lazy("Recaps not handed over"),
    RETURNED: gettext_lazy("Recaps returned"),
    CORRECTING: gettext_lazy("Corrections not handed over"),
    LISTS: gettext_lazy("Class lists not handed over"),
    SUPPLEMENTS: gettext_lazy("Supplements not handed over"),
}
"""What teachers and homeroom teachers can be late with, by its name in an address."""


@dataclass(frozen=True)
class Line:
    """Late steps of one kind: how many, and since when the oldest is."""

    label: Text
    number: Cell
    since: date | None


@dataclass(frozen=True)
class Office:
    """Those who are waited for, and what is late with them."""

    label: Text
    lines: list[Line]
    total: int


def offices(late: Late, cases: OpenCases, user: User) -> list[Office]:
    """Return a line for each office; the principal's two queries come on top."""
    rows = rows_of(late)
    teaching = [_owed(kind, rows, cases.semester) for kind in (MISSING, RETURNED, CORRECTING)]
    homeroom = [_owed(kind, rows, cases.semester) for kind in (LISTS, SUPPLEMENTS)]
    return [
        _office(_("Subject teacher"), teaching),
        _office(_("Homeroom teacher"), homeroom),
        _office(_("Counselor"), _of_cases(cases)),
        _office(office_label, _decisions(cases.semester, user)),
    ]


def rows_of(late: Late) -> dict[str, list[Owed | OwedList]]:
    """Return what each kind of `KINDS` counts."""
    found: dict[str, list[Owed | OwedList]] = {kind: [] for kind in KINDS}
    names: dict[str, str] = {
        RecapStatus.RETURNED: RETURNED,
        RecapStatus.CORRECTING: CORRECTING,
    }
    for recap in late.recaps:
        found[names.get(recap.status, MISSING)].append(recap)
    for one in late.lists:
        found[SUPPLEMENTS if one.is_supplement else LISTS].append(one)
    return found


def _office(label: Text, lines: Iterable[Line]) -> Office:
    shown = [line for line in lines if line.number.value]
    return Office(label, shown, sum(int(line.number.value or 0) for line in shown))


def _owed(kind: str, rows: dict[str, list[Owed | OwedList]], semester: Semester) -> Line:
    query = urlencode({"semester": semester.code, "of": kind})
    owed = rows[kind]
    days = (one.due_on for one in owed if one.due_on)
    url = f"{address('reports:late')}?{query}" if owed else ""
    return Line(KINDS[kind], Cell(len(owed), url), min(days, default=None))


def _of_cases(cases: OpenCases) -> list[Line]:
    """Return what BK is late with: each case counts once for each thing that it waits for."""
    lines = []
    for wait in every_wait():
        late: list[NextStep] = cases.late_with(wait)
        since = min((step.due_on for step in late if step.due_on), default=None)
        lines.append(Line(wait.label, cases.late_cell(wait), since))
    return sorted(lines, key=lambda line: line.since or date.max)


def _decisions(semester: Semester, user: User) -> list[Line]:
    """Return what waits for the principal, who has no day by which to decide."""
    visits = Visit.objects.filter(waits_for_principal())
    reads_all = may.is_principal(user) or may.is_coordinator(user)
    return [
        _decision(_("Home visits to decide on"), visits, "proposed_on", semester, opens=True),
        _decision(
            _("Requests for assistance to decide on"),
            Assistance.objects.to_decide(),
            "asked_on",
            semester,
            opens=reads_all,
        ),
    ]


def _decision(
    label: str, rows: QuerySet[Any], asked_on: str, semester: Semester, *, opens: bool
) -> Line:
    """Return how many wait; the page of all of them shows the same if no other semester has any."""
    of_semester = Q(case__semester=semester)
    found = rows.order_by().aggregate(
        n=Count("pk", filter=of_semester),
        since=Min(asked_on, filter=of_semester),
        all=Count("pk"),
    )
    is_all = opens and found["n"] and found["n"] == found["all"]
    return Line(label, Cell(found["n"], address(approvals.PAGE) if is_all else ""), found["since"])

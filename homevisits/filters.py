"""The filters of the list of visits and of the progress report."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter

import django_filters
from django.db.models import F, OrderBy
from django.forms import Field
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.filters import ALL, RUNNING, CasesOfClasses, CounselorChoice, RunningChoice
from cases.models import Rung
from homevisits.models import Visit, VisitState
from homevisits.models.visit import VisitQuerySet
from homevisits.queries import NONE, Counted, counted
from homevisits.visit_rows import VisitRow, rows_of
from school.dates import act_day
from school.filter_kinds import (
    Choice,
    ClassChoice,
    GradeChoice,
    Search,
    SemesterChoice,
    to_nobody,
)
from school.filters import OneSemester, Rows
from school.forms.inputs import DayField
from school.forms.when import kindly
from workflow import clock

SORTS = {"name": "case__student__name", "when": "scheduled_for"}
WHEN = {
    "today": (_("Today"), 0, 0),
    "week": (_("Next 7 days"), 0, 6),
    "month": (_("Next 30 days"), 0, 29),
    "past": (_("Last 30 days"), -30, -1),
}
"""Value → label, and the first and the last day counted from today."""
CHIPS = 4
"""Links that stand on their own: all, and the states in which something is to be done."""
STATES = (
    VisitState.TO_SCHEDULE,
    VisitState.COMING,
    VisitState.TO_RECORD,
    VisitState.RECORDED,
    VisitState.WAITING,
    VisitState.ENDED,
)


class StateChoice(Choice):
    """The states that visits have, with their numbers; no column holds a state."""

    def __init__(self) -> None:
        states = [(state.value, state.label) for state in STATES]
        super().__init__(_("Status"), "state", choices=states, chips=CHIPS)

    def filter(self, qs: Rows, value: object) -> Rows:
        return qs

    def offered(self) -> Iterable[tuple[object, object]]:
        known = {"", self.parent.data.get("state"), *self.parent.counts["state"]}
        return [(value, label) for value, label in self.field.choices if value in known]


class VisitFilter(CasesOfClasses):
    head = _("Visits")
    to_case = "case__"
    q = Search("case__student__name__icontains")
    state = StateChoice()
    when = Choice(
        _("When"), choices=[(w, of[0]) for w, of in WHEN.items()], method="of_when", rare=True
    )
    grade = GradeChoice(method="of_class", rare=True)
    class_ = ClassChoice(method="of_class")
    counselor = CounselorChoice("case__counselor", rare=True)
    semester = RunningChoice(method="of_semester", rare=True)

    def of_when(self, visits: VisitQuerySet, _name: str, when: str) -> VisitQuerySet:
        _label, first, last = WHEN[when]
        return visits.filter(
            scheduled_for__gte=clock.day_start(clock.today() + timedelta(days=first)),
            scheduled_for__lt=clock.day_start(clock.today() + timedelta(days=last + 1)),
        )

    def of_semester(self, visits: VisitQuerySet, _name: str, code: str) -> VisitQuerySet:
        if code == RUNNING:
            of_semester = Visit.objects.filter(case__semester=self.semester)
            still_open = Visit.objects.under_way()
            ids = of_semester.order_by().values("pk").union(still_open.order_by().values("pk"))
            return visits.filter(pk__in=ids)
        return visits if code == ALL else visits.filter(case__semester=self.semesters[code])

    @cached_property
    def of_every_state(self) -> list[VisitRow]:
        """Return the rows of the other filters in the chosen order, or the most urgent first."""
        sort = self.request.GET.get("sort", "")
        if sort.removeprefix("-") not in SORTS:
            rows = rows_of(self.qs.order_by(), self.semester_of)
            return sorted(rows, key=attrgetter("urgency"))
        by = OrderBy(
            F(SORTS[sort.removeprefix("-")]), descending=sort.startswith("-"), nulls_last=True
        )
        return rows_of(self.qs.order_by(by, "pk"), self.semester_of)

    @property
    def listed(self) -> list[VisitRow]:
        """Return the rows in the chosen state, or all rows if none is chosen."""
        state = self.value("state")
        return [row for row in self.of_every_state if state in {"", row.state.value}]

    def number_of(self, rows: int) -> str:
        return ngettext("%(n)s visit", "%(n)s visits", rows) % {"n": rows}

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        by_state = Counter(row.state.value for row in self.of_every_state)
        return {"state": {"": by_state.total(), **by_state}}


class DayFilter(django_filters.DateFilter):
    """A past day of the chosen semester; empty for the usual one."""

    field_class = DayField
    may_be_empty = True

    @property
    def field(self) -> Field:
        self.extra["validators"] = [self._of_semester]
        return super().field

    def _of_semester(self, day: date) -> None:
        kindly(act_day, self.parent.semester, day)


class ProgressFilter(OneSemester):
    """The day and the semester of the report; by default today in the running semester."""

    as_of = DayFilter(label=_("As of"))
    semester = SemesterChoice(empty_label=None, resets=["as_of"])

    @property
    def day(self) -> date:
        """Return the chosen day, or else today, or the last day of a semester that has ended."""
        if asked := self.value("as_of"):
            return asked  # type: ignore[no-any-return]
        if self.semester is None or self.semester == self.running:
            return clock.today()
        return min(self.semester.ends_on, clock.today())


class ProgressCasesFilter(ProgressFilter):
    """The cases behind a figure of the report, whose links name them."""

    semester = SemesterChoice(empty_label=None, shown_to=to_nobody)
    grade = django_filters.CharFilter(label=_("Grade"))
    class_ = django_filters.CharFilter(label=_("Class"))
    rung = django_filters.CharFilter(label=_("Rung"))

    def rows(self) -> list[Counted]:
        if self.chosen is None:
            return []
        return [row for row in counted(self.chosen, self.day) if self._lets_through(row)]

    def picked(self, rows: list[Counted]) -> list[str]:
        """Return the filters of these cases in words, for the heading."""
        words = [self.value("grade")] if self.value("grade") else []
        if self.value("class") and rows:
            words.append(rows[0].class_name or NONE)
        if self.value("rung") in Rung.names:
            words.append(str(Rung[self.value("rung")].label))
        return words

    def _lets_through(self, row: Counted) -> bool:
        stands = {
            "grade": row.grade or NONE,
            "class": str(row.class_id or NONE),
            "rung": row.rung.name,
        }
        return all(self.value(name) in {"", value} for name, value in stands.items())

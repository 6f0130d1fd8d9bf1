"""The filters of the list of visits and of the progress report."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

import django_filters
from django.db.models import Count, Q
from django.db.models.lookups import Exact
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from cases.filters import ALL, RUNNING, CasesOfClasses, CounselorChoice, RunningChoice
from cases.models import Rung
from homevisits.models import VisitState
from homevisits.models.visit import UNDER_WAY, VisitQuerySet
from homevisits.queries import NONE, Counted, counted
from school.dates import act_day
from school.filters import (
    Choice,
    ClassChoice,
    GradeChoice,
    OneSemester,
    Search,
    SemesterChoice,
    to_nobody,
)
from school.forms.inputs import DayField
from school.forms.when import kindly
from school.models import last_class
from workflow import clock

WHEN = {
    "today": (_("Today"), 0, 0),
    "week": (_("These 7 days"), 0, 6),
    "month": (_("These 30 days"), 0, 29),
    "past": (_("The last 30 days"), -30, -1),
}
"""Value → label, and the first and the last day counted from today."""
STATES = (
    VisitState.TO_SCHEDULE,
    VisitState.COMING,
    VisitState.TO_RECORD,
    VisitState.RECORDED,
    VisitState.WAITING,
    VisitState.ENDED,
)


class StateChoice(Choice):
    """Each state that has a visit, with how many."""

    def __init__(self) -> None:
        states = [(state.value, state.label) for state in STATES]
        super().__init__(_("State"), "state", choices=states, chips=1 + len(states))

    def offered(self) -> Iterable[tuple[object, object]]:
        known = {"", self.parent.data.get("state"), *self.parent.counts["state"]}
        return [(value, label) for value, label in self.field.choices if value in known]


class VisitFilter(CasesOfClasses):
    q = Search("case__student__name__icontains")
    state = StateChoice()
    when = Choice(_("When"), choices=[(w, of[0]) for w, of in WHEN.items()], method="of_when")
    grade = GradeChoice(method="of_class")
    class_ = ClassChoice(method="of_class")
    counselor = CounselorChoice("case__counselor")
    semester = RunningChoice(method="of_semester")

    def of_when(self, visits: VisitQuerySet, _name: str, when: str) -> VisitQuerySet:
        _label, first, last = WHEN[when]
        return visits.filter(
            scheduled_for__gte=clock.day_start(clock.today() + timedelta(days=first)),
            scheduled_for__lt=clock.day_start(clock.today() + timedelta(days=last + 1)),
        )

    def of_class(self, visits: VisitQuerySet, name: str, value: object) -> VisitQuerySet:
        of_case = last_class.of_semester(name, "case__student", "case__semester")
        return visits.filter(Exact(of_case, getattr(value, "pk", value)))

    def of_semester(self, visits: VisitQuerySet, _name: str, code: str) -> VisitQuerySet:
        if code == RUNNING:
            return visits.filter(Q(case__semester=self.semester) | Q(status__in=UNDER_WAY))
        return visits if code == ALL else visits.filter(case__semester=self.semesters[code])

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        found = self.filter_queryset(self.queryset, but="state").order_by()
        by_state = dict(found.values_list("state").annotate(n=Count("pk")))
        return {"state": {"": sum(by_state.values()), **by_state}}


class DayFilter(django_filters.DateFilter):
    """A day that the semester asked for has seen."""

    field_class = DayField

    @property
    def field(self) -> Field:
        self.extra["validators"] = [self._of_semester]
        return super().field

    def _of_semester(self, day: date) -> None:
        kindly(act_day, self.parent.semester, day)


class ProgressFilter(OneSemester):
    """As of which day, of which semester. What is missing is the running semester, today."""

    as_of = DayFilter(label=_("As of"))
    semester = SemesterChoice(empty_label=None, resets=["as_of"])

    @property
    def day(self) -> date:
        """Return the day asked for; else today, or the last day of a semester that has ended."""
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
        """Return what picks these cases, in words for the heading."""
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

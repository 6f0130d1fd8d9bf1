"""What BK did for the cases of semesters: who did it and when, as the log of acts has it.

An act counts for the person who did it, whoever's case it is. Only what still counts: no attempt
that was voided, no summons that was withdrawn, and nothing of a false alarm.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from cases.models import Contact, Summons
from homevisits.models import Visit, VisitStatus
from reports.facts import CaseFact
from school.models import Semester
from support.models import Assistance, Conference
from support.models.assistance import WITH_FAMILY
from support.models.conference import TOOK_PLACE
from workflow import clock
from workflow.models import ActionEntry

A_WEEK = timedelta(days=7)


class Act(StrEnum):
    """An act for a case, by its name in the log."""

    CONTACT = "log"
    SUMMONS = "issue"
    VISIT = "record"
    CONFERENCE = "hold"
    ASSISTANCE = "hand_over"


class Done(NamedTuple):
    """An act for a case of a semester, by a person, in the week of a Monday."""

    act: Act
    semester: int
    person: int | None
    monday: date


def done_for(cases: Iterable[CaseFact]) -> list[Done]:
    """Return the acts for the cases; one query."""
    semester_of = {case.pk: case.semester for case in cases}
    semesters = set(semester_of.values())
    asked = (
        Q(
            kind=rows.model._meta.label_lower,
            action=act.value,
            object_id__in=rows.filter(case__semester__in=semesters).order_by().values("pk"),
        )
        for act, rows in _counting().items()
    )
    entries = ActionEntry.objects.filter(reduce(or_, asked)).order_by("pk")
    rows = entries.values_list("kind", "object_id", "action", "root_id", "actor", "happened_at")
    last = {
        (kind, pk): Done(Act(action), semester_of[case], actor, monday_of(clock.day_of(at)))
        for kind, pk, action, case, actor, at in rows
        if case in semester_of
    }
    return list(last.values())


def _counting() -> Mapping[Act, QuerySet[Any]]:
    """Return act → the rows that it made and that still count."""
    return {
        Act.CONTACT: Contact.objects.counting(),
        Act.SUMMONS: Summons.objects.counting(),
        Act.VISIT: Visit.objects.filter(status=VisitStatus.RECORDED),
        Act.CONFERENCE: Conference.objects.filter(status__in=TOOK_PLACE),
        Act.ASSISTANCE: Assistance.objects.filter(status__in=WITH_FAMILY),
    }


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Weekly:
    """Cases and acts of a semester, by week."""

    cases: Sequence[CaseFact]
    done: Sequence[Done]

    @cached_property
    def opened(self) -> Counter[date]:
        return Counter(monday_of(clock.day_of(case.opened_at)) for case in self.cases)

    @cached_property
    def new(self) -> Counter[date]:
        """Return Monday → the cases opened in its week, without those carried over."""
        return Counter(
            monday_of(clock.day_of(case.opened_at)) for case in self.cases if not case.goes_on
        )

    @cached_property
    def ended(self) -> Counter[date]:
        return Counter(
            monday_of(clock.day_of(case.ended_at)) for case in self.cases if case.ended_at
        )

    @cached_property
    def acts(self) -> Counter[tuple[Act, date]]:
        return Counter((one.act, one.monday) for one in self.done)

    def open_after(self, monday: date) -> int:
        """Return the cases that are open at the end of a week, or now in this one."""
        opened, ended = (
            sum(number for day, number in counted.items() if day <= monday)
            for counted in (self.opened, self.ended)
        )
        return opened - ended

    def number(self, act: Act, monday: date | None = None) -> int:
        """Return how often an act was done in a week, or in all of them."""
        if monday is not None:
            return self.acts[act, monday]
        return sum(one.act == act for one in self.done)

    @cached_property
    def all_acts(self) -> Counter[date]:
        """Return Monday → the acts of its week, of whatever kind."""
        return Counter(one.monday for one in self.done)

    def weeks(self, semester: Semester) -> list[date]:
        """Return the Mondays of the semester up to today, and those on which something happened."""
        happened = {*self.opened, *self.ended, *(one.monday for one in self.done)}
        last = min(semester.ends_on, clock.today())
        first = min({monday_of(semester.starts_on), *happened})
        end = max({monday_of(last), *happened})
        return [first + n * A_WEEK for n in range((end - first).days // 7 + 1)]

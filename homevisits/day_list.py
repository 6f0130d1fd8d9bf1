"""The visits of a visitor's day, in the order in which they are made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from homevisits.day_filter import VILLAGE, WAY
from homevisits.models import Visit, VisitState, VisitStatus
from homevisits.models.choices import state_of
from school.distance import Point, kilometres, nearest_first
from school.models import Guardian, Student, User
from school.reach import ADDRESS


@dataclass(frozen=True)
class Stop:
    visit: Visit
    state: VisitState
    guardians: list[Guardian]
    """Whom the reader may call: until the report is finished."""
    shows_address: bool
    away: float | None
    """Kilometres from the stop before it, the first from the school; None if either is unknown."""

    @property
    def student(self) -> Student:
        return self.visit.case.student


def stops(visits: Sequence[Visit], order: str, school: Point | None, user: User) -> list[Stop]:
    """Return the visits in an order, with what `user` may know of each; two queries."""
    students = [visit.case.student_id for visit in visits]
    known = set(ADDRESS.of(Student.objects.all(), user).filter(pk__in=students).values_list("pk"))
    calls = _guardians(visits, user)
    found: list[Stop] = []
    here = school
    for visit in in_order(visits, order, school):
        there = point_of(visit)
        shows = (visit.case.student_id,) in known
        found.append(
            Stop(
                visit,
                state_of(visit.status, visit.scheduled_for, waits_for_approval=False),
                calls.get(visit.case.student_id, []),
                shows,
                kilometres(here, there) if shows and here and there else None,
            )
        )
        here = there or here
    return found


def in_order(visits: Sequence[Visit], order: str, school: Point | None) -> list[Visit]:
    """Return visits, which come by time, by way, by village or as they are."""
    if order == WAY:
        return nearest_first(school, visits, point_of)
    if order == VILLAGE:
        return sorted(visits, key=lambda one: one.case.student.village or "~")
    return list(visits)


def point_of(visit: Visit) -> Point | None:
    return visit.case.student.point


def _guardians(visits: Iterable[Visit], user: User) -> dict[int, list[Guardian]]:
    to_make = [v.case.student_id for v in visits if v.status == VisitStatus.SCHEDULED]
    found: dict[int, list[Guardian]] = {}
    for guardian in Guardian.objects.visible_to(user).filter(student__in=to_make):
        found.setdefault(guardian.student_id, []).append(guardian)
    return found

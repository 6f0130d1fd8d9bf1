"""How many students and cases a semester has, by grade or class, as the database counts them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from django.db.models import Count

from cases.models import Case
from cases.models.case import KNOWN, SUMMARY
from school.models import Enrolment, Semester, User, last_class
from school.reach import NAME

CaseCount = tuple[int, int | str | None, int, int, int, int]
"""Semester id, grade or class id, rung; cases, those that the viewer may open, or be told of."""


class Counted(Protocol):
    """The fields of a case by which the tables count it."""

    @property
    def semester(self) -> int: ...
    @property
    def class_id(self) -> int | None: ...
    @property
    def grade(self) -> str | None: ...
    @property
    def rung(self) -> int: ...
    @property
    def known(self) -> bool: ...
    @property
    def told(self) -> bool: ...


def students_counted(
    semesters: Sequence[Semester], viewer: User | None, *, by_class: bool
) -> Iterator[tuple[int, int | str, int, int]]:
    """Count each student of a semester once, in the last class, and those whom the viewer sees.

    Enrolments on the same days are counted by the database, so that many semesters cost little.
    """
    # The grade comes first even if it is not needed: ordered by class only, SQLite would read the
    # enrolments of all classes.
    groups = ["school_class__grade", "school_class"][: 2 if by_class else 1]
    numbers = {"number": Count("pk")}
    if not NAME.shows_all(viewer):
        numbers["shown"] = Count("pk", filter=NAME.where(viewer, "student"))
    rows = Enrolment.objects.between(semesters[0].starts_on, semesters[-1].ends_on)
    rows = rows.annotate(following=last_class.next_start())
    found = rows.values(*groups, "starts_on", "ends_on", "following").annotate(**numbers)
    columns = (groups[-1], "starts_on", "ends_on", "following", "number", list(numbers)[-1])
    for group, first, last, following, number, shown in found.values_list(*columns):
        for semester in semesters:
            span = semester.starts_on, semester.ends_on
            if last_class.counts((first, last, following), *span):
                yield semester.pk, group, number, shown


def cases_read(cases: Iterable[Counted], *, by_class: bool) -> Iterator[CaseCount]:
    """Count cases that were read already."""
    for case in cases:
        group = case.class_id if by_class else case.grade
        yield case.semester, group, case.rung, 1, int(bool(case.known)), int(bool(case.told))


def cases_counted(
    semesters: Sequence[Semester], viewer: User | None, *, by_class: bool
) -> Iterable[CaseCount]:
    """Count cases by rung in the student's last class of the semester, without false alarms."""
    groups = ("semester", "group", "rung")
    last_group = last_class.of_semester("class_id" if by_class else "grade", "student", "semester")
    of_semesters = Case.objects.counted().filter(semester__in=semesters)
    numbers = {"number": Count("pk")}
    for name, sight in (("shown", KNOWN), ("told", SUMMARY)):
        if not sight.shows_all(viewer):
            numbers[name] = Count("pk", filter=sight.flag(viewer))
    shown, told = (name if name in numbers else "number" for name in ("shown", "told"))
    found = of_semesters.annotate(group=last_group).values(*groups).annotate(**numbers)
    return found.values_list(*groups, "number", shown, told)

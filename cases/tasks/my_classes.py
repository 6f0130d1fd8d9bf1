"""The counselor's own classes with their figures, for the table on the home page."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F

from cases.models import Case, CaseStatus
from school import permissions as may
from school.models import SchoolClass, Semester, User
from school.models.dated import holds_on
from workflow import clock


@dataclass(frozen=True)
class ClassFigures:
    """Students today; cases of the semester that count, and how many of them are open."""

    class_id: int
    name: str
    students: int
    cases: int
    open: int


def classes_of(user: User, semester: Semester) -> list[ClassFigures]:
    """Return the classes assigned to `user` in the semester's year; all for the coordinator."""
    if not may.is_counselor(user):
        return []
    classes = SchoolClass.objects.filter(year=semester.year_id)
    if not may.is_coordinator(user):
        classes = classes.filter(counselor=user.pk)
    here = holds_on(clock.today(), "enrolments__")
    size = Count("enrolments__student", filter=here, distinct=True)
    sized = classes.order_by("place", "name").annotate(n=size).values_list("pk", "name", "n")
    cases: Counter[int] = Counter()
    still_open: Counter[int] = Counter()
    seen = Case.objects.visible_to(user).filter(semester=semester.pk)
    rows = seen.counted().with_class("class_id")
    for class_id, status in rows.values_list(F("class_id"), "status"):
        cases[class_id] += 1
        still_open[class_id] += status == CaseStatus.OPEN
    return [ClassFigures(pk, name, size, cases[pk], still_open[pk]) for pk, name, size in sized]

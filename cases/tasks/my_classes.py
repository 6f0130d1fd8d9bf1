"""The counselor's own classes with their figures, for the table on the home page."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Q

from cases.models import Case, CaseStatus
from cases.models.case import COUNTING
from school import permissions as may
from school.models import SchoolClass, Semester, User, last_class


@dataclass(frozen=True)
class ClassFigures:
    """A class's students and cases of the semester, as in Table 2; and its open cases.

    An open case of an earlier semester goes on too: the list of open cases shows it, so it counts.
    """

    class_id: int
    name: str
    students: int
    cases: int
    open: int
    counselor_id: int | None


def classes_of(user: User, semester: Semester, *, every: bool = False) -> list[ClassFigures]:
    """Return the classes assigned to `user` in the semester's year; all for the coordinator.

    With `every` all, where a school without coordinator lets any counselor assign them.
    """
    if not may.is_counselor(user):
        return []
    classes = SchoolClass.objects.filter(year=semester.year_id)
    if not (every or may.is_coordinator(user)):
        classes = classes.filter(counselor=user.pk)
    counts = last_class.counts_in(semester.starts_on, semester.ends_on, "enrolments__")
    size = Count("enrolments", filter=counts)
    sized = classes.order_by("place", "name").annotate(n=size)
    cases: Counter[int] = Counter()
    still_open: Counter[int] = Counter()
    shown = Q(semester=semester.pk, status__in=COUNTING) | Q(status=CaseStatus.OPEN)
    seen = Case.objects.visible_to(user).filter(shown).with_class("class_id")
    for class_id, of, status in seen.values_list(F("class_id"), "semester", "status"):
        cases[class_id] += of == semester.pk
        still_open[class_id] += status == CaseStatus.OPEN
    return [
        ClassFigures(pk, name, size, cases[pk], still_open[pk], counselor_id)
        for pk, name, size, counselor_id in sized.values_list("pk", "name", "n", "counselor")
    ]

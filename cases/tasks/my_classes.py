"""The counselor's own classes with their figures, for the table on the home page."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F

from cases.models import Case, CaseStatus
from school import permissions as may
from school.models import Enrolment, SchoolClass, Semester, User
from school.ties import ties_of


@dataclass(frozen=True)
class ClassFigures:
    """Students today; cases of the semester that count, and how many of them are open."""

    school_class: SchoolClass
    students: int
    cases: int
    open: int


def classes_of(user: User, semester: Semester) -> list[ClassFigures]:
    """Return the classes assigned to `user` in the semester's year; all for the coordinator."""
    if not may.is_counselor(user):
        return []
    classes = SchoolClass.objects.filter(year=semester.year_id)
    if not may.is_coordinator(user):
        classes = classes.filter(pk__in=ties_of(user).counseled_classes)
    sizes = dict(
        Enrolment.objects.today()
        .filter(school_class__in=classes)
        .values("school_class")
        .annotate(n=Count("student", distinct=True))
        .values_list("school_class", "n")
    )
    cases: Counter[int] = Counter()
    still_open: Counter[int] = Counter()
    seen = Case.objects.visible_to(user).filter(semester=semester)
    rows = seen.counted().with_class()
    for class_id, status in rows.values_list(F("class_id"), "status"):
        cases[class_id] += 1
        still_open[class_id] += status == CaseStatus.OPEN
    return [
        ClassFigures(c, sizes.get(c.pk, 0), cases[c.pk], still_open[c.pk])
        for c in classes.order_by("grade", "name")
    ]

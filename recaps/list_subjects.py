"""Which subjects of a class have handed in their recap for a period, and who owes the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from recaps.models import ClassList, Entry, Recap, Sheet
from recaps.models.indicators import standing_entries
from recaps.models.recap import STANDING
from school.models import Student, Subject, TeachingAssignment, User


@dataclass(frozen=True)
class SubjectLine:
    """One subject of the class: its recap, and who owes it on the due date."""

    subject: Subject
    teacher: User | None
    recap: Any
    handed_over_at: datetime | None
    noted: int

    @property
    def is_in(self) -> bool:
        return self.handed_over_at is not None

    @property
    def is_nihil(self) -> bool:
        return self.is_in and not self.noted


def subjects_of(class_list: ClassList) -> list[SubjectLine]:
    """Every subject that the class is taught in the period or has a recap of, by name."""
    period = class_list.period
    taught = TeachingAssignment.objects.between(period.starts_on, period.ends_on)
    held: dict[Subject, list[TeachingAssignment]] = {}
    for assignment in (
        taught.filter(school_class=class_list.school_class_id)
        .select_related("subject", "teacher")
        .order_by("starts_on", "pk")
    ):
        held.setdefault(assignment.subject, []).append(assignment)
    recaps = {recap.subject: recap for recap in _recaps_of(class_list)}
    lines = [
        _line(subject, who_owes(held.get(subject, []), period.recap_due_on), recaps.get(subject))
        for subject in {**held, **{s: [] for s, r in recaps.items() if r.status in STANDING}}
    ]
    return sorted(lines, key=lambda line: line.subject.name)


def who_owes(assignments: Iterable[TeachingAssignment], due_on: date) -> User | None:
    """The teacher who holds the assignment on the due date, else its last holder."""
    last = None
    on_the_day = None
    for assignment in assignments:
        last = assignment.teacher
        if assignment.holds_on(due_on):
            on_the_day = assignment.teacher
    return on_the_day or last


def entries_of(class_list: ClassList, student: Student) -> QuerySet[Entry]:
    """What stands of `student` in each subject of the list, with indicators and header."""
    standing: Any = standing_entries(class_list.school_class, class_list.period)
    return (
        standing.filter(student=student)
        .annotate(
            held=Coalesce(F("own_meetings"), F("sheet__meetings"), output_field=IntegerField())
        )
        .select_related("sheet__recap__subject", "sheet__handed_over_by")
        .order_by("-is_never", "-is_low", "-is_missing", "sheet__recap__subject__name")
    )


def _recaps_of(class_list: ClassList) -> Any:
    standing = Sheet.objects.filter(recap=OuterRef("pk"), stands=True)
    noted = (
        Entry.objects.filter(Entry.noted(), sheet__recap=OuterRef("pk"), sheet__stands=True)
        .order_by()
        .values("sheet__recap")
        .annotate(n=Count("pk"))
    )
    return (
        Recap.objects.of_list(class_list.school_class, class_list.period)
        .select_related("subject")
        .annotate(
            stood_at=Subquery(standing.values("handed_over_at")[:1]),
            noted=Coalesce(Subquery(noted.values("n")[:1]), 0),
        )
    )


def _line(subject: Subject, teacher: User | None, recap: Any) -> SubjectLine:
    is_in = recap is not None and recap.status in STANDING
    return SubjectLine(
        subject=subject,
        teacher=teacher,
        recap=recap,
        handed_over_at=recap.stood_at if is_in else None,
        noted=recap.noted if is_in else 0,
    )

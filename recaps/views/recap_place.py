"""Where a recap sheet lies, and its rows."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from recaps.models import Entry, Recap, Sheet
from recaps.views.recap_words import Chip, chips, compact
from recaps.workflow import students_of, usual_header
from school.models import Policy, RecapPeriod, Student, TeachingAssignment
from school.wording import days_late
from workflow import clock


@dataclass(frozen=True)
class Place:
    """Where a sheet lies: an assignment that the person holds today, and a period of its year."""

    assignment: TeachingAssignment
    period: RecapPeriod

    @property
    def policy(self) -> Policy:
        return self.period.semester.policy

    @property
    def keys(self) -> dict[str, Any]:
        return {
            "school_class": self.assignment.school_class,
            "subject": self.assignment.subject,
            "period": self.period,
        }

    @property
    def is_owed(self) -> bool:
        """The holder on the due date owes a recap; who came later only may write it."""
        return self.assignment.holds_on(self.period.recap_due_on)

    @property
    def is_late(self) -> bool:
        return days_late(self.period.recap_due_on) > 0

    @property
    def url(self) -> str:
        return reverse("recaps:recap_sheet", args=[self.assignment.pk, self.period.pk])

    def recap(self) -> Recap | None:
        return Recap.objects.filter(**self.keys).first()

    def sheet(self, recap: Recap | None) -> Sheet:
        """The version being written, or an unsaved one as it will begin."""
        return (recap and recap.open_sheet) or Sheet(**usual_header(**self.keys))


@dataclass(frozen=True)
class Row:
    student: Student
    entry: Entry | None
    chips: list[Chip]
    show_nis: bool

    @property
    def json(self) -> str:
        """What is noted, for the script that draws the row's controls."""
        return json.dumps(compact(self.entry), separators=(",", ":")) if self.entry else ""


def recap_of(*, assignment: int, period: int, **rest: int) -> int | None:
    """The id of the recap at an address, for the log of who looked."""
    of_pair = TeachingAssignment.objects.filter(
        pk=assignment, school_class=OuterRef("school_class"), subject=OuterRef("subject")
    )
    found = Recap.objects.filter(Exists(of_pair), period=period)
    return found.values_list("pk", flat=True).first()


def place_of(request: HttpRequest, assignment: int, period: int) -> Place:
    """Raises Http404 unless the person holds the assignment today and the period is of its year."""
    held = TeachingAssignment.objects.today().filter(teacher=request.user, pk=assignment)
    found = held.select_related("school_class", "subject").first()
    if found is None:
        raise Http404(_("You do not teach this class and subject today."))
    periods = RecapPeriod.objects.select_related("semester__policy", "semester__year")
    of_year = periods.filter(pk=period, semester__year=found.school_class.year_id)
    begun = of_year.filter(starts_on__lte=clock.today()).first()
    if begun is None:
        raise Http404(_("This period has not begun yet, so there is nothing to note."))
    return Place(found, begun)


def rows_of(place: Place, sheet: Sheet) -> list[Row]:
    """Everyone enrolled on a day of the period, by name; namesakes with their NIS."""
    entries = {entry.student_id: entry for entry in sheet.entries.all()} if sheet.pk else {}
    students = list(students_on(place, sheet))
    names = [student.name for student in students]
    return [
        Row(
            student,
            entry := entries.get(student.pk),
            chips(entry, sheet, place.policy) if entry else [],
            names.count(student.name) > 1,
        )
        for student in students
    ]


def students_on(place: Place, sheet: Sheet) -> Any:
    """The students of the sheet, and any who has a note on it."""
    enrolled = students_of(place.assignment.school_class_id, place.period)
    if sheet.pk is None:
        return enrolled
    return enrolled | Student.objects.filter(pk__in=sheet.entries.values("student"))


def rows_from(sheet: Sheet, policy: Policy) -> list[Row]:
    """The rows of a version in which something is noted, by name."""
    entries = sheet.entries.filter(Entry.noted()).select_related("student")
    return [
        Row(entry.student, entry, chips(entry, sheet, policy), True)
        for entry in entries.order_by("student__name", "student__nis")
    ]

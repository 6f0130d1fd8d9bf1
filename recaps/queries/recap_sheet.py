"""A teacher's own recap: its group and period, and the rows of its sheet."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from recaps.acts import RECAP_ACTS
from recaps.chips import Chip, chips, compact
from recaps.models import Entry, Recap, Sheet
from recaps.models.recap import ENTRIES
from recaps.models.subjects import holds_when_due, is_expected
from recaps.permissions import (
    classes_read_by,
    may_read_draft,
    may_read_what_stands,
    reads_all_of,
)
from recaps.queries.attendance import Hint, hints
from recaps.workflow import recap_of, usual_header
from school.models import Policy, RecapPeriod, Student, TeachingAssignment, User
from school.models.students import StudentQuerySet
from school.wording import days_late
from workflow import clock
from workflow.rows import one_of


@dataclass(frozen=True)
class OwnRecap:
    """The recap of an assignment that its teacher holds today for a period, begun or not."""

    assignment: TeachingAssignment
    period: RecapPeriod

    @property
    def policy(self) -> Policy:
        return self.period.semester.policy

    @property
    def is_owed(self) -> bool:
        """Return whether its teacher owes it as holder on the due date; others may write it too."""
        return holds_when_due([self.assignment], self.period) and self._is_asked_for

    @property
    def _is_asked_for(self) -> bool:
        """Return whether any class list expects it; no query for the usual class."""
        group, days = self.assignment.group, (self.period.starts_on, self.period.ends_on)
        is_taught = is_expected(self.assignment, self.period) or (
            TeachingAssignment.objects.between(*days).filter(group=group).exists()
        )
        return is_taught and bool(group.class_ids(*days))

    @property
    def is_late(self) -> bool:
        return days_late(self.period.recap_due_on) > 0

    @property
    def url(self) -> str:
        return RECAP_ACTS.url("hand_over", self)

    @cached_property
    def recap(self) -> Recap | None:
        return recap_of(self.assignment, self.period)

    @cached_property
    def sheet(self) -> Sheet:
        """Return the version being written, or an unsaved first version."""
        return (self.recap and self.recap.open_sheet) or Sheet(
            **usual_header(self.assignment, self.period)
        )

    def student(self, student_id: int) -> Student | None:
        """Return a student of the sheet."""
        entries = self.sheet.entries.filter(student=student_id) if self.sheet.pk else []
        listed = students_on(self, [entry.student_id for entry in entries])
        return one_of(listed.filter(pk=student_id))

    @property
    def pk(self) -> int | None:
        return self.recap.pk if self.recap else None


def own_recap(user: User, assignment: int, period: int) -> OwnRecap | None:
    """Return the recap of an assignment that `user` holds today, in a begun period of its year."""
    held = TeachingAssignment.objects.today().filter(teacher=user, pk=assignment)
    found = one_of(held.select_related("group__school_class", "group__subject"))
    if found is None:
        return None
    periods = RecapPeriod.objects.select_related("semester__policy")
    of_year = periods.filter(pk=period, semester__year=found.group.year_id)
    begun = one_of(of_year.filter(starts_on__lte=clock.today()))
    return OwnRecap(found, begun) if begun else None


def recap_at(assignment: int, period: int) -> Recap | None:
    """Return the recap of an assignment and a period, without checking rights."""
    group = TeachingAssignment.objects.filter(pk=assignment).values("group")
    return Recap.objects.filter(group__in=group, period=period).first()


@dataclass(frozen=True)
class SheetRow:
    student: Student
    entry: Entry | None
    chips: list[Chip]
    show_nis: bool
    class_name: str = ""
    """Of a student in a group of several classes."""
    hint: Hint | None = None
    """What daily attendance says of the student in the period."""

    @property
    def json(self) -> str:
        """Return the entry for the script that draws the row's controls."""
        return json.dumps(compact(self.entry), separators=(",", ":")) if self.entry else ""


def sheet_read_by(user: User, recap: Recap) -> Sheet | None:
    """Return the version that `user` may read: what stands, what is written, or the own last one.

    People who neither teach nor guide the class today see only what they handed over themselves.
    """
    newest = recap.sheets.select_related("handed_over_by").order_by("-number")
    if not may_read_what_stands(user, recap):
        return newest.filter(handed_over_by=user.pk).first()
    stands = newest.filter(stands=True).first()
    return stands or (newest.first() if may_read_draft(user, recap) else None)


def rows_of(own: OwnRecap, sheet: Sheet, user: User) -> list[SheetRow]:
    """Return every member on a day of the period, by name; namesakes with their NIS.

    In a group of several classes with their class.
    """
    entries = {entry.student_id: entry for entry in sheet.entries.all()} if sheet.pk else {}
    listed = students_on(own, entries.keys())
    if own.assignment.group.school_class_id is None:
        listed = listed.with_class()
    students = list(listed.order_by("name", "nis").only("name", "nis"))
    names = [student.name for student in students]
    told = hints(user, [student.pk for student in students], own.period)
    return [
        SheetRow(
            student,
            entry := entries.get(student.pk),
            chips(entry, sheet, own.policy) if entry else [],
            names.count(student.name) > 1,
            getattr(student, "class_name", None) or "",
            told.get(student.pk),
        )
        for student in students
    ]


def students_on(own: OwnRecap, noted: Iterable[int]) -> StudentQuerySet:
    """Return the students of the sheet, and those of whom something is `noted` on it."""
    members = Student.objects.of_group(own.assignment.group, own.period)
    of_others = Student.objects.filter(pk__in=list(noted))
    return members | of_others


def noted_rows(sheet: Sheet, policy: Policy, user: User) -> list[SheetRow]:
    """Return the rows of a version in which something is noted of whom `user` reads, by name."""
    entries = sheet.entries.filter(Entry.noted()).select_related("student")
    if not reads_all_of(user, sheet.recap, sheet):
        entries = entries.filter(ENTRIES.where(user))
    return [
        SheetRow(entry.student, entry, chips(entry, sheet, policy), True)
        for entry in entries.order_by("student__name", "student__nis")
    ]


def read_by(user: User, sheet: Sheet) -> "QuerySet[Student]":
    """Return the students of whom `user` reads in a version, noted or not."""
    recap = sheet.recap
    classes = None if reads_all_of(user, recap, sheet) else classes_read_by(user)
    return Student.objects.of_group(recap.group, recap.period, classes)

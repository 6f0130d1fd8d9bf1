"""The class of a student from a day: what changes in their enrolments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from school.imports.plan import Field, Plan, Refused
from school.models import Enrolment, SchoolClass, Student
from school.models.classes import EndReason
from school.wording import full_day
from school.workflow.changes import Recorder
from school.workflow.stays import fit_groups

A_DAY = timedelta(days=1)
CLASS = "class"


class Seats:
    """The enrolments of some students, each changed at most once."""

    def __init__(self, students: Iterable[int], on: date, plan: Plan) -> None:
        self.on = on
        self.plan = plan
        self.held: dict[int, list[Enrolment]] = {}
        rows = Enrolment.objects.filter(student__in=list(students)).order_by("starts_on")
        for row in rows.select_related("school_class"):
            self.held.setdefault(row.student_id, []).append(row)

    def move(self, student: Student, to: SchoolClass) -> Field | None:
        """Note that a student is in a class from the day on; None if they are, or will be.

        Raises Refused for who comes into another class later.
        """
        held = self.held.get(student.pk, []) if student.pk else []
        later = next((row for row in held if row.starts_on > self.on), None)
        now = next((row for row in held if row.holds_on(self.on)), None)
        if to.pk and any(row.school_class_id == to.pk for row in (now, later) if row):
            return None
        if later:
            words = {"class": later.school_class.name, "day": full_day(later.starts_on)}
            raise Refused(
                _("The student comes into %(class)s on %(day)s. Choose that day or a later one.")
                % words
            )
        if now and now.starts_on == self.on:
            was, now.school_class = now.school_class.name, to
            self.plan.update(now, "school_class")
            return Field(CLASS, _("Class"), was, to.name)
        if now:
            self._end(now, to)
        self.plan.create(Enrolment(student=student, school_class=to, starts_on=self.on))
        return Field(CLASS, _("Class"), now.school_class.name if now else "", to.name)

    def _end(self, now: Enrolment, to: SchoolClass) -> None:
        same_year = now.school_class.year_id == to.year_id
        if same_year:
            pk = now.student_id
            self.plan.afterwards.append(lambda change: self._fit_groups(change, pk, to))
        now.ends_on = self.on - A_DAY
        now.end_reason = EndReason.MOVED_CLASS if same_year else EndReason.YEAR_END
        self.plan.update(now, "ends_on", "end_reason")

    def _fit_groups(self, change: Recorder, pk: int, to: SchoolClass) -> None:
        """Let a student who has changed class go on in the groups of the new one."""
        fit_groups(change, Student.objects.get(pk=pk), to, self.on)


@dataclass(frozen=True)
class Seat:
    """A student who is in a class on a day."""

    student_id: int
    name: str
    nis: str
    class_name: str


def seats_on(day: date, classes: Iterable[SchoolClass]) -> list[Seat]:
    """Return who is in these classes on a day, by class and name."""
    pks = [each.pk for each in classes if each.pk]
    rows = Enrolment.objects.on(day).filter(school_class__in=pks)
    columns = ("student", "student__name", "student__nis", "school_class__name")
    ordered = rows.order_by("school_class__place", "student__name", "student__nis")
    return [Seat(*row) for row in ordered.values_list(*columns)]

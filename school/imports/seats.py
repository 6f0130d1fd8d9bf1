"""The class of a student from a day: what changes in their enrolments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from school.days import A_DAY
from school.imports.plan import Field, Plan, Question, Refused
from school.models import Enrolment, SchoolClass, Student
from school.models.classes import EndReason
from school.wording import full_day
from school.workflow.changes import Recorder
from school.workflow.stays import fit_groups

CLASS = "class"
GONE = (EndReason.LEFT, EndReason.GRADUATED)
YES, NO = "yes", "no"


class Seats:
    """The enrolments of some students, each changed at most once."""

    def __init__(self, students: Iterable[int], on: date, plan: Plan) -> None:
        self.on = on
        self.plan = plan
        self.filled = self._filled()
        self.moved: dict[int, SchoolClass] = {}
        """Student → the other class of the same year."""
        self.held: dict[int, list[Enrolment]] = {}
        rows = Enrolment.objects.filter(student__in=list(students)).order_by("starts_on")
        for row in rows.select_related("school_class"):
            self.held.setdefault(row.student_id, []).append(row)

    def _filled(self) -> set[int]:
        """Return the classes that had somebody in the semester before the day, or have on it."""
        semester = self.plan.answers.semester
        if semester is None or self.plan.answers.first_on is None:
            return set()
        stays = Enrolment.objects.between(semester.starts_on, self.on)
        of_year = stays.filter(school_class__year=semester.year_id).order_by()
        return set(of_year.values_list("school_class", flat=True).distinct())

    def day_of(self, student: Student, to: SchoolClass) -> date:
        """Return from when a student is in a class: in one that was empty, and who was in none of
        its year, from the first day for such classes."""
        first = self.plan.answers.first_on or self.on
        if to.pk in self.filled or first > self.on:
            return self.on
        held = self.held.get(student.pk, []) if student.pk else []
        was_here = any(
            row.school_class.year_id == to.year_id
            and row.starts_on <= self.on
            and (row.ends_on is None or row.ends_on >= first)
            for row in held
        )
        return self.on if was_here else first

    def move(self, student: Student, to: SchoolClass) -> Field | None:
        """Note that a student is in a class from their day on; None if they are, or will be.

        Who has left the school comes back only if the operator says so. Raises Refused for who
        comes into another class later.
        """
        day = self.day_of(student, to)
        held = self.held.get(student.pk, []) if student.pk else []
        later = next((row for row in held if row.starts_on > day), None)
        now = next((row for row in held if row.holds_on(day)), None)
        if to.pk and any(row.school_class_id == to.pk for row in (now, later) if row):
            return None
        if later:
            words = {"class": later.school_class.name, "day": full_day(later.starts_on)}
            raise Refused(
                _("The student comes into %(class)s on %(day)s. Choose that day or a later one.")
                % words
            )
        if now is None and held and not self._comes_back(student, held[-1], day):
            return None
        if now and now.starts_on == day:
            was, now.school_class = now.school_class.name, to
            self.plan.update(now, "school_class")
            return Field(CLASS, _("Class"), was, to.name)
        new = Enrolment(student=student, school_class=to, starts_on=day)
        if now:
            self._end(now, new)
        self.plan.create(new)
        return Field(CLASS, _("Class"), now.school_class.name if now else "", to.name)

    def _comes_back(self, student: Student, last: Enrolment, day: date) -> bool:
        """Return whether a student comes into a class; who has left the school is asked about."""
        if last.end_reason not in GONE or last.ends_on is None:
            return True
        words = {
            "name": student.name,
            "reason": last.get_end_reason_display(),
            "day": full_day(last.ends_on),
        }
        text = _("%(name)s: %(reason)s, %(day)s. Back again?") % words
        choices = (
            (YES, _("Yes, from %(day)s") % {"day": full_day(day)}),
            (NO, _("No, leave it so")),
        )
        return self.plan.ask(Question(f"back-{student.pk}", text, choices)) == YES

    def _end(self, now: Enrolment, new: Enrolment) -> None:
        """End a stay on the eve of the day; the new one takes over a leaving that is planned."""
        to = new.school_class
        same_year = now.school_class.year_id == to.year_id
        if same_year or now.end_reason in GONE:
            new.ends_on, new.end_reason = now.ends_on, now.end_reason
        if same_year:
            if not self.moved:
                self.plan.afterwards.append(self._fit_groups)
            self.moved[now.student_id] = to
        now.ends_on = new.starts_on - A_DAY
        now.end_reason = EndReason.MOVED_CLASS if same_year else EndReason.YEAR_END
        self.plan.update(now, "ends_on", "end_reason")

    def _fit_groups(self, change: Recorder) -> None:
        """Let students who have changed class go on in the groups of the new one."""
        fit_groups(change, self.moved, self.on)


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

"""Daily attendance of a class in a period: the grid of its days, and hints for a recap."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from recaps.models import Absence
from recaps.models.attendance import COUNT_OF, AbsenceCode
from recaps.permissions import sees_attendance
from school import wording
from school.days import Calendar
from school.models import Enrolment, RecapPeriod, SchoolClass, Student, User
from workflow import clock
from workflow.addresses import address
from workflow.rows import one_of


@dataclass(frozen=True)
class ClassMonth:
    """A class in a period that has begun."""

    school_class: SchoolClass
    period: RecapPeriod

    @property
    def pk(self) -> int:
        return self.school_class.pk

    @property
    def url(self) -> str:
        return address("recaps:attendance", self.school_class.pk, self.period.pk)

    @property
    def day_url(self) -> str:
        return address("recaps:attendance_day", self.school_class.pk, self.period.pk)

    @property
    def file_url(self) -> str:
        return address("recaps:attendance_file", self.school_class.pk, self.period.pk)

    @property
    def template_url(self) -> str:
        return address("recaps:attendance_template", self.school_class.pk, self.period.pk)

    @cached_property
    def days(self) -> list[date]:
        """Return the school days of the period, also those to come."""
        calendar = self.period.semester.policy.calendar
        return calendar.between(self.period.starts_on, self.period.ends_on)

    @property
    def last_day(self) -> date:
        """Return the last school day until today, which is the usual one to enter."""
        until_today = [day for day in self.days if day <= clock.today()]
        return until_today[-1] if until_today else self.period.starts_on


def beside(month: ClassMonth) -> tuple[ClassMonth | None, ClassMonth | None]:
    """Return the same class in the begun periods before and after this one, of its year."""
    begun = RecapPeriod.objects.filter(
        semester__year=month.school_class.year_id, starts_on__lte=clock.today()
    )
    months = [ClassMonth(month.school_class, each) for each in begun.order_by("starts_on")]
    at = months.index(month)
    return months[at - 1] if at else None, months[at + 1] if months[at + 1 :] else None


def month_for(user: User, class_id: int, period_id: int) -> ClassMonth | None:
    """Return the class in a begun period of its year, if the person may see its attendance."""
    return month_at(class_id, period_id) if sees_attendance(user, class_id) else None


def month_at(class_id: int, period_id: int) -> ClassMonth | None:
    """Return the class in a begun period of its year, without checking rights."""
    school_class = one_of(SchoolClass.objects.filter(pk=class_id))
    if school_class is None:
        return None
    begun = RecapPeriod.objects.filter(
        pk=period_id, semester__year=school_class.year_id, starts_on__lte=clock.today()
    )
    period = one_of(begun.select_related("semester__policy"))
    return ClassMonth(school_class, period) if period else None


@dataclass(frozen=True)
class StudentMonth:
    """A student's row: the code of each school day, and how often each occurs.

    "" for present, None where the student was not in the class.
    """

    student: Student
    codes: list[str | None]

    @property
    def counts(self) -> list[int]:
        found = Counter(self.codes)
        return [found[code] for code in AbsenceCode.values]


def grid(month: ClassMonth) -> list[StudentMonth]:
    """Return a row for each student of the class in the period, by name; three queries.

    Whoever sees the class's attendance sees its days, also of students who moved or left since,
    and no day in another class.
    """
    first, last = month.period.starts_on, month.period.ends_on
    students = Student.objects.of_class(month.school_class.pk, month.period)
    listed = list(students.order_by("name", "nis").only("name", "nis"))
    stays: dict[int, list[Enrolment]] = defaultdict(list)
    for stay in Enrolment.objects.between(first, last).filter(school_class=month.school_class):
        stays[stay.student_id].append(stay)
    ids = [student.pk for student in listed]
    found = _by_day(Absence.objects.filter(student__in=ids, day__range=(first, last)))

    def code(pk: int, day: date) -> str | None:
        is_there = any(stay.holds_on(day) for stay in stays[pk])
        return found[pk].get(day, "") if is_there else None

    return [StudentMonth(one, [code(one.pk, day) for day in month.days]) for one in listed]


@dataclass(frozen=True)
class Hint:
    """What daily attendance says of a student in a period, for the teacher of a subject."""

    text: str
    """E.g. "sakit 12–14 Okt, izin 20 Okt"."""
    days: dict[str, int]
    """Count of an entry, e.g. "sick" → number of days."""


def hints(user: User, student_ids: Iterable[int], period: RecapPeriod) -> dict[int, Hint]:
    """Return student id → hint for those who were absent; one query."""
    calendar = period.semester.policy.calendar
    seen = Absence.objects.visible_to(user).filter(
        student__in=student_ids, day__range=(period.starts_on, period.ends_on)
    )
    named = {code.value: str(code.label).lower() for code in AbsenceCode}
    return {pk: _hint(days, calendar, named) for pk, days in _by_day(seen).items()}


def _by_day(absences: "QuerySet[Absence]") -> dict[int, dict[date, str]]:
    """Return student id → day → code, in order of the days."""
    found: dict[int, dict[date, str]] = defaultdict(dict)
    for pk, day, code in absences.order_by("day").values_list("student", "day", "code"):
        found[pk][day] = code
    return found


def _hint(days: dict[date, str], calendar: Calendar, named: dict[str, str]) -> Hint:
    words = [f"{named[code]} {_span(first, last)}" for code, first, last in _spans(days, calendar)]
    counts = Counter(COUNT_OF[code] for code in days.values())
    return Hint(", ".join(words), dict(counts))


def _spans(days: dict[date, str], calendar: Calendar) -> list[tuple[str, date, date]]:
    """Return code, first and last day of each run of school days with the same code."""
    found: list[tuple[str, date, date]] = []
    for day, code in days.items():
        before = found[-1] if found else None
        if before and before[0] == code and calendar.after(before[2], 1) == day:
            found[-1] = (code, before[1], day)
        else:
            found.append((code, day, day))
    return found


def _span(first: date, last: date) -> str:
    """Return "12–14 Okt", "12 Okt"."""
    if first == last:
        return wording.day(first)
    if first.month == last.month:
        return f"{first.day}–{wording.day(last)}"
    return f"{wording.day(first)} – {wording.day(last)}"

"""Years, semesters, classes, lessons, and the students of each class."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from counseling.demo import roster
from counseling.demo.holidays import FREE_WEEKDAYS, holidays_from
from counseling.demo.people import Staff, Teacher
from school.models import (
    AcademicYear,
    Enrolment,
    HomeroomAssignment,
    Policy,
    RecapPeriod,
    SchoolClass,
    Semester,
    Student,
    Subject,
    TeachingAssignment,
    TeachingGroup,
    User,
)

Pupils = dict[str, list[Student]]
"""Class name → its students."""


UNTIL_THE_NEXT = timedelta(days=23)
"""From the last day of a semester to the eve of the next one."""
FIRST_OF_STREAM = {"MIPA": 0, "IPS": 500}


@dataclass(frozen=True)
class Term:
    """Days of a semester and of its recap periods."""

    number: int
    starts_on: date
    ends_on: date
    periods: tuple[tuple[date, date], ...]


GANJIL_2020 = Term(
    1,
    date(2020, 7, 13),
    date(2020, 12, 18),
    (
        (date(2020, 7, 13), date(2020, 7, 31)),
        (date(2020, 8, 1), date(2020, 8, 31)),
        (date(2020, 9, 1), date(2020, 9, 30)),
    ),
)
GENAP_2021 = Term(
    2,
    date(2021, 1, 4),
    date(2021, 6, 18),
    (
        (date(2021, 1, 4), date(2021, 1, 31)),
        (date(2021, 2, 1), date(2021, 2, 28)),
        (date(2021, 3, 1), date(2021, 3, 31)),
    ),
)
GANJIL_2021 = Term(
    1,
    date(2021, 7, 12),
    date(2021, 12, 17),
    (
        (date(2021, 7, 12), date(2021, 7, 31)),
        (date(2021, 8, 1), date(2021, 8, 31)),
        (date(2021, 9, 1), date(2021, 9, 30)),
        (date(2021, 10, 1), date(2021, 10, 31)),
        (date(2021, 11, 1), date(2021, 11, 30)),
    ),
)


@dataclass
class Class:
    """A class with its people and lessons, as the stories use it."""

    row: SchoolClass
    homeroom: User
    counselor: User | None
    pupils: list[Student]
    lessons: list[TeachingAssignment] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.row.name

    def lesson(self, subject: str) -> TeachingAssignment:
        return next(lesson for lesson in self.lessons if lesson.subject.name == subject)

    def pupil(self, name: str) -> Student:
        return next(pupil for pupil in self.pupils if pupil.name == name)


@dataclass
class Year:
    row: AcademicYear
    semesters: list[Semester]
    periods: dict[int, list[RecapPeriod]]
    """Semester id → its periods."""
    classes: dict[str, Class]

    def of_grade(self, grade: str) -> list[Class]:
        return [c for c in self.classes.values() if c.row.grade == grade]


def subjects() -> dict[str, Subject]:
    names = (*roster.COMMON, *roster.SCIENCE, *roster.SOCIAL)
    rows = Subject.objects.bulk_create(Subject(name=name) for name in names)
    return {row.name: row for row in rows}


def open_year(
    rng: random.Random,
    label: str,
    terms: Iterable[Term],
    staff: Staff,
    pupils: Pupils,
    taught: dict[str, Subject],
    *,
    ends_on: date | None = None,
    counselors: dict[str, User | None],
) -> Year:
    """Make a year with its classes; if the year is over, assignments end on `ends_on`."""
    terms = list(terms)
    row = AcademicYear.objects.create(label=label)
    semesters, periods = [], {}
    for term in terms:
        semester, months = _semester(row, term)
        semesters.append(semester)
        periods[semester.pk] = months
    rows = SchoolClass.objects.bulk_create(
        SchoolClass(
            year=row,
            name=n,
            grade=n.split()[0],
            order=_order(n),
            counselor=counselors[n],
        )
        for n in roster.CLASS_NAMES
    )
    classes = {
        c.name: Class(c, staff.homeroom_of(c.name), c.counselor, pupils[c.name]) for c in rows
    }
    year = Year(row, semesters, periods, classes)
    first_day = terms[0].starts_on
    _homerooms(year, first_day, ends_on)
    _lessons(rng, year, staff.teachers, staff, taught, first_day, ends_on)
    _seats(year, first_day, ends_on)
    return year


def _order(name: str) -> int:
    """Return a class's place in its grade: MIPA before IPS, as the school lists them."""
    _grade, stream, number = name.split()
    return FIRST_OF_STREAM[stream] + int(number)


def _semester(year: AcademicYear, term: Term) -> tuple[Semester, list[RecapPeriod]]:
    semester = Semester.objects.create(
        year=year, term=term.number, starts_on=term.starts_on, ends_on=term.ends_on
    )
    Policy.objects.create(
        semester=semester,
        free_weekdays=list(FREE_WEEKDAYS),
        holidays=holidays_from(term.starts_on, term.ends_on + UNTIL_THE_NEXT),
    )
    periods = RecapPeriod.objects.bulk_create(
        RecapPeriod(semester=semester, starts_on=first, ends_on=last)
        for first, last in term.periods
    )
    return semester, periods


def _homerooms(year: Year, first_day: date, ends_on: date | None) -> None:
    HomeroomAssignment.objects.bulk_create(
        HomeroomAssignment(
            teacher=c.homeroom, school_class=c.row, starts_on=first_day, ends_on=ends_on
        )
        for c in year.classes.values()
    )


def _lessons(
    rng: random.Random,
    year: Year,
    teachers: list[Teacher],
    staff: Staff,
    taught: dict[str, Subject],
    first_day: date,
    ends_on: date | None,
) -> None:
    """Assign 14 subjects to each class; homeroom teachers teach their own class if they can."""
    load = dict.fromkeys((t.user.username for t in teachers), 0)
    rows = []
    for c in year.classes.values():
        special = roster.SCIENCE if "MIPA" in c.name else roster.SOCIAL
        for subject in (*roster.COMMON, *special):
            fixed = roster.FIXED_LESSONS.get((c.name, subject))
            teacher = staff[fixed] if fixed else _teacher(rng, teachers, subject, c, load)
            load[teacher.username] += roster.hours(subject, c.row.grade)
            group = TeachingGroup(year=year.row, school_class=c.row, subject=taught[subject])
            lesson = TeachingAssignment(
                teacher=teacher, group=group, starts_on=first_day, ends_on=ends_on
            )
            c.lessons.append(lesson)
            rows.append(lesson)
    TeachingGroup.objects.bulk_create(lesson.group for lesson in rows)
    for lesson in rows:
        lesson.group_id = lesson.group.pk
    TeachingAssignment.objects.bulk_create(rows)


def _teacher(
    rng: random.Random, teachers: list[Teacher], subject: str, c: Class, load: dict[str, int]
) -> User:
    fitting = [t.user for t in teachers if subject in t.subjects]
    if c.homeroom in fitting:
        return c.homeroom
    return min(fitting, key=lambda user: (load[user.username], rng.random()))


def _seats(year: Year, first_day: date, ends_on: date | None) -> None:
    rows = []
    for c in year.classes.values():
        reason = ""
        if ends_on:
            reason = "GRADUATED" if c.row.grade == "XII" else "YEAR_END"
        rows += [
            Enrolment(
                student=pupil,
                school_class=c.row,
                starts_on=first_day,
                ends_on=ends_on,
                end_reason=reason,
            )
            for pupil in c.pupils
        ]
    Enrolment.objects.bulk_create(rows)

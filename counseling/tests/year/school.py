"""The school of `school.md`, whose students come and go on their days."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from counseling.tests.year.tables import Row, tables
from school.days import Holiday
from school.models import (
    AcademicYear,
    Enrolment,
    GroupMember,
    RecapPeriod,
    SchoolClass,
    SchoolProfile,
    Semester,
    Student,
    TeachingAssignment,
    TeachingGroup,
    User,
)
from school.models.classes import EndReason
from school.roles import COORDINATOR, COUNSELOR, OPERATOR, PRINCIPAL, STUDENT_AFFAIRS
from school.tests import factories as make

OFFICES = {
    "principal": PRINCIPAL,
    "coordinator": COORDINATOR,
    "counselor": COUNSELOR,
    "student affairs": STUDENT_AFFAIRS,
    "operator": OPERATOR,
    "teacher": None,
}
HOLIDAYS = (Holiday(date(2025, 9, 5), date(2025, 9, 5), "Maulid Nabi"),)
SUNDAY = ["7"]


def moment(day: str | date, hour: int = 12, minute: int = 0) -> datetime:
    """Return a time of `day` at the school."""
    on = day if isinstance(day, date) else date.fromisoformat(day)
    return datetime.combine(on, time(hour, minute), tzinfo=timezone.get_default_timezone())


@dataclass
class School:
    """Who and what stands in `school.md`, by the names there."""

    told: dict[str, list[Row]] = field(default_factory=lambda: tables("school.md"))
    semesters: dict[str, Semester] = field(default_factory=dict)
    periods: dict[str, RecapPeriod] = field(default_factory=dict)
    classes: dict[str, SchoolClass] = field(default_factory=dict)
    students: dict[str, Student] = field(default_factory=dict)
    teaching: dict[tuple[str, str], TeachingAssignment] = field(default_factory=dict)

    def person(self, name: str) -> User:
        """Return the person as a new request would: what they may do is asked anew."""
        return User.objects.get(username=name.lower())

    def semester_of(self, day: date) -> Semester:
        """Return the semester in which a case is opened on `day`: the last one that began."""
        begun = [one for one in self.semesters.values() if one.starts_on <= day]
        return max(begun, key=lambda semester: semester.starts_on)


def school(told: dict[str, list[Row]] | None = None) -> School:
    """Make the school as it stands on its first day, without students."""
    SchoolProfile.objects.create(pk=1, name="SMA Tani", place="Candiroto")
    made = School(told) if told else School()
    for row in made.told["People"]:
        make.person(OFFICES[row["office"]], username=row["name"].lower(), name=row["name"])
    for row in made.told["Semesters"]:
        add_semester(made, row["semester"], row["first day"], row["last day"])
    for row in made.told["Periods"]:
        made.periods[row["period"]] = make.RecapPeriodFactory(
            semester=made.semesters[row["semester"]], **_days(row)
        )
    year = _first_year(made)
    for name in dict.fromkeys(row["class"] for row in made.told["Counselors"]):
        made.classes[name] = make.SchoolClassFactory(year=year, name=name, grade=name.split("-")[0])
    _give_work(made)
    return made


def add_semester(made: School, code: str, first: str, last: str) -> None:
    year, _dash, term = code.partition("-")
    semester = make.SemesterFactory(
        year=make.AcademicYearFactory(label=year),
        term=int(term),
        starts_on=date.fromisoformat(first),
        ends_on=date.fromisoformat(last),
    )
    policy = semester.policy
    policy.free_weekdays, policy.holidays = SUNDAY, HOLIDAYS
    policy.save(update_fields=["free_weekdays", "holidays"])
    made.semesters[code] = semester


def _give_work(made: School) -> None:
    names = dict.fromkeys(row["subject"] for row in made.told["Teachers"])
    subjects = {name: make.SubjectFactory(name=name) for name in names}
    for row in made.told["Teachers"]:
        of, subject = row["class"], subjects[row["subject"]]
        made.teaching[of, row["subject"]] = make.TeachingAssignmentFactory(
            group=_group(made, of, subject), teacher=made.person(row["person"]), **_days(row)
        )
    for row in made.told["Homeroom"]:
        make.HomeroomAssignmentFactory(
            school_class=made.classes[row["class"]],
            teacher=made.person(row["person"]),
            **_days(row),
        )


def _group(made: School, name: str, subject: Any) -> TeachingGroup:
    """Return the group of a class, or else one that has members of several."""
    if name in made.classes:
        return make.group_of(made.classes[name], subject)
    return TeachingGroup.objects.create(year=_first_year(made), subject=subject, name=name)


def _first_year(made: School) -> AcademicYear:
    return next(iter(made.semesters.values())).year


def _days(row: Row) -> dict[str, date | None]:
    until = row["until"]
    return {
        "starts_on": date.fromisoformat(row["from"]),
        "ends_on": date.fromisoformat(until) if until else None,
    }


def changes(made: School) -> Iterable[date]:
    """Return the days on which somebody comes, goes or gets a class."""
    for row in made.told["Students"] + made.told.get("Members", []) + made.told["Counselors"]:
        yield date.fromisoformat(row["from"])
        if row["until"]:
            yield date.fromisoformat(row["until"])


def begin(made: School, day: date) -> None:
    """Enter into the school's books what begins and ends on `day`."""
    for row in made.told["Students"]:
        if row["until"] == day.isoformat():
            _end(made, row, day)
        if row["from"] == day.isoformat():
            _come(made, row, day)
    for row in made.told.get("Members", []):
        if row["from"] == day.isoformat():
            group = TeachingGroup.objects.get(name=row["group"])
            student = made.students[row["student"]]
            GroupMember.objects.create(group=group, student=student, **_days(row))
    for row in made.told["Counselors"]:
        if row["from"] == day.isoformat():
            SchoolClass.objects.filter(pk=made.classes[row["class"]].pk).update(
                counselor=made.person(row["person"])
            )


def _come(made: School, row: Row, day: date) -> None:
    name = row["student"]
    if name not in made.students:
        nis = f"{25000 + len(made.students)}"
        made.students[name] = make.StudentFactory(name=name, nis=nis)
        make.GuardianFactory(student=made.students[name], name=f"Ibu {name}")
    make.EnrolmentFactory(
        student=made.students[name], school_class=made.classes[row["class"]], starts_on=day
    )


def _end(made: School, row: Row, day: date) -> None:
    last = [one for one in made.told["Students"] if one["student"] == row["student"]][-1]
    reason = EndReason.LEFT if row is last else EndReason.MOVED_CLASS
    stays = Enrolment.objects.filter(student=made.students[row["student"]], ends_on=None)
    stays.update(ends_on=day, end_reason=reason)

"""Earlier years: copies of the paper's year 2020/2021, with students who go up from X to XII.

A student of XII in 2020/2021 takes the same place in the copied XI of 2019/2020, and so on; those
who left before 2020/2021 are new people. The teachers are the same in all years.
"""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from cases.models import Case, CaseStatus
from cases.workflow.case import CASE
from counseling.demo.copies import Copies, Kind, Row, StandsFor, last_letter, numbered_on
from counseling.demo.moments import at
from counseling.demo.names import Names
from counseling.demo.school import SEED
from recaps.models import Knowledge
from school.models import (
    AcademicYear,
    Enrolment,
    Guardian,
    LetterNumber,
    Policy,
    Student,
)
from school.models.classes import EndReason
from school.roles import COUNSELOR
from workflow.models import ActionEntry

TOLD = 2020
"""The calendar year in which the copied school year begins."""
THERE = 2
"""Number of school years that the demo has without copies."""
GRADES = ("X", "XI", "XII")
WEEKS = 365.25 / 7
"""Weeks of a year."""


class Seat(NamedTuple):
    """A student's place: year of entry, stream, and number within the stream."""

    entered: int
    stream: str
    number: int


def go_back(years: int, seed: int = SEED) -> None:
    """Add earlier years until the school has `years`, the running one included."""
    with transaction.atomic():
        year = AcademicYear.objects.filter(label=_label(TOLD))
        students = Student.objects.filter(pk__in=_told().values("student"))
        copies = Copies({AcademicYear: year, Student: students})
        people = _People(copies, Names(random.Random(seed)))  # noqa: S311  (nothing secret)
        for back in range(1, years - THERE + 1):
            copies.write(back, partial(people.changed, back), people.who_stands_for(back))
        copies.count_on()
        for begun in range(TOLD - years + THERE, TOLD):
            _say_who_left(begun)
            _close_what_stayed_open(begun)


def _say_who_left(year: int) -> None:
    """Give students who are missing in the next year the end reason LEFT."""
    stays = Enrolment.objects.filter(school_class__year__label=_label(year + 1)).values("student")
    ended = Enrolment.objects.filter(school_class__year__label=_label(year))
    ended.filter(end_reason=EndReason.YEAR_END).exclude(student__in=stays).update(
        end_reason=EndReason.LEFT
    )


def _close_what_stayed_open(year: int) -> None:
    """Close the year's open cases in bulk, as `cases.workflow.close` would one by one.

    A school has no open cases of ten years ago.
    """
    moment = _earlier(at(date(TOLD + 1, 7, 1), 9), TOLD - year)
    cases = Case.objects.filter(semester__year__label=_label(year), status=CaseStatus.OPEN)
    ActionEntry.objects.bulk_create(
        ActionEntry(
            actor_id=case.counselor_id,
            office=COUNSELOR.code,
            kind=CASE.kind,
            object_id=case.pk,
            root_kind=CASE.kind,
            root_id=case.pk,
            action="close",
            source=CaseStatus.OPEN,
            target=CaseStatus.CLOSED,
            happened_at=moment,
            logged_at=moment,
        )
        for case in cases
    )
    cases.update(status=CaseStatus.CLOSED, ended_at=moment)


@dataclass
class _People:
    """The students who take the places of those of 2020/2021 in earlier years."""

    copies: Copies
    names: Names
    seats: dict[int, Seat] = field(default_factory=dict)
    """Student → seat in 2020/2021."""
    known: dict[Seat, int] = field(default_factory=dict)
    families: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """Student → relation → guardian."""
    drawn: dict[int, Row] = field(default_factory=dict)
    """Student → name, NIS and NISN, of students who are only in copied years."""

    def __post_init__(self) -> None:
        numbers: Counter[tuple[int, str]] = Counter()
        for row in _told().select_related("school_class").order_by("school_class", "student"):
            grade, _blank, stream = row.school_class.name.partition(" ")
            entered = TOLD - GRADES.index(grade)
            seat = Seat(entered, stream, numbers[entered, stream])
            numbers[entered, stream] += 1
            self.seats[row.student_id], self.known[seat] = seat, row.student_id
        self.cohorts = Counter(row["nis"][:2] for row in self.copies.rows[Student])
        self.letters = last_letter()
        for guardian in self.copies.rows[Guardian]:
            self._remember(guardian)

    def who_stands_for(self, back: int) -> StandsFor:
        """Return who needs no copy `back` years ago, with the one who takes their place."""
        students: dict[int, int | None] = {}
        for student, seat in self.seats.items():
            then = seat._replace(entered=seat.entered - back)
            if then in self.known:
                students[student] = self.known[then]
            else:
                self.known[then] = self.copies.key_of(Student, student, back)
        guardians = {
            row["id"]: self.families[there].get(row["relation"])
            for row in self.copies.rows[Guardian]
            if (there := students.get(row["student_id"]))
        }
        return {Student: students, Guardian: guardians}

    def changed(self, back: int, model: Kind, row: Row) -> Row:
        """Return a copy's dates `back` years earlier, and its new label, number, name or NIS."""
        earlier: Row = {
            name: _earlier(value, back) for name, value in row.items() if isinstance(value, date)
        }
        if model is Policy:
            earlier["holidays"] = ()  # Those of another year fall on other days.
        elif model is Knowledge:
            earlier["handed_over"] = [
                told | {"at": _earlier(datetime.fromisoformat(told["at"]), back).isoformat()}
                for told in row["handed_over"]
            ]
        elif model is AcademicYear:
            earlier["label"] = _label(TOLD - back)
        elif model is LetterNumber:
            earlier |= self._letter(back, row)
        elif model in (Student, Student.history.model):
            earlier |= self.drawn.get(row["id"]) or self._draw(back, row)
        elif model is Guardian:
            self._remember(row)
        return earlier

    def _letter(self, back: int, row: Row) -> Row:
        """Return a letter's year, text and running number `back` years earlier.

        In a calendar year, letters copied from autumn 2020 begin with 001, so those copied from
        spring 2021 get the numbers after them.
        """
        year = row["year"] - back
        is_first_half = row["year"] > TOLD
        letter = row | numbered_on(row, self.letters) if is_first_half else row
        text = letter["text"].replace(str(row["year"]), str(year))
        return {"year": year, "text": text, "running": letter["running"]}

    def _draw(self, back: int, row: Row) -> Row:
        cohort = f"{(int(row['nis'][:2]) - back) % 100:02d}"
        self.cohorts[cohort] += 1
        self.drawn[row["id"]] = {
            "name": self.names.student(row["gender"]),
            "nis": f"{cohort}{self.cohorts[cohort]:03d}",
            "nisn": row["nisn"] and f"{(int(row['nisn'][:3]) - back) % 1000:03d}{row['id']:07d}",
        }
        return self.drawn[row["id"]]

    def _remember(self, guardian: Row) -> None:
        self.families[guardian["student_id"]].setdefault(guardian["relation"], guardian["id"])


def _told() -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(school_class__year__label=_label(TOLD))


def _label(year: int) -> str:
    return f"{year}/{year + 1}"


def _earlier(day: date, years: int) -> date:
    """Return about the same day (or moment) of an earlier year, on the same day of the week."""
    return day - timedelta(weeks=round(years * WEEKS))

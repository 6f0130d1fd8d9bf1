"""The last class of a student, until today or in a semester.

It is written as SQL, since nearly every page needs it for each of its rows: Django would take
longer to write these statements than the database takes to answer them.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    F,
    Field,
    Value,
)
from django.db.models.expressions import Combinable, RawSQL

from school.models.written import Written
from workflow import clock

LAST = """(SELECT {column} FROM school_enrolment stay
WHERE stay.student_id = {{student}} AND stay.starts_on <= {{until}}{since}
ORDER BY stay.starts_on DESC LIMIT 1)"""
SINCE = " AND (stay.ends_on IS NULL OR stay.ends_on >= {since})"
OF_CLASS = "(SELECT {column} FROM school_schoolclass class WHERE class.id = {stay})"
IS_HERE = "(stay.ends_on IS NULL OR stay.ends_on >= {until} OR stay.end_reason = 'YEAR_END')"
"""A student does not leave by going into the holidays."""

COLUMNS: dict[str, tuple[str, Field]] = {
    "id": ("stay.id", BigIntegerField()),
    "class_id": ("stay.school_class_id", BigIntegerField()),
    "class_name": ("class.name", CharField()),
    "grade": ("class.grade", CharField()),
    "class_place": ("class.place", CharField()),
    "counselor": ("class.counselor_id", BigIntegerField()),
    "is_here": (IS_HERE, BooleanField()),
    "left_on": (f"CASE WHEN {IS_HERE} THEN NULL ELSE stay.ends_on END", DateField()),
}

Stay = tuple[date, date | None, date | None]
"""First and last day of an enrolment, and the first day of the student's next one."""
COUNTS = """({starts_on} <= {last} AND ({ends_on} IS NULL OR {ends_on} >= {first}) AND NOT EXISTS (
SELECT 1 FROM school_enrolment later WHERE later.student_id = {student}
AND later.starts_on > {starts_on} AND later.starts_on <= {last}))"""

IN_CLASSES = """SELECT stay.student_id FROM school_enrolment stay
WHERE stay.school_class_id IN ({classes}) AND stay.starts_on <= %s AND NOT EXISTS (
SELECT 1 FROM school_enrolment later WHERE later.student_id = stay.student_id
AND later.starts_on > stay.starts_on AND later.starts_on <= %s)"""


def of_today(column: str, student: str) -> Written:
    """Return a column of the class of today, or else of the last class."""
    return _last(column, student, _day(clock.today()))


def of_semester(column: str, student: str, semester: str) -> Written:
    """Return a column of the last class in the semester to which the path `semester` leads."""
    return _last(column, student, F(f"{semester}__ends_on"), F(f"{semester}__starts_on"))


def of_span(column: str, student: str, first: date, last: date) -> Written:
    """Return a column of the last class on the days from `first` to `last`."""
    return _last(column, student, _day(last), _day(first))


def counts_in(first: date, last: date, at: str = "") -> Written:
    """Return whether an enrolment is the student's last of those on the days of a span.

    `at` is the path that leads to the enrolment, e.g. "enrolments__".
    """
    own = {name: F(f"{at}{name}") for name in ("starts_on", "ends_on", "student")}
    return Written(COUNTS, BooleanField(), first=_day(first), last=_day(last), **own)


NEXT = """(SELECT MIN(later.starts_on) FROM school_enrolment later
WHERE later.student_id = {student} AND later.starts_on > {starts_on})"""


def next_start() -> Written:
    """Return the first day of the student's next enrolment, for `counts`; None for the last."""
    return Written(NEXT, DateField())


def counts(stay: Stay, first: date, last: date) -> bool:
    """Return the answer of `counts_in` for a stay that was read; of many spans this asks once."""
    starts_on, ends_on, following = stay
    is_in = starts_on <= last and (ends_on is None or ends_on >= first)
    return is_in and (following is None or following > last)


def students_in(class_ids: Iterable[int]) -> RawSQL:
    """Return the ids of students whose class of today, or else last class, is one of these."""
    classes = sorted(class_ids)
    sql = IN_CLASSES.format(classes=", ".join(["%s"] * len(classes)) or "NULL")
    return RawSQL(sql, (*classes, clock.today(), clock.today()))  # noqa: S611  (constants alone)


def is_in(class_ids: Iterable[int], student: str) -> Written:
    """Return whether a student's class of today, or else last class, is one of these.

    It is computed for each row, which suits few rows and many classes; `students_in` finds all.
    """
    classes = ", ".join(map(str, sorted(class_ids))) or "NULL"
    sql, _field = COLUMNS["class_id"]
    last = LAST.format(column=sql, since="")
    today = _day(clock.today())
    return Written(f"{last} IN ({classes})", BooleanField(), student=F(student), until=today)


def _day(day: date) -> Value:
    return Value(day, output_field=DateField())


def _last(column: str, student: str, until: Combinable, since: Combinable | None = None) -> Written:
    """Return one of COLUMNS of a student's last enrolment that began until a day.

    With `since`, enrolments that ended before it do not count. None if there is none.
    """
    found, field = COLUMNS[column]
    is_of_class = found.startswith("class.")
    stay = COLUMNS["class_id"][0] if is_of_class else found
    sql = LAST.format(column=stay, since=SINCE if since else "")
    if is_of_class:
        sql = OF_CLASS.format(column=found, stay=sql)
    days = {"until": until} if since is None else {"until": until, "since": since}
    return Written(sql, field, student=F(student), **days)

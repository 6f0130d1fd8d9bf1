"""What recaps note of students, as SQL: how many students a version notes, and who was reported."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import (
    BigIntegerField,
    BooleanField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Value,
)

from recaps.models.arithmetic import COUNTS
from school.models.groups import has_member_sql
from school.models.written import Written
from school.ties import Ties
from workflow import clock

COUNTED = " + ".join(f"{{{name}}}" for name in COUNTS)
NOTED = f"({{activity}} = 'BELOW' OR {{note}} <> '' OR {COUNTED} > 0)"
"""SQL for an entry that is not plainly active; see `Entry.is_plainly_active`."""
NOTED_ENTRY = NOTED.format(**{name: f"entry.{name}" for name in ("activity", "note", *COUNTS)})

OF_RECAP = "FROM recaps_sheet WHERE recap_id = {id}"
STANDING = f"{OF_RECAP} AND stands"
STOOD_THEN = f"{OF_RECAP} AND handed_over_at <= {{moment}} ORDER BY number DESC LIMIT 1"
NEWEST = f"{OF_RECAP} ORDER BY number DESC LIMIT 1"


def _noted_on(sheet: str, condition: str = "") -> str:
    """Return as SQL how many students a version notes, for whom the condition holds too."""
    of_sheet = f"{NOTED_ENTRY} AND entry.sheet_id = (SELECT id {sheet}){condition}"
    return f"(SELECT COUNT(*) FROM recaps_entry entry WHERE {of_sheet})"  # noqa: S608  (constants)


NOTED_BY_STANDING = _noted_on(STANDING)
NOTED_BY_NEWEST = _noted_on(NEWEST)

REPORTED = f"""EXISTS (SELECT 1 FROM recaps_entry entry
JOIN recaps_sheet sheet ON sheet.id = entry.sheet_id
JOIN recaps_recap recap ON recap.id = sheet.recap_id
JOIN school_recapperiod period ON period.id = recap.period_id
JOIN school_teachinggroup taught ON taught.id = recap.group_id
WHERE entry.student_id = {{student}} AND period.semester_id = {{semester}}
AND sheet.handed_over_by_id = {{person}} AND {NOTED_ENTRY} AND ("""  # noqa: S608
IN_CLASSES = "taught.school_class_id IN ({ids})"
IN_GROUPS = """(taught.id IN ({ids}) AND EXISTS (SELECT 1 FROM school_groupmember member
WHERE member.group_id = taught.id AND member.student_id = {{student}}
AND member.starts_on <= {{today}} AND (member.ends_on IS NULL OR member.ends_on >= {{today}})))"""


def stood_at(as_of: datetime | None) -> Written:
    """Return since when a version of a recap stands, or of the one that stood at a moment."""
    sql = f"(SELECT handed_over_at {_standing(as_of)})"
    return Written(sql, DateTimeField(), **_moment(as_of))


def stood_by(as_of: datetime | None) -> Written:
    """Return the id of the person who handed that version over."""
    sql = f"(SELECT handed_over_by_id {_standing(as_of)})"
    return Written(sql, BigIntegerField(), **_moment(as_of))


def noted_of_class(class_id: int, as_of: datetime | None) -> Written:
    """Return how many students of a class are noted by what stands, or stood at a moment.

    Of a group that is no class not everybody counts.
    """
    everybody = _noted_on(_standing(as_of))
    members = _noted_on(
        _standing(as_of), f" AND {has_member_sql([class_id], student='entry.student_id')}"
    )
    sql = f"CASE WHEN {{group__school_class}} IS NOT NULL THEN {everybody} ELSE {members} END"
    days = {"first": F("period__starts_on"), "last": F("period__ends_on")}
    return Written(sql, IntegerField(), **days, **_moment(as_of))


def _standing(as_of: datetime | None) -> str:
    return STOOD_THEN if as_of else STANDING


def _moment(as_of: datetime | None) -> dict[str, Value]:
    return {"moment": Value(as_of, output_field=DateTimeField())} if as_of else {}


def is_reported(student: str, semester: str, *, by: Ties) -> Written:
    """Return whether a person noted a student in a recap of the semester.

    Of a class that they teach today, or of a group that they teach today and that the student is
    in. `student` and `semester` are paths to their ids.
    """
    places = [IN_CLASSES.format(ids=_ids(by.taught_classes))]
    given = {"person": Value(by.person, output_field=BigIntegerField())}
    if by.taught_groups:
        places.append(IN_GROUPS.format(ids=_ids(by.taught_groups)))
        given["today"] = Value(clock.today(), output_field=DateField())
    sql = f"{REPORTED}{' OR '.join(places)}))"
    return Written(sql, BooleanField(), student=F(student), semester=F(semester), **given)


def _ids(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(numbers))) or "NULL"

"""Where a number of a table leads: the rows behind it, filtered the same way.

Only where the viewer may open each of them; else one would count fewer than the number says.
"""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from cases.models import Rung
from reports.tables import Row
from school.models import Semester
from school.models.classes import GRADES


def to_cases(semester: Semester, row: Row, rung: Rung | None = None) -> str:
    """The list of cases that count in `row`, of one rung or of all; "" where it may not lead."""
    if not _opens(row, row.tally.at(rung), row.seen.at(rung)):
        return ""
    filters = {"status": "counted", "semester": semester.code, **_place(row)}
    if rung is not None:
        filters["rung"] = rung.name
    return f"{reverse('cases:cases')}?{urlencode(filters)}"


def to_resolved(semester: Semester, total: Row) -> str:
    if not _opens(total, total.tally.cases, total.seen.cases):
        return ""
    filters = {"status": "RESOLVED", "semester": semester.code}
    return f"{reverse('cases:cases')}?{urlencode(filters)}"


def to_students(semester: Semester, row: Row, current: Semester) -> str:
    """The list of students, which is today's: from the current semester, if none has left since."""
    if semester != current or not _opens(row, row.tally.students, row.seen.students):
        return ""
    if row.grade and row.grade not in GRADES:  # the list has no filter for it
        return ""
    filters = _place(row)
    return reverse("school:students") + (f"?{urlencode(filters)}" if filters else "")


def _opens(row: Row, number: int, seen: int) -> bool:
    is_a_list = row.is_total or row.grade or row.class_id
    return bool(is_a_list and number and seen == number)


def _place(row: Row) -> dict[str, Any]:
    if row.class_id:
        return {"class": row.class_id}
    return {"grade": row.grade} if row.grade else {}

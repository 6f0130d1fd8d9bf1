"""What the days of a semester must keep within them: its first case."""

from datetime import date

from django.db.models import Min

from cases.models import Case
from school import in_semester
from school.models import Semester
from workflow import clock


def first_case(semester: Semester) -> date | None:
    """Return the day on which the semester's first case was opened."""
    opened = Case.objects.filter(semester=semester).aggregate(first=Min("opened_at"))["first"]
    return clock.day_of(opened) if opened else None


def register_all() -> None:
    in_semester.register(first_case)

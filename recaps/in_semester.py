"""What the days of a semester must keep within them: its first recap and its first absence."""

from datetime import date

from django.db.models import Min

from recaps.models import Absence, Recap
from school import in_semester
from school.models import Semester


def first_recap(semester: Semester) -> date | None:
    """Return the first day of the semester's first period for which there is a recap."""
    recaps = Recap.objects.filter(period__semester=semester)
    first: date | None = recaps.aggregate(first=Min("period__starts_on"))["first"]
    return first


def first_absence(semester: Semester) -> date | None:
    """Return the first day of the semester on which somebody was absent."""
    days = Absence.objects.filter(day__range=(semester.starts_on, semester.ends_on))
    first: date | None = days.aggregate(first=Min("day"))["first"]
    return first


def register_all() -> None:
    in_semester.register(first_recap)
    in_semester.register(first_absence)

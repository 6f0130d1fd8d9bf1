"""What the page of a plan asks first: the semester and the day, with the usual ones."""

from datetime import date

from school.models import Semester
from workflow import clock


def usual_semester() -> Semester | None:
    """Return the semester of today, or the next one in the holidays before it."""
    current = Semester.objects.select_related("year").current()
    if current and current.ends_on < clock.today():
        later = Semester.objects.filter(starts_on__gt=clock.today()).select_related("year")
        return later.order_by("starts_on").first() or current
    return current


def usual_day(semester: Semester) -> date:
    """Return today, or the day of the semester that is nearest to it."""
    return min(max(clock.today(), semester.starts_on), semester.ends_on)

"""What the page of a plan asks first: the semester and the day, with the usual ones."""

from collections.abc import Callable
from datetime import date

from school.models import Enrolment, Semester
from workflow import clock


def usual_semester() -> Semester | None:
    """Return the semester of today, or the next one in the holidays before it."""
    current = Semester.objects.select_related("year").current()
    if current and current.ends_on < clock.today():
        later = Semester.objects.filter(starts_on__gt=clock.today()).select_related("year")
        return later.order_by("starts_on").first() or current
    return current


def somebody_is_enrolled(semester: Semester) -> bool:
    begun = Enrolment.objects.between(semester.starts_on, semester.ends_on)
    return begun.filter(school_class__year=semester.year_id).exists()


def usual_day(
    semester: Semester, has_begun: Callable[[Semester], bool] = somebody_is_enrolled
) -> date:
    """Return the first day of a semester until something has begun in it, then today."""
    if not has_begun(semester):
        return semester.starts_on
    return min(max(clock.today(), semester.starts_on), semester.ends_on)

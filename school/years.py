"""School years: the one that is under way, and the day on which the classes of a year are seen."""

from datetime import date

from django.db.models import Case, DateField, Max, Min, Value, When
from django.utils.translation import gettext as _

from school import wording
from school.dates import changes_from
from school.models import AcademicYear, Semester
from workflow import clock
from workflow.errors import NotNow


def running_year() -> AcademicYear | None:
    """Return the year of the semester of today, else of the last one that began."""
    semester = Semester.objects.select_related("year").current()
    return semester.year if semester else None


def span_of(year: AcademicYear) -> tuple[date, date] | None:
    """Return the first and the last day of a year; None while it has no semester."""
    found = Semester.objects.filter(year=year).aggregate(
        first=Min("starts_on"), last=Max("ends_on")
    )
    return (found["first"], found["last"]) if found["first"] else None


def day_in(year: AcademicYear) -> date:
    """Return today, or the day of the year that is nearest to it."""
    return _nearest(span_of(year))


def first_day(year: AcademicYear) -> date:
    """Return the first day of the semester of the year that is under way, else of its first one.

    From then on holds what is entered for the first time: the recaps of its periods are due.
    """
    semesters = list(Semester.objects.filter(year=year).order_by("-starts_on"))
    begun = [one for one in semesters if one.starts_on <= clock.today()]
    found = next(iter(begun or semesters[::-1]), None)
    return found.starts_on if found else clock.today()


def check_day(year: AcademicYear, day: date) -> None:
    """Raise NotNow unless what changes on a day lies in the year, and in no frozen semester."""
    span = span_of(year)
    if span and not span[0] <= day <= span[1]:
        raise NotNow(
            _("The school year lasts from %(first)s to %(last)s.")
            % {"first": wording.full_day(span[0]), "last": wording.full_day(span[1])}
        )
    changes_from(day)


def seen_on() -> Case:
    """Return the expression for `day_in` of the field `year`; it asks one query."""
    spans = AcademicYear.objects.annotate(
        first=Min("semesters__starts_on"), last=Max("semesters__ends_on")
    )
    days = [(year.pk, _nearest((year.first, year.last))) for year in spans if year.first]
    return Case(
        *(When(year=pk, then=Value(day)) for pk, day in days),
        default=Value(clock.today()),
        output_field=DateField(),
    )


def _nearest(span: tuple[date, date] | None) -> date:
    today = clock.today()
    return min(max(today, span[0]), span[1]) if span else today

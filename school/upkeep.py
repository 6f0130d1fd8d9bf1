"""What waits for the operator once the school runs: gaps in its data."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from school.checklist import Step, is_over, of_the_school, steps_of, students_without_class
from school.models import User
from school.permissions import is_operator
from school.readiness import Readiness, readiness
from school.school_years import next_semester
from school.tasks import Task
from workflow import clock
from workflow.addresses import address

AHEAD = timedelta(weeks=4)
"""Before the end of a semester, when the next one is to be made."""


def for_operator(user: User) -> tuple[list[Step], list[Task]]:
    """Return the steps to the first recap until it is begun, then what is missing in the data.

    Both are empty for anybody but an operator.
    """
    if not is_operator(user):
        return [], []
    found = readiness()
    steps = steps_of(found)
    return ([], tasks_of(found)) if is_over(found, steps) else (steps, [])


def tasks_of(found: Readiness) -> list[Task]:
    """Return a task for each gap."""
    tasks = [
        _gap(
            found.without_homeroom,
            ngettext(
                "%(n)s class has no homeroom teacher",
                "%(n)s classes have no homeroom teacher",
                found.without_homeroom,
            ),
            "school:classes",
        ),
        _gap(
            found.without_counselor,
            ngettext(
                "%(n)s class has no counselor",
                "%(n)s classes have no counselor",
                found.without_counselor,
            ),
            "school:counselors",
        ),
        _gap(
            found.groups_without_teacher,
            ngettext(
                "%(n)s group has no teacher",
                "%(n)s groups have no teacher",
                found.groups_without_teacher,
            ),
            "school:teaching",
        ),
        _gap(found.without_class, students_without_class(found.without_class), "school:students"),
        _gap(
            found.without_phone,
            ngettext(
                "%(n)s student has no number of their family",
                "%(n)s students have no number of their family",
                found.without_phone,
            ),
            "school:students",
        ),
        _gap(
            found.never_signed_in,
            ngettext(
                "%(n)s person has never signed in",
                "%(n)s people have never signed in",
                found.never_signed_in,
            ),
            "school:people",
        ),
    ]
    of_school = [
        Task(step.label, step.url, step.icon, "late", more=step.missing)
        for step in of_the_school(found)
        if not step.is_done
    ]
    return [*of_school, *_next_semester(found), *(task for task in tasks if task)]


def _gap(number: int, said: str, page: str) -> Task | None:
    if not number:
        return None
    return Task(said % {"n": number}, address(page), "exclamation-triangle", "late", count=number)


def _next_semester(found: Readiness) -> list[Task]:
    """Return the task to make the next semester, from a few weeks before this one ends."""
    semester = found.semester
    if semester is None or found.has_next or semester.ends_on - clock.today() > AHEAD:
        return []
    proposed = next_semester()
    return [
        Task(
            _("Make the next semester"),
            address("school:add_semester"),
            "calendar3",
            "accent",
            whom=f"{proposed.term.label} {proposed.year_label}",
            due_on=semester.ends_on,
        )
    ]

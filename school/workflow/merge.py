"""Two classes of a year become one: from a day on the students of one are in the other."""

from datetime import date

from django.utils.translation import gettext as _

from school.models import (
    Change,
    HomeroomAssignment,
    SchoolClass,
    TeachingAssignment,
    User,
)
from school.models.change import ChangeKind
from school.workflow.assignments import still_to_hold
from school.workflow.changes import recording
from school.workflow.stays import end_before, go_on_in, held_stays, students_from
from school.years import check_day
from workflow.errors import NotNow
from workflow.run import hold


def merge(school_class: SchoolClass, into: SchoolClass, *, on: date, by: User) -> Change:
    """Let the students of a class be in another one from a day on; its lessons end before it.

    They stay in groups beside their class. Raises NotAllowed, NotNow.
    """
    with recording(ChangeKind.MERGE, by=by, on=on) as change:
        if school_class == into:
            raise NotNow(_("Choose another class than the one that ends."))
        if school_class.year_id != into.year_id:
            raise NotNow(_("This class is of another school year. Choose one of the same year."))
        hold(school_class)
        check_day(school_class.year, on)
        students = students_from(school_class, on)
        stays = [
            stay
            for stay in held_stays(students)
            if stay.school_class_id == school_class.pk
            and (stay.ends_on is None or stay.ends_on >= on)
        ]
        if not stays:
            raise NotNow(_("Nobody is in this class on that day."))
        go_on_in(change, stays, into, on)
        lessons = TeachingAssignment.objects.filter(group__school_class=school_class)
        homerooms = HomeroomAssignment.objects.filter(school_class=school_class)
        for rows in (lessons, homerooms):
            end_before(change, rows.filter(still_to_hold(on)), on)
        change.counts = {"students": len(stays)}
    return change.made

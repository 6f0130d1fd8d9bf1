"""Who is homeroom teacher of a class, from a day on."""

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext as _

from school import wording
from school.days import A_DAY
from school.models import AcademicYear, Change, HomeroomAssignment, SchoolClass
from school.models.change import ChangeKind
from school.models.users import User
from school.workflow.assignments import (
    Held,
    Succession,
    changed,
    check_teachers,
    still_to_hold,
    succession,
)
from school.workflow.changes import recording
from school.years import check_day
from workflow.errors import NotNow
from workflow.run import hold


def add_homeroom(
    school_class: SchoolClass, teacher: User, *, stops: Collection[int], by: User, on: date
) -> None:
    """Let a person be homeroom teacher of a class from a day on, and those stop given by id.

    Others stay as they are. Raises NotNow.
    """
    with recording(ChangeKind.HOMEROOM, by=by, on=on) as change:
        hold(school_class)
        check_day(school_class.year, on)
        rows = list(school_class.homerooms.filter(still_to_hold(on)).order_by("starts_on", "pk"))
        found: Succession[HomeroomAssignment] = Succession()
        own = [row for row in rows if row.teacher_id == teacher.pk]
        found.keep(own, on)
        found.end((row for row in rows if row.teacher_id in stops and row not in own), on)
        if not own:
            check_teachers([teacher.pk])
            found.new.append(
                HomeroomAssignment(school_class=school_class, teacher=teacher, starts_on=on)
            )
        if not any(found.counts.values()):
            raise NotNow(_("This person is homeroom teacher of the class on that day already."))
        found.record(change)
        change.counts = found.counts


def assign_homerooms(
    year: AcademicYear,
    wanted: Mapping[int, Collection[int]],
    *,
    by: User,
    on: date,
    first_on: date | None = None,
) -> Change:
    """Let exactly these persons be homeroom teachers of each class, both by id, from a day on.

    See `succession`. Raises NotNow.
    """
    with recording(ChangeKind.HOMEROOM, by=by, on=on) as change:
        hold(year)
        list(SchoolClass.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
        check_day(year, on)
        check_day(year, first_on or on)
        found = succession(HomeroomAssignment, "school_class", wanted, on, first_on)
        check_teachers([row.teacher_id for row in found.new])
        if not any(found.counts.values()):
            raise NotNow(_("Nothing changes on that day."))
        found.record(change)
        change.counts = found.counts
    return change.made


def homerooms_that_change(
    wanted: Mapping[int, Collection[int]], on: date, first_on: date | None = None
) -> dict[int, Held[HomeroomAssignment]]:
    """Return class → what `assign_homerooms` would change there, where it would."""
    rows = HomeroomAssignment.objects.filter(still_to_hold(on), school_class__in=list(wanted))
    found = succession(HomeroomAssignment, "school_class", wanted, on, first_on)
    return changed(found, rows.select_related("teacher"), "school_class_id")


def end_homeroom(held: HomeroomAssignment, *, by: User, last: date) -> None:
    """Let a homeroom assignment end with a last day; before its first it goes. Raises NotNow."""
    with recording(ChangeKind.HOMEROOM, by=by, on=last + A_DAY) as change:
        hold(held.school_class)
        check_day(held.school_class.year, last + A_DAY)
        row = HomeroomAssignment.objects.filter(pk=held.pk).first()
        if row is None:
            raise NotNow(_("This assignment is no longer there."))
        if row.ends_on and last > row.ends_on:
            raise NotNow(
                _("It ends on %(last)s already. Enter that day or an earlier one.")
                % {"last": wording.full_day(row.ends_on)}
            )
        if row.starts_on > last:
            change.delete([row])
        else:
            row.ends_on = last
            change.update([row], ("ends_on",))
        change.counts = {"ended": 1}

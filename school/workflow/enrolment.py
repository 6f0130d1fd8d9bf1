"""A student's days in classes: moves to another class, comes, leaves, comes back."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from school import wording
from school.dates import changes_from
from school.days import A_DAY
from school.models import Change, Enrolment, SchoolClass, Semester, Student, User
from school.models.change import ChangeKind
from school.models.classes import EndReason
from school.workflow.changes import recording
from school.workflow.stays import (
    end_before,
    fit_groups,
    go_on_in,
    held_stays,
    join_again,
    memberships_from,
    stay_on,
)
from workflow import clock
from workflow.errors import NotNow, Text


def move(student: Student, to: SchoolClass, *, on: date, by: User) -> Change:
    """Let a student be in another class of the same year from a day. Raises NotAllowed, NotNow."""
    with recording(ChangeKind.MOVE, by=by, on=on) as change:
        changes_from(on)
        stay = stay_on(held_stays([student.pk]), on)
        if stay.school_class_id == to.pk:
            raise NotNow(_("The student is in this class already on that day."))
        if stay.school_class.year_id != to.year_id:
            raise NotNow(_("This class is of another school year. Choose one of the same year."))
        go_on_in(change, [stay], to, on)
        fit_groups(change, {student.pk: to}, on)
        change.counts = {"students": 1}
    return change.made


def arrive(student: Student, to: SchoolClass, *, on: date, by: User) -> Change:
    """Enrol a student who comes late or comes back, from a day. Raises NotAllowed, NotNow."""
    with recording(ChangeKind.ARRIVAL, by=by, on=on) as change:
        changes_from(on)
        _lies_in(to, on)
        stays = held_stays([student.pk])
        later = [stay for stay in stays if stay.ends_on is None or stay.ends_on >= on]
        if later:
            raise NotNow(_said(later[0], _("The student is in %(class)s from %(first)s.")))
        change.create([Enrolment(student=student, school_class=to, starts_on=on)])
        if stays and (left_on := stays[-1].ends_on):
            join_again(change, student, left_on, on, to.year_id)
        change.counts = {"students": 1}
    return change.made


def leave(student: Student, *, on: date, by: User) -> Change:
    """Let a student leave the school; `on` is the last day there. Raises NotAllowed, NotNow."""
    with recording(ChangeKind.LEAVING, by=by, on=on) as change:
        changes_from(on + A_DAY)
        stays = held_stays([student.pk])
        stay = _last_on(stays, on)
        later = [one for one in stays if one.starts_on > on]
        if begun := [one for one in later if one.starts_on <= clock.today()]:
            raise NotNow(
                _said(begun[0], _("Since %(first)s the student is in %(class)s. Undo that first."))
            )
        change.delete(later)
        if stay.ends_on is None or stay.ends_on > on:
            stay.ends_on = on
        stay.end_reason = EndReason.LEFT
        change.update([stay], ["ends_on", "end_reason"])
        end_before(change, memberships_from(student, on + A_DAY), on + A_DAY)
        change.counts = {"students": 1}
    return change.made


def _last_on(stays: list[Enrolment], on: date) -> Enrolment:
    """Return the stay that holds on a day, or the one that the end of a year ended before it."""
    begun = [stay for stay in stays if stay.starts_on <= on]
    last = begun[-1] if begun else None
    if last is None or not (last.holds_on(on) or last.end_reason == EndReason.YEAR_END):
        return stay_on([], on)
    if last.end_reason == EndReason.LEFT and last.ends_on == on:
        raise NotNow(_("The student leaves on that day already."))
    return last


def _said(stay: Enrolment, words: Text) -> Text:
    return words % {"class": stay.school_class.name, "first": wording.full_day(stay.starts_on)}


def _lies_in(to: SchoolClass, on: date) -> None:
    """Raise NotNow unless a day lies in the school year of the class."""
    days = Semester.objects.filter(year=to.year_id).order_by("starts_on")
    first, last = days.first(), days.last()
    if first is None or last is None:
        raise NotNow(_("The school year of this class has no semester yet."))
    if not first.starts_on <= on <= last.ends_on:
        raise NotNow(
            _("The school year of this class lasts from %(first)s to %(last)s.")
            % {"first": wording.full_day(first.starts_on), "last": wording.full_day(last.ends_on)}
        )

"""The days of students in classes and in groups: how a stay is cut, and what else it ends.

A change takes its rows here, under lock, so that two acts on a student queue up.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from school.models import Enrolment, GroupMember, SchoolClass, Student, TeachingGroup
from school.models.classes import EndReason
from school.models.dated import Dated, holds_on
from school.workflow.changes import Recorder
from workflow.errors import NotNow

A_DAY = timedelta(days=1)


def held_stays(students: Collection[int]) -> list[Enrolment]:
    """Return all stays of students in order of time; the students are locked."""
    list(Student.objects.select_for_update().filter(pk__in=students).values_list("pk"))
    stays = Enrolment.objects.filter(student__in=students).select_related("school_class__year")
    return sorted(stays, key=lambda stay: (stay.student_id, stay.starts_on))


def go_on_in(change: Recorder, stays: Sequence[Enrolment], to: SchoolClass, on: date) -> None:
    """Let stays go on in another class from a day until they end; those that begin later, whole."""
    whole = [stay for stay in stays if stay.starts_on >= on]
    cut = [stay for stay in stays if stay.starts_on < on]
    new = [
        Enrolment(
            student_id=stay.student_id,
            school_class=to,
            starts_on=on,
            ends_on=stay.ends_on,
            end_reason=stay.end_reason,
        )
        for stay in cut
    ]
    for stay in whole:
        stay.school_class = to
    for stay in cut:
        stay.ends_on, stay.end_reason = on - A_DAY, EndReason.MOVED_CLASS
    change.update(whole, ["school_class"])
    change.update(cut, ["ends_on", "end_reason"])
    change.create(new)


def end_before(change: Recorder, rows: Iterable[Dated], on: date) -> None:
    """End dated rows of one model on the eve of a day; those that begin then or later go."""
    rows = list(rows)
    cut = [row for row in rows if row.starts_on < on]
    for row in cut:
        row.ends_on = on - A_DAY
    change.update(cut, ["ends_on"])
    change.delete([row for row in rows if row.starts_on >= on])


def memberships_from(student: Student, on: date) -> list[GroupMember]:
    """Return the memberships in groups that hold on a day or later."""
    held = GroupMember.objects.filter(student=student).select_related("group__subject")
    return [one for one in held if one.ends_on is None or one.ends_on >= on]


def fit_groups(change: Recorder, student: Student, to: SchoolClass, on: date) -> None:
    """End memberships in groups without anybody else of the new class, and join what replaces them.

    A group replaces another if it alone of its subject has students of the new class.
    """
    held = [one for one in memberships_from(student, on) if one.group.year_id == to.year_id]
    with_class = _groups_with(to, on, but=student)
    ended = [one for one in held if one.group_id not in with_class]
    until = {one.group.subject_id: one.ends_on for one in ended}
    end_before(change, ended, on)
    kept = {one.group_id for one in held} - {one.group_id for one in ended}
    taught_whole = set(to.groups.values_list("subject", flat=True))
    for subject in sorted(until.keys() - taught_whole):
        fitting = [group for group in with_class.values() if group.subject_id == subject]
        if len(fitting) == 1 and fitting[0].pk not in kept:
            change.create([_member(fitting[0].pk, student, on, until[subject])])


def join_again(change: Recorder, student: Student, left_on: date, on: date, year_id: int) -> None:
    """Let a student who comes back be in the groups of the year that leaving ended."""
    ended = GroupMember.objects.filter(student=student, ends_on=left_on, group__year=year_id)
    groups = ended.values_list("group", flat=True)
    change.create([_member(group, student, on) for group in groups])


def _member(group: int, student: Student, on: date, until: date | None = None) -> GroupMember:
    return GroupMember(group_id=group, student=student, starts_on=on, ends_on=until)


def _groups_with(to: SchoolClass, on: date, *, but: Student) -> dict[int, TeachingGroup]:
    """Return id → each group of the year that has another student of the class on a day."""
    of_class = Enrolment.objects.on(on).filter(school_class=to).exclude(student=but)
    members = GroupMember.objects.filter(holds_on(on), student__in=of_class.values("student"))
    groups = TeachingGroup.objects.filter(year=to.year_id, pk__in=members.values("group"))
    return groups.in_bulk()


def students_from(school_class: SchoolClass, on: date) -> list[int]:
    """Return the students who are in a class on a day or later."""
    stays = Enrolment.objects.filter(school_class=school_class)
    still = stays.filter(Q(ends_on=None) | Q(ends_on__gte=on))
    return list(still.values_list("student", flat=True))


def stay_on(stays: Iterable[Enrolment], on: date) -> Enrolment:
    """Return the stay that holds on a day. Raises NotNow."""
    for stay in stays:
        if stay.holds_on(on):
            return stay
    raise NotNow(_("The student is in no class on that day."))

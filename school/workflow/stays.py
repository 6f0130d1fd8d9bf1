"""The days of students in classes and in groups: how a stay is cut, and what else it ends.

A change takes its rows here, under lock, so that two acts on a student queue up.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from school.days import A_DAY
from school.models import Enrolment, GroupMember, SchoolClass, Student, TeachingGroup
from school.models.classes import EndReason
from school.models.dated import Dated, holds_on
from school.workflow.changes import Recorder
from workflow.errors import NotNow


def held_stays(students: Collection[int]) -> list[Enrolment]:
    """Return all stays of students in order of time; the students are locked."""
    rows = Student.objects.select_for_update().filter(pk__in=students)
    list(rows.order_by("pk").values_list("pk"))
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
    return list(held.filter(still_from(on)))


def fit_groups(change: Recorder, moved: Mapping[int, SchoolClass], on: date) -> None:
    """End memberships in groups without anybody else of the new class, and join what replaces them.

    `moved` has the new class by the student's id. A group replaces another if it alone of its
    subject has students of the new class. As many queries for many students as for one.
    """
    held: dict[int, list[GroupMember]] = {}
    rows = GroupMember.objects.filter(still_from(on), student__in=moved).order_by("pk")
    for row in rows.select_related("group"):
        if row.group.year_id == moved[row.student_id].year_id:
            held.setdefault(row.student_id, []).append(row)
    beside = _Beside(moved, on)
    new: list[GroupMember] = []
    ended: list[GroupMember] = []
    for pk, memberships in held.items():
        groups = beside.groups(pk)
        left = [one for one in memberships if one.group_id not in groups]
        until = {one.group.subject_id: one.ends_on for one in left}
        kept = {one.group_id for one in memberships} - {one.group_id for one in left}
        for subject in sorted(until.keys() - beside.taught_whole(pk)):
            fitting = [one for one in groups.values() if one.subject_id == subject]
            if len(fitting) == 1 and fitting[0].pk not in kept:
                new.append(_member(fitting[0].pk, pk, on, until[subject]))
        ended += left
    end_before(change, ended, on)
    change.create(new)


class _Beside:
    """The groups of those who are in the new classes of moved students already.

    In a class that only moved students are in, each of them counts for the others.
    """

    def __init__(self, moved: Mapping[int, SchoolClass], on: date) -> None:
        self.moved = moved
        classes = {each.pk for each in moved.values()}
        seats = Enrolment.objects.on(on).filter(school_class__in=classes)
        self.class_of = dict(seats.values_list("student", "school_class"))
        self.settled = {of for pk, of in self.class_of.items() if pk not in moved}
        members = GroupMember.objects.filter(holds_on(on), student__in=self.class_of)
        self.members = list(members.select_related("group"))
        self.whole: dict[int | None, set[int]] = {}
        for group in TeachingGroup.objects.filter(school_class__in=classes):
            self.whole.setdefault(group.school_class_id, set()).add(group.subject_id)

    def groups(self, student: int) -> dict[int, TeachingGroup]:
        """Return id → each group of the year with somebody else of the student's new class."""
        to = self.moved[student]
        others = [
            one
            for one in self.members
            if self.class_of[one.student_id] == to.pk and one.group.year_id == to.year_id
        ]
        but = self.moved if to.pk in self.settled else {student}
        return {one.group_id: one.group for one in others if one.student_id not in but}

    def taught_whole(self, student: int) -> set[int]:
        """Return the subjects that the student's new class has as a whole."""
        return self.whole.get(self.moved[student].pk, set())


def join_again(change: Recorder, student: Student, left_on: date, on: date, year_id: int) -> None:
    """Let a student who comes back be in the groups of the year that leaving ended."""
    ended = GroupMember.objects.filter(student=student, ends_on=left_on, group__year=year_id)
    groups = ended.values_list("group", flat=True)
    change.create([_member(group, student.pk, on) for group in groups])


def _member(group: int, student: int, on: date, until: date | None = None) -> GroupMember:
    return GroupMember(group_id=group, student_id=student, starts_on=on, ends_on=until)


def students_from(school_class: SchoolClass, on: date) -> list[int]:
    """Return the students who are in a class on a day or later."""
    stays = Enrolment.objects.filter(school_class=school_class)
    return list(stays.filter(still_from(on)).values_list("student", flat=True))


def still_from(on: date) -> Q:
    """Return the filter for dated rows that hold on a day or later."""
    return Q(ends_on=None) | Q(ends_on__gte=on)


def stay_on(stays: Iterable[Enrolment], on: date) -> Enrolment:
    """Return the stay that holds on a day. Raises NotNow."""
    for stay in stays:
        if stay.holds_on(on):
            return stay
    raise NotNow(_("The student is in no class on that day."))

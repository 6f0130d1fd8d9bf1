"""What is taught in the new year: the lessons and groups of the old one, with their teachers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from school.grades import next_grade
from school.models import (
    AcademicYear,
    GroupMember,
    SchoolClass,
    TeachingAssignment,
    TeachingGroup,
)
from school.permissions import possible_teachers
from school.workflow.changes import Recorder
from school.workflow.new_year.plan import Fate, Plan
from school.workflow.new_year.seats import Seat
from school.years import span_of

Taught = dict[int, list[int]]
"""Group → its teachers when the year ends."""


def carry_lessons(
    change: Recorder, plan: Plan, ends: AcademicYear, classes: Mapping[str, SchoolClass]
) -> int:
    """Let the teachers of each class go on in the class that follows it; return how many lessons.

    Subjects that are no longer taught, and people who left, are left out.
    """
    taught = _taught(ends)
    old: dict[int, list[TeachingGroup]] = defaultdict(list)
    for group in _groups(taught).filter(school_class__isnull=False):
        old[group.school_class_id or 0].append(group)
    known = TeachingGroup.objects.filter(school_class__in=classes.values())
    there = set(known.values_list("school_class", "subject"))
    pairs = []
    for name, one in plan.classes.items():
        of = classes[name]
        for group in old[one.staff_of or 0]:
            if (of.pk, group.subject_id) not in there:
                new = TeachingGroup(year=of.year, school_class=of, subject=group.subject)
                pairs.append((group, new))
    return _teach(change, plan, taught, pairs)


def carry_groups(
    change: Recorder,
    plan: Plan,
    ends: AcademicYear,
    year: AcademicYear,
    seats: Iterable[Seat],
) -> int:
    """Let the groups without a class go on with the members who go up, and their teachers.

    A grade in the name goes up: Kristen X is Kristen XI. Who repeats is in no group at first.
    Returns how many groups there are then.
    """
    taught = _taught(ends)
    goes_up = {seat.student for seat in seats if seat.fate in (Fate.PROMOTED, Fate.ELSEWHERE)}
    groups = list(_groups(taught).filter(school_class=None))
    members = _members(groups, ends)
    known = TeachingGroup.objects.filter(year=year, school_class=None)
    there = set(known.values_list("subject", "name"))
    new: dict[tuple[int, str], TeachingGroup] = {}
    pairs: list[tuple[TeachingGroup, TeachingGroup]] = []
    joined: dict[tuple[tuple[int, str], int], None] = {}
    for group in groups:
        key = (group.subject_id, name_after(group.name))
        stay = [student for student in members[group.pk] if student in goes_up]
        if stay and key not in there:
            new.setdefault(key, TeachingGroup(year=year, subject=group.subject, name=key[1]))
            pairs.append((group, new[key]))
            joined |= dict.fromkeys((key, student) for student in stay)
    _teach(change, plan, taught, pairs)
    change.create(
        [
            GroupMember(group=new[key], student_id=student, starts_on=plan.first_day)
            for key, student in joined
        ]
    )
    return len(new)


def name_after(name: str) -> str:
    """Return the name of a group with each grade in it as the next one."""
    return " ".join(next_grade(word) or word for word in name.split(" "))


def _taught(ends: AcademicYear) -> Taught:
    """Return the groups with the teachers who hold them on the last day of the year."""
    found: Taught = defaultdict(list)
    if span := span_of(ends):
        rows = TeachingAssignment.objects.on(span[1]).filter(
            group__year=ends, teacher__in=possible_teachers()
        )
        for group, teacher in rows.order_by("starts_on", "pk").values_list("group", "teacher"):
            found[group].append(teacher)
    return found


def _groups(taught: Taught) -> QuerySet[TeachingGroup]:
    rows = TeachingGroup.objects.filter(pk__in=list(taught), subject__is_active=True)
    return rows.select_related("subject").order_by("pk")


def _members(groups: list[TeachingGroup], ends: AcademicYear) -> dict[int, list[int]]:
    """Return group → who belongs to it on the last day of the year."""
    found: dict[int, list[int]] = defaultdict(list)
    if span := span_of(ends):
        rows = GroupMember.objects.on(span[1]).filter(group__in=groups)
        for group, student in rows.order_by("pk").values_list("group", "student"):
            found[group].append(student)
    return found


def _teach(
    change: Recorder,
    plan: Plan,
    taught: Taught,
    pairs: Iterable[tuple[TeachingGroup, TeachingGroup]],
) -> int:
    """Make the new group of each pair, taught by the teachers of the old one; return how many."""
    pairs = list(pairs)
    new = {id(after): after for _before, after in pairs}
    change.create(list(new.values()))
    rows = {
        (after.pk, teacher): TeachingAssignment(
            teacher_id=teacher, group=after, starts_on=plan.first_day
        )
        for before, after in pairs
        for teacher in taught[before.pk]
    }
    change.create(list(rows.values()))
    return len(new)

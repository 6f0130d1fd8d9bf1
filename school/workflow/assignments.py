"""Who teaches a group and who is homeroom teacher of a class, from a day on.

Assignments are dated: whoever is no longer wanted stops on the day before, the next one begins.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from django.db.models import Q
from django.utils.translation import gettext as _

from school.models import (
    AcademicYear,
    Change,
    HomeroomAssignment,
    SchoolClass,
    TeachingAssignment,
    TeachingGroup,
)
from school.models.change import ChangeKind
from school.models.users import User
from school.permissions import possible_teachers
from school.workflow.changes import Recorder, recording
from school.years import check_day
from workflow.errors import NotNow
from workflow.run import hold

Assigned = TypeVar("Assigned", HomeroomAssignment, TeachingAssignment)
Taught = Mapping[tuple[int, int], Collection[int]]
"""(class, subject) → ids of who is to teach it."""
A_DAY = timedelta(days=1)


@dataclass
class Succession(Generic[Assigned]):
    """What becomes of assignments when others are wanted from a day on."""

    ended: list[Assigned]
    """They end on the day before."""
    dropped: list[Assigned]
    """They would have begun on that day or later."""
    kept: list[Assigned]
    """They hold from that day on without end, with what that changes in them."""
    new: list[Assigned]

    def record(self, change: Recorder) -> None:
        """Write it; what goes is deleted first, since a person begins once on a day."""
        change.delete(self.dropped)
        change.update(self.ended, ("ends_on",))
        change.update(self.kept, ("starts_on", "ends_on"))
        change.create(self.new)

    @property
    def counts(self) -> dict[str, int]:
        return {"new": len(self.new), "ended": len(self.ended) + len(self.dropped)}


def still_to_hold(on: date) -> Q:
    """Return the filter for assignments that hold on a day or after it."""
    return Q(ends_on=None) | Q(ends_on__gte=on)


def succession(
    model: type[Assigned], field: str, wanted: Mapping[int, Collection[int]], on: date
) -> Succession[Assigned]:
    """Return what it takes that exactly the wanted persons hold an assignment from `on` on.

    `wanted` has person ids by the id to which `field` leads. One query.
    """
    standing = model._default_manager.filter(still_to_hold(on), **{f"{field}__in": list(wanted)})
    found: Succession[Assigned] = Succession([], [], [], [])
    held: set[tuple[int, int]] = set()
    for row in standing.order_by("starts_on", "pk"):
        key = getattr(row, f"{field}_id"), row.teacher_id
        if row.teacher_id in wanted[key[0]] and key not in held:
            row.starts_on, row.ends_on = min(row.starts_on, on), None
            held.add(key)
            found.kept.append(row)
        elif row.starts_on < on:
            row.ends_on = on - A_DAY
            found.ended.append(row)
        else:
            found.dropped.append(row)
    for at, person in ((at, one) for at, people in wanted.items() for one in sorted(set(people))):
        if (at, person) not in held:
            row = model(teacher_id=person, starts_on=on)
            setattr(row, f"{field}_id", at)
            found.new.append(row)
    return found


def assign_homeroom(
    school_class: SchoolClass, teachers: Collection[User], *, by: User, on: date
) -> None:
    """Let exactly these persons be homeroom teachers of a class from a day on. Raises NotNow."""
    wanted = {school_class.pk: [teacher.pk for teacher in teachers]}
    with recording(ChangeKind.HOMEROOM, by=by, on=on) as change:
        hold(school_class)
        check_day(school_class.year, on)
        found = succession(HomeroomAssignment, "school_class", wanted, on)
        check_teachers([row.teacher_id for row in found.new])
        found.record(change)
        change.counts = found.counts


def end_homeroom(held: HomeroomAssignment, *, by: User, last: date) -> None:
    """Let a homeroom assignment end with a last day; before its first it goes. Raises NotNow."""
    with recording(ChangeKind.HOMEROOM, by=by, on=last + A_DAY) as change:
        hold(held.school_class)
        check_day(held.school_class.year, last + A_DAY)
        if not HomeroomAssignment.objects.filter(pk=held.pk).exists():
            raise NotNow(_("This assignment is no longer there."))
        if held.starts_on > last:
            change.delete([held])
        else:
            held.ends_on = last
            change.update([held], ("ends_on",))
        change.counts = {"ended": 1}


def assign_teaching(year: AcademicYear, wanted: Taught, *, by: User, on: date) -> Change:
    """Let exactly these persons teach each class each subject from a day on.

    The group of a class and a subject is made if there is none. Raises NotNow.
    """
    with recording(ChangeKind.TEACHING, by=by, on=on) as change:
        hold(year)
        check_day(year, on)
        groups = _groups(change, year, wanted)
        people = {groups[key].pk: teachers for key, teachers in wanted.items() if key in groups}
        found = succession(TeachingAssignment, "group", people, on)
        check_teachers([row.teacher_id for row in found.new])
        found.record(change)
        change.counts = found.counts
    return change.made


def taught_on(year: AcademicYear, on: date) -> dict[tuple[int, int], frozenset[int]]:
    """Return (class, subject) → who teaches it on a day, for each group that is a class."""
    rows = TeachingAssignment.objects.on(on).filter(group__year=year, group__school_class__gt=0)
    found: dict[tuple[int, int], set[int]] = {}
    for of_class, subject, teacher in rows.values_list(
        "group__school_class", "group__subject", "teacher"
    ):
        found.setdefault((of_class, subject), set()).add(teacher)
    return {key: frozenset(people) for key, people in found.items()}


def _groups(
    change: Recorder, year: AcademicYear, wanted: Taught
) -> dict[tuple[int, int], TeachingGroup]:
    """Return (class, subject) → group; those that are missing are made if somebody teaches them."""
    rows = TeachingGroup.objects.filter(
        school_class__in={of_class for of_class, _subject in wanted},
        subject__in={subject for _class, subject in wanted},
    )
    found = {(row.school_class_id or 0, row.subject_id): row for row in rows}
    missing = [
        TeachingGroup(year=year, school_class_id=of_class, subject_id=subject)
        for (of_class, subject), people in wanted.items()
        if people and (of_class, subject) not in found
    ]
    made = change.create(missing)
    return found | {(row.school_class_id or 0, row.subject_id): row for row in made}


def check_teachers(pks: Collection[int]) -> None:
    """Raise NotNow if one of these persons may not be given lessons or a class."""
    if possible_teachers().filter(pk__in=set(pks)).count() < len(set(pks)):
        raise NotNow(
            _("Operators and people who cannot sign in are given no lessons and no class.")
        )

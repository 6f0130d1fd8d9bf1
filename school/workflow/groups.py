"""Who belongs to a group that is no whole class, and who teaches it, from a day on."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from school.days import A_DAY
from school.models import Change, GroupMember, TeachingAssignment, TeachingGroup
from school.models.change import ChangeKind
from school.models.users import User
from school.workflow.assignments import check_teachers, still_to_hold, succession
from school.workflow.changes import recording
from school.years import check_day
from workflow.errors import NotNow
from workflow.run import hold


def join(group: TeachingGroup, students: Collection[int], *, by: User, on: date) -> Change:
    """Let students, given by id, be in a group from a day on. Raises NotNow."""
    with recording(ChangeKind.MEMBERS, by=by, on=on) as change:
        hold(group)
        check_day(group.year, on)
        kept: dict[int, GroupMember] = {}
        for row in _members(group, students, on):
            if row.student_id in kept:
                change.delete([row])
            else:
                row.starts_on, row.ends_on = min(row.starts_on, on), None
                kept[row.student_id] = row
        change.update(list(kept.values()), ("starts_on", "ends_on"))
        new = sorted(set(students) - set(kept))
        change.create([GroupMember(group=group, student_id=pk, starts_on=on) for pk in new])
        change.counts = {"students": len(new)}
    return change.made


def leave(group: TeachingGroup, students: Collection[int], *, by: User, last: date) -> Change:
    """Let students be in a group until a last day; who would join later does not. Raises NotNow."""
    with recording(ChangeKind.MEMBERS, by=by, on=last + A_DAY) as change:
        hold(group)
        check_day(group.year, last + A_DAY)
        rows = _members(group, students, last + A_DAY)
        change.delete([row for row in rows if row.starts_on > last])
        stay = [row for row in rows if row.starts_on <= last]
        for row in stay:
            row.ends_on = last
        change.update(stay, ("ends_on",))
        change.counts = {"ended": len({row.student_id for row in rows})}
    return change.made


def assign_teachers(
    group: TeachingGroup, teachers: Collection[int], *, by: User, on: date
) -> Change:
    """Let exactly these persons, given by id, teach a group from a day on. Raises NotNow."""
    with recording(ChangeKind.TEACHING, by=by, on=on) as change:
        hold(group)
        check_day(group.year, on)
        found = succession(TeachingAssignment, "group", {group.pk: teachers}, on)
        check_teachers([row.teacher_id for row in found.new])
        found.record(change)
        change.counts = found.counts
    return change.made


def delete_groups(groups: Collection[TeachingGroup], *, by: User) -> None:
    """Delete groups without members and teachers. Raises NotNow."""
    pks = [group.pk for group in groups]
    used = {
        *GroupMember.objects.filter(group__in=pks).values_list("group", flat=True),
        *TeachingAssignment.objects.filter(group__in=pks).values_list("group", flat=True),
    }
    if used:
        names = ", ".join(group.label for group in groups if group.pk in used)
        raise NotNow(
            _("Groups that had members or teachers are not deleted: %(names)s.") % {"names": names}
        )
    with recording(ChangeKind.MEMBERS, by=by) as change:
        change.delete(list(groups))
        change.counts = {"gone": len(pks)}


def _members(group: TeachingGroup, students: Collection[int], on: date) -> list[GroupMember]:
    """Return the memberships of students that hold on a day or after it, the first one first."""
    rows = GroupMember.objects.filter(still_to_hold(on), group=group, student__in=students)
    return list(rows.order_by("starts_on", "pk"))

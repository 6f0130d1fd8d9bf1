"""The students of a group for files of Google, and whom else the school knows."""

from collections import defaultdict

from recaps.google.intake import Neighbors
from recaps.google.matching import Members
from recaps.models.google import KnownColumns, KnownName
from recaps.queries.recap_sheet import OwnRecap
from school.models import Enrolment, GroupMember, SchoolClass, Student, User
from school.models.dated import Dated


def members_of(place: OwnRecap, user: User) -> Members:
    """Return the group's students in the period, and whom the teacher has named before.

    Four queries at most.
    """
    group, period = place.assignment.group, place.period
    students = Student.objects.of_group(group, period).order_by("name", "nis")
    listed = list(students.only("name", "nis", "email"))
    days, ids = (period.starts_on, period.ends_on), [student.pk for student in listed]
    stays = Enrolment.objects.between(*days).filter(student__in=ids)
    if group.school_class_id is not None:
        stays = stays.filter(school_class=group.school_class_id)
    spans: dict[int, list[list[Dated]]] = {pk: [] for pk in ids}
    rows: list[list[Dated]] = [list(stays)]
    if group.school_class_id is None:
        rows.append(list(GroupMember.objects.between(*days).filter(group=group, student__in=ids)))
    for of_kind in rows:
        by_student: dict[int, list[Dated]] = defaultdict(list)
        for row in of_kind:
            by_student[row.student_id].append(row)  # type: ignore[attr-defined]
        for pk in ids:
            spans[pk].append(by_student[pk])
    known = KnownName.objects.filter(teacher=user, group=group)
    return Members(listed, spans, dict(known.values_list("digest", "student")))


def neighbors_of(place: OwnRecap, members: Members) -> Neighbors:
    """Return the other students of the school and the classes of the year; three queries."""
    group, period = place.assignment.group, place.period
    own = group.class_ids(period.starts_on, period.ends_on)
    names = dict(SchoolClass.objects.filter(year=group.year_id).values_list("pk", "name"))
    others = Student.objects.exclude(pk__in=list(members.students))
    return Neighbors(
        others.values_list("email", "name"),
        [name for pk, name in names.items() if pk in own],
        names.values(),
    )


def known_columns(user: User) -> dict[str, KnownColumns]:
    """Return what the teacher has said of heads of forms, by their digest; one query."""
    return {each.digest: each for each in KnownColumns.objects.filter(teacher=user)}

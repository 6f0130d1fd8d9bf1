"""Teaching groups: the students who are taught a subject together.

Who belongs to one is asked on nearly every page of recaps and class lists, so it is written as SQL
(see `last_class`). A member counts on the days on which they are both in the group and in a class.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db import connection, models
from django.db.models import BooleanField, F, Q
from django.db.models.expressions import RawSQL

from school.models.classes import SchoolClass, Subject
from school.models.dated import Dated, DatedQuerySet, ends_after_start
from school.models.history import kept_history
from school.models.semesters import AcademicYear
from school.models.written import Written
from workflow.versions import Versioned

MEMBERS = """school_groupmember member JOIN school_enrolment stay
ON stay.student_id = member.student_id
AND member.starts_on <= COALESCE(stay.ends_on, member.starts_on)
AND stay.starts_on <= COALESCE(member.ends_on, stay.starts_on)"""
"""Members of groups without a class, with the stays in classes that share a day with it."""
ON_A_DAY = """member.starts_on <= {last} AND (member.ends_on IS NULL OR member.ends_on >= {first})
AND stay.starts_on <= {last} AND (stay.ends_on IS NULL OR stay.ends_on >= {first})"""
"""Three spans that overlap two by two share a day."""
HAS_MEMBER = f"""EXISTS (SELECT 1 FROM {MEMBERS}
WHERE member.group_id = {{group}} AND {ON_A_DAY} AND stay.school_class_id IN """  # noqa: S608
OF_CLASSES = """SELECT id FROM school_teachinggroup WHERE school_class_id IN ({classes})
UNION ALL SELECT id FROM school_teachinggroup WHERE id IN ({groups})
UNION ALL SELECT member.group_id FROM {members}
WHERE stay.school_class_id IN ({classes}){on_a_day}"""
STUDENTS_OF = f"SELECT member.student_id FROM {MEMBERS} WHERE member.group_id = %s"  # noqa: S608
CLASSES_OF = f"SELECT DISTINCT stay.school_class_id FROM {MEMBERS} WHERE member.group_id IN"  # noqa: S608
SHARED_DAYS = """
CASE WHEN member.starts_on > stay.starts_on THEN member.starts_on ELSE stay.starts_on END,
CASE WHEN member.ends_on IS NULL OR stay.ends_on < member.ends_on
THEN stay.ends_on ELSE member.ends_on END"""
SPANS = f"""SELECT DISTINCT stay.school_class_id, member.group_id,{SHARED_DAYS}
FROM {MEMBERS} WHERE stay.school_class_id IN """  # noqa: S608  (constants alone)
MEMBERSHIPS = f"""SELECT member.group_id, member.student_id, stay.school_class_id,{SHARED_DAYS}
FROM {MEMBERS} WHERE member.group_id IN """  # noqa: S608  (constants alone)


class TeachingGroup(Versioned):
    """The students who are taught a subject together in a year: mostly those of a class.

    A group of a class has no members of its own: they are whoever is enrolled. Any other has a
    name and dated members, of one class or of several.
    """

    year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="groups")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="groups")
    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, null=True, blank=True, related_name="groups"
    )
    name = models.CharField(max_length=60, blank=True)

    history = kept_history()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["school_class", "subject"], name="one_group_per_class_and_subject"
            ),
            models.UniqueConstraint(
                fields=["year", "subject", "name"],
                condition=Q(school_class=None),
                name="one_group_per_name",
            ),
            models.CheckConstraint(
                condition=Q(school_class=None, name__gt="")
                | Q(school_class__isnull=False, name=""),
                name="group_has_class_or_name",
            ),
        )

    def __str__(self) -> str:
        """Return who is taught: "X MIPA 3", "Kristen X"."""
        return self.name or str(self.school_class)

    @property
    def label(self) -> str:
        """Return what is taught, as a class says it: "Fisika", "Pendidikan Agama · Kristen X"."""
        return f"{self.subject} · {self.name}" if self.name else str(self.subject)

    def class_ids(
        self, first: date, last: date, students: Collection[int] | None = None
    ) -> frozenset[int]:
        """Return the classes that have a member on a day of a span, or one of `students`."""
        if self.school_class_id is not None:
            return frozenset([self.school_class_id])
        on_a_day = ON_A_DAY.format(first="%s", last="%s")
        given = [last, first, last, first]
        sql = f"{CLASSES_OF} ({self.pk}) AND {on_a_day}"
        if students is not None:
            sql += f" AND member.student_id IN ({_ids(students)})"
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return frozenset(row[0] for row in cursor.fetchall())


class GroupMember(Dated):
    """A student's days in a group that has no class; no constraint can see that it has none."""

    group = models.ForeignKey(TeachingGroup, models.CASCADE, related_name="members")
    student = models.ForeignKey("school.Student", models.CASCADE, related_name="groups")

    objects = DatedQuerySet["GroupMember"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["group", "student"], condition=Q(ends_on=None), name="one_open_membership"
            ),
            models.UniqueConstraint(
                fields=["group", "student", "starts_on"], name="one_membership_per_start"
            ),
            ends_after_start("membership_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.student_id} in {self.group_id}"


class Span(NamedTuple):
    """Days on which a class has a member in a group; `last` is None until it ends."""

    first: date
    last: date | None

    def overlaps(self, first: date, last: date) -> bool:
        return self.first <= last and (self.last is None or self.last >= first)


class Membership(NamedTuple):
    """The days on which a student is in a class and in a group that is no class."""

    group: int
    student: int
    school_class: int
    days: Span


Spans = dict[tuple[int, int], list[Span]]
"""Class id and group id → the days on which the class has members in the group."""


def groups_of(
    class_ids: Iterable[int],
    first: date | None = None,
    last: date | None = None,
    *,
    also: Iterable[int] = (),
) -> RawSQL:
    """Return the ids of the groups that have a member of one of the classes, and of `also`.

    With a span, a member on one of its days.
    """
    sql, given = "", []
    if first and last:
        sql, given = f" AND {ON_A_DAY.format(first='%s', last='%s')}", [last, first, last, first]
    classes, groups = _ids(class_ids), _ids(also)
    found = OF_CLASSES.format(classes=classes, groups=groups, members=MEMBERS, on_a_day=sql)
    return RawSQL(found, given)  # noqa: S611  (ids and constants alone)


def classes_of(groups: Iterable[int]) -> RawSQL:
    """Return the ids of the classes that ever had a member in one of the groups."""
    return RawSQL(f"{CLASSES_OF} ({_ids(groups)})", [])  # noqa: S611  (ids alone)


def members_in(
    group: TeachingGroup, first: date, last: date, class_ids: Iterable[int] | None = None
) -> RawSQL:
    """Return the ids of the members on a day of a span, or of those of some classes."""
    sql = f"{STUDENTS_OF} AND {ON_A_DAY.format(first='%s', last='%s')}"
    if class_ids is not None:
        sql += f" AND stay.school_class_id IN ({_ids(class_ids)})"
    return RawSQL(sql, [group.pk, last, first, last, first])  # noqa: S611  (ids alone)


def has_member(class_ids: Iterable[int], *, student: str = "", **paths: str) -> Written:
    """Return whether the `group` has a member of one of the classes from day `first` to `last`.

    With `student`, whether that student is the member. All are paths to columns.
    """
    sql = has_member_sql(class_ids, student="{student}" if student else "member.student_id")
    named = {**paths, "student": student} if student else paths
    return Written(sql, BooleanField(), **{name: F(path) for name, path in named.items()})


def has_member_sql(class_ids: Iterable[int], *, student: str) -> str:
    """Return the SQL of `has_member`, for a student whose id `student` selects."""
    return f"{HAS_MEMBER}({_ids(class_ids)}) AND member.student_id = {student})"


def member_spans(class_ids: Iterable[int], groups: Iterable[int] = ()) -> Spans:
    """Return the days on which classes have members in groups that are no class; one query.

    Of the given classes in all groups, and of all classes in the given groups.
    """
    found: Spans = {}
    of_groups = f" OR member.group_id IN ({_ids(groups)})"
    with connection.cursor() as cursor:
        cursor.execute(f"{SPANS}({_ids(class_ids)}){of_groups}")
        for class_id, group_id, first, last in cursor.fetchall():
            found.setdefault((class_id, group_id), []).append(
                Span(_day(first), last and _day(last))
            )
    return found


def memberships(groups: Iterable[int]) -> list[Membership]:
    """Return the members of groups that are no class, class by class, as they came; one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"{MEMBERSHIPS}({_ids(groups)}) ORDER BY stay.starts_on, member.starts_on")
        return [
            Membership(group, student, class_id, Span(_day(first), last and _day(last)))
            for group, student, class_id, first, last in cursor.fetchall()
        ]


def _day(value: date | str) -> date:
    """Return a date, in whichever form the database gives it."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def _ids(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(numbers))) or "NULL"

"""What was written of a student in recaps, lists and attendance since an act of the operator."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from recaps.models import Absence, ClassList, Decision, Entry, Recap, Sheet
from school.follows import NOTED, WORKED_IN, register
from school.models import Change, Enrolment, GroupMember
from school.models.change import ChangeKind
from school.models.dated import overlaps
from school.undone_stays import Days, arrivals, taken_away
from workflow.errors import Text

PERIOD = "sheet__recap__period__"
Begun = set[tuple[int, int]]
"""Places, i.e. groups or classes, with the persons who have them from a change on."""


def is_noted(change: Change) -> Text:
    """Return why days in a class or group cannot be taken away: something rests on them."""
    in_classes, own = taken_away(change, "school.enrolment")
    in_groups, own_members = taken_away(change, "school.groupmember")
    found = (
        any(_noted_in_class(*of_class, own) for of_class in _by_place(in_classes))
        or any(_noted_in_group(*of_group, own_members) for of_group in _by_place(in_groups))
        or _was_absent(arrivals(change))
    )
    return NOTED if found else ""


def is_taken_over(change: Change) -> Text:
    """Return why a successor cannot be taken back: they have written or decided since."""
    lessons = _begun(change, "school.teachingassignment", "group_id")
    led = _begun(change, "school.homeroomassignment", "school_class_id")
    return NOTED if _wrote(lessons, change) or _decided(led, change) else ""


def _wrote(lessons: Begun, change: Change) -> bool:
    """Return whether one of the successors has written a recap of their group since."""
    if not lessons:
        return False
    since = Q(handed_over_at=None) | Q(handed_over_at__gte=change.made_at)
    sheets = Sheet.objects.filter(since, recap__group__in={group for group, _who in lessons})
    written = sheets.values_list("recap__group", "author", "handed_over_by", "handed_over_at")
    return any(
        (group, handed_over_by if handed_over_at else author) in lessons
        for group, author, handed_over_by, handed_over_at in written
    )


def _decided(led: Begun, change: Change) -> bool:
    """Return whether one of the successors has decided on a student of their class since."""
    if not led:
        return False
    decisions = Decision.objects.filter(
        decided_at__gte=change.made_at,
        class_list__school_class__in={class_id for class_id, _who in led},
    )
    made = decisions.values_list("class_list__school_class", "decided_by")
    return not led.isdisjoint(made.distinct())


def _begun(change: Change, table: str, place: str) -> Begun:
    """Return the places and the persons of the assignments that a change let begin."""
    rows = [row.after for row in change.rows.filter(table=table) if row.before is None]
    return {(row[place], row["teacher_id"]) for row in rows if row}


def _by_place(given: list[Days]) -> list[tuple[int, Days, list[int]]]:
    """Return each place with the days in it, and the students whose days these are."""
    found: dict[Days, list[int]] = defaultdict(list)
    for days in given:
        found[days._replace(student=0)].append(days.student)
    return [(days.place, days, students) for days, students in found.items()]


def _noted_in_class(class_id: int, days: Days, students: list[int], own: Collection[int]) -> bool:
    """Return whether a recap or a list of the class says something of one of the students there.

    Unless the student is there on a day of the period all the same.
    """
    of_students = Q(student__in=students)
    stays = Enrolment.objects.filter(school_class=class_id).exclude(pk__in=own)
    entries = Entry.objects.filter(
        of_students,
        _in_days(days, PERIOD),
        ~_stays(stays, PERIOD),
        sheet__recap__group__school_class=class_id,
    )
    on_list = "class_list__period__"
    decisions = Decision.objects.filter(
        of_students,
        _in_days(days, on_list),
        ~_stays(stays, on_list),
        class_list__school_class=class_id,
    )
    return entries.exists() or decisions.exists()


def _noted_in_group(group_id: int, days: Days, students: list[int], own: Collection[int]) -> bool:
    stays = GroupMember.objects.filter(group=group_id).exclude(pk__in=own)
    return Entry.objects.filter(
        _in_days(days, PERIOD),
        ~_stays(stays, PERIOD),
        student__in=students,
        sheet__recap__group=group_id,
    ).exists()


def _was_absent(given: list[Days]) -> bool:
    """Return whether one of the students was absent since they came."""
    first: dict[int, date] = {}
    for days in given:
        first[days.student] = min(days.first, first.get(days.student, days.first))
    since = min(first.values(), default=None)
    if since is None:
        return False
    absences = Absence.objects.filter(student__in=first, day__gte=since)
    return any(day >= first[student] for student, day in absences.values_list("student", "day"))


def _in_days(days: Days, period: str) -> Q:
    """Return the filter for rows whose period has one of the days."""
    found = Q(**{f"{period}ends_on__gte": days.first})
    return found & Q(**{f"{period}starts_on__lte": days.last}) if days.last else found


def _stays(stays: QuerySet[Enrolment] | QuerySet[GroupMember], period: str) -> Exists:
    """Return whether the student is among these stays on a day of the period."""
    first, last = OuterRef(f"{period}starts_on"), OuterRef(f"{period}ends_on")
    return Exists(stays.filter(overlaps(first, last), student=OuterRef("student")))


def year_has_recaps(change: Change) -> Text:
    """Return why a year cannot be taken back: recaps, lists or attendance are in it."""
    if change.kind != ChangeKind.NEW_YEAR:
        return ""
    in_year = {"period__starts_on__gte": change.effective_on}
    is_worked_in = (
        Recap.objects.filter(**in_year).exists()
        or ClassList.objects.filter(**in_year).exists()
        or Absence.objects.filter(day__gte=change.effective_on).exists()
    )
    return WORKED_IN if is_worked_in else ""


def register_all() -> None:
    register(year_has_recaps)
    register(is_noted)
    register(is_taken_over)

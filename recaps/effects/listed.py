"""On which recap sheets and class lists the students of an act are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recaps.effects.periods import begun
from recaps.models import Recap
from recaps.models.recap import STANDING
from school.effects import Effects, Scope
from school.models import (
    Enrolment,
    GroupMember,
    RecapPeriod,
    SchoolClass,
    TeachingAssignment,
)
from school.models.dated import overlaps
from workflow.errors import Text

Listed = dict[int, set[tuple[int, int]]]
"""Period → group or class, and the student who is listed there."""


@dataclass(frozen=True)
class Places:
    """The recap sheets and class lists of a period."""

    groups: set[int]
    classes: set[int]

    def __bool__(self) -> bool:
        return bool(self.groups or self.classes)


def look(scope: Scope) -> Effects:
    """Look at the recap sheets and class lists on which the students are."""
    periods = begun(scope)
    sheets, lists = _sheets(scope, periods), _lists(scope, periods)

    def effects() -> Sequence[Text]:
        new_sheets, new_lists = _sheets(scope, periods), _lists(scope, periods)
        off = {p.pk: Places(*_less(p, (sheets, new_sheets), (lists, new_lists))) for p in periods}
        on = {p.pk: Places(*_less(p, (new_sheets, sheets), (new_lists, lists))) for p in periods}
        handed_over = _handed_over(off)
        names = _names([*off.values(), *on.values()])
        said = []
        for period in periods:
            if gone := off[period.pk]:
                kept = _kept(gone, handed_over[period.pk])
                said.append(f"{_off(period, gone, names)} {kept}".strip())
            if new := on[period.pk]:
                said.append(_on(period, new, names))
        return said

    return effects


def _less(period: RecapPeriod, *pairs: tuple[Listed, Listed]) -> list[set[int]]:
    """Return of each pair the places on which somebody is in the first and not in the second."""
    return [{place for place, _one in was[period.pk] - now[period.pk]} for was, now in pairs]


def _off(period: RecapPeriod, gone: Places, names: Mapping[int, str]) -> str:
    words = {"month": period, "places": _said(gone, names)}
    return _("%(month)s: no longer on %(places)s.") % words


def _kept(gone: Places, handed_over: Collection[int]) -> str:
    count = len(gone.groups & set(handed_over))
    words = ngettext(
        "%(n)d of these is handed over already and stays as it is.",
        "%(n)d of these are handed over already and stay as they are.",
        count,
    )
    return words % {"n": count} if count else ""


def _on(period: RecapPeriod, new: Places, names: Mapping[int, str]) -> str:
    return _("%(month)s: new on %(places)s.") % {"month": period, "places": _said(new, names)}


def _said(places: Places, names: Mapping[int, str]) -> str:
    """Return "12 rekap mapel dan rekap kelas X MIPA 3", or the one of these that there is."""
    count = len(places.groups)
    sheets = ngettext("%(n)d recap sheet", "%(n)d recap sheets", count) % {"n": count}
    classes = ", ".join(name for pk, name in names.items() if pk in places.classes)
    lists = _("the class list of %(classes)s") % {"classes": classes}
    if count and classes:
        return _("%(sheets)s and %(lists)s") % {"sheets": sheets, "lists": lists}
    return sheets if count else lists


def _sheets(scope: Scope, periods: Iterable[RecapPeriod]) -> Listed:
    """Return the groups on whose sheets the students are: two queries a period."""
    found: Listed = defaultdict(set)
    for period in periods:
        days = period.starts_on, period.ends_on
        taught = TeachingAssignment.objects.between(*days)
        whole = Enrolment.objects.between(*days).filter(
            Exists(taught.filter(group=OuterRef("school_class__groups"))),
            student__in=scope.students,
            school_class__year=period.semester.year_id,
        )
        members = GroupMember.objects.between(*days).filter(
            Exists(taught.filter(group=OuterRef("group"))),
            overlaps(*days, "student__enrolments__"),
            student__in=scope.students,
        )
        found[period.pk].update(whole.values_list("school_class__groups", "student"))
        found[period.pk].update(members.values_list("group", "student"))
    return found


def _lists(scope: Scope, periods: Iterable[RecapPeriod]) -> Listed:
    found: Listed = defaultdict(set)
    for period in periods:
        there = Enrolment.objects.between(period.starts_on, period.ends_on).filter(
            student__in=scope.students, school_class__year=period.semester.year_id
        )
        found[period.pk].update(there.values_list("school_class", "student"))
    return found


def _handed_over(off: Mapping[int, Places]) -> dict[int, set[int]]:
    """Return period → groups of the recaps that stand, of those that lose a student."""
    groups = {group for gone in off.values() for group in gone.groups}
    recaps = Recap.objects.filter(period__in=off, group__in=groups, status__in=STANDING)
    found: dict[int, set[int]] = defaultdict(set)
    for period, group in recaps.values_list("period", "group"):
        found[period].add(group)
    return found


def _names(places: Iterable[Places]) -> dict[int, str]:
    """Return id → name of the classes, in the school's order."""
    classes = {class_id for one in places for class_id in one.classes}
    return dict(SchoolClass.objects.filter(pk__in=classes).values_list("pk", "name"))

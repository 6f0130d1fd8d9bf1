"""What becomes of recaps and class lists that are not handed over when an act takes effect."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recaps.effects.periods import so_far
from recaps.models import ClassList, Recap
from recaps.models.class_list import HANDED_OVER
from recaps.models.recap import STANDING
from school import wording
from school.days import A_DAY
from school.effects import Effects, Scope
from school.models import (
    Enrolment,
    GroupMember,
    HomeroomAssignment,
    RecapPeriod,
    SchoolClass,
    TeachingAssignment,
)
from school.models.dated import DatedQuerySet
from workflow.errors import Text

KEYS = ("period", "group")
Due = TypeVar("Due")
Open = list[tuple[RecapPeriod, dict[int, Due]]]
"""Periods, each with what is not handed over: of a group its status, of a class its name."""
Holders = dict[int, list[str]]
"""Group or class → the names of who holds it."""


def look(scope: Scope) -> Effects:
    """Look at what is not handed over of groups and classes whose teachers change."""
    if not (scope.groups or scope.classes):
        return lambda: ()
    periods = so_far(scope)
    recaps = _open_recaps(scope, periods)
    lists = _open_lists(scope, periods)

    def effects() -> Sequence[Text]:
        taught = TeachingAssignment.objects.filter(group__in=scope.groups)
        led = HomeroomAssignment.objects.filter(school_class__in=scope.classes)
        teachers, homerooms = _holders(scope, taught, "group"), _holders(scope, led, "school_class")
        return [
            *(
                _said(scope, month, of, to)
                for month, due in recaps
                for of, to in _parts(due, teachers)
            ),
            *(
                _list_said(scope, month, of, to)
                for month, due in lists
                for of, to in _parts(due, homerooms)
            ),
        ]

    return effects


def _parts(due: Mapping[int, Due], holders: Holders) -> list[tuple[list[Due], str]]:
    """Return what passes on with the names of who gets it, and what nobody has any more."""
    passed = {pk: one for pk, one in due.items() if pk in holders}
    left = [one for pk, one in due.items() if pk not in holders]
    to = ", ".join(dict.fromkeys(name for pk in passed for name in holders[pk]))
    return [(part, names) for part, names in ((list(passed.values()), to), (left, "")) if part]


def _said(scope: Scope, period: RecapPeriod, due: Sequence[str | None], to: str) -> str:
    n, begun = len(due), sum(now is not None for now in due)
    sheets = ngettext("%(n)d recap sheet", "%(n)d recap sheets", n) % {"n": n}
    words = {"month": period, "sheets": sheets, "name": to, "last": _eve(scope)}
    if to:
        said = _("%(month)s: %(sheets)s not handed over yet pass to %(name)s.") % words
    else:
        said = _("%(month)s: %(sheets)s not handed over yet; after %(last)s nobody can.") % words
    if begun:
        of_these = ngettext("%(n)d of these is begun.", "%(n)d of these are begun.", begun)
        said = f"{said} {of_these % {'n': begun}}"
    return said


def _list_said(scope: Scope, period: RecapPeriod, classes: Sequence[str], to: str) -> str:
    words = {"month": period, "classes": ", ".join(classes), "name": to, "last": _eve(scope)}
    if to:
        return _("%(month)s: the class list of %(classes)s passes to %(name)s.") % words
    text = _(
        "%(month)s: the class list of %(classes)s is not handed over; after %(last)s nobody can."
    )
    return text % words


def _eve(scope: Scope) -> str:
    return wording.full_day(scope.on - A_DAY)


def _open_recaps(scope: Scope, periods: Sequence[RecapPeriod]) -> Open[str | None]:
    """Return the recaps that are expected of the groups and not handed over; a query a period."""
    rows = Recap.objects.filter(group__in=scope.groups, period__in=periods)
    status = {(period, group): now for period, group, now in rows.values_list(*KEYS, "status")}
    found = []
    for period in periods:
        days = period.starts_on, period.ends_on
        stays = Enrolment.objects.between(*days).filter(
            school_class=OuterRef("group__school_class")
        )
        members = GroupMember.objects.between(*days).filter(group=OuterRef("group"))
        taught = TeachingAssignment.objects.between(*days).filter(Exists(stays) | Exists(members))
        of_year = taught.filter(group__in=scope.groups, group__year=period.semester.year_id)
        groups = sorted(set(of_year.values_list("group", flat=True)))
        now = {group: status.get((period.pk, group)) for group in groups}
        due = {group: one for group, one in now.items() if one not in STANDING}
        if due:
            found.append((period, due))
    return found


def _open_lists(scope: Scope, periods: Sequence[RecapPeriod]) -> Open[str]:
    """Return the names of the classes whose list is not handed over, by period."""
    classes = SchoolClass.objects.filter(pk__in=scope.classes)
    went = ClassList.objects.filter(school_class__in=scope.classes, status__in=HANDED_OVER)
    gone = set(went.values_list("period", "school_class"))
    found = []
    for period in periods:
        there = Enrolment.objects.between(period.starts_on, period.ends_on)
        names = {
            one.pk: one.name
            for one in classes.filter(pk__in=there.values("school_class"))
            if one.year_id == period.semester.year_id and (period.pk, one.pk) not in gone
        }
        if names:
            found.append((period, names))
    return found


def _holders(scope: Scope, rows: DatedQuerySet[Any], place: str) -> Holders:
    """Return who holds each place on the day of the act."""
    found: Holders = {}
    for one in rows.on(scope.on).select_related("teacher").order_by("starts_on", "pk"):
        found.setdefault(getattr(one, f"{place}_id"), []).append(one.teacher.called)
    return found

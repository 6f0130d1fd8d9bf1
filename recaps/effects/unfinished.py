"""What becomes of recaps and class lists that are not handed over when an act takes effect."""

from collections.abc import Sequence
from typing import Any

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
Open = list[tuple[RecapPeriod, int, int]]
"""Period, its recaps that are not handed over, and how many of these are begun."""


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
        teachers, homerooms = _holders(scope, taught), _holders(scope, led)
        return [
            *(_said(scope, period, n, begun, teachers) for period, n, begun in recaps),
            *(_list_said(scope, period, names, homerooms) for period, names in lists),
        ]

    return effects


def _said(scope: Scope, period: RecapPeriod, n: int, begun: int, to: str) -> str:
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


def _list_said(scope: Scope, period: RecapPeriod, classes: str, to: str) -> str:
    words = {"month": period, "classes": classes, "name": to, "last": _eve(scope)}
    if to:
        return _("%(month)s: the class list of %(classes)s passes to %(name)s.") % words
    text = _(
        "%(month)s: the class list of %(classes)s is not handed over; after %(last)s nobody can."
    )
    return text % words


def _eve(scope: Scope) -> str:
    return wording.full_day(scope.on - A_DAY)


def _open_recaps(scope: Scope, periods: Sequence[RecapPeriod]) -> Open:
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
        groups = set(of_year.values_list("group", flat=True))
        due = [now for group in groups if (now := status.get((period.pk, group))) not in STANDING]
        if due:
            found.append((period, len(due), sum(now is not None for now in due)))
    return found


def _open_lists(scope: Scope, periods: Sequence[RecapPeriod]) -> list[tuple[RecapPeriod, str]]:
    """Return the names of the classes whose list is not handed over, by period."""
    classes = SchoolClass.objects.filter(pk__in=scope.classes)
    went = ClassList.objects.filter(school_class__in=scope.classes, status__in=HANDED_OVER)
    gone = set(went.values_list("period", "school_class"))
    found = []
    for period in periods:
        there = Enrolment.objects.between(period.starts_on, period.ends_on)
        names = [
            one.name
            for one in classes.filter(pk__in=there.values("school_class"))
            if one.year_id == period.semester.year_id and (period.pk, one.pk) not in gone
        ]
        if names:
            found.append((period, ", ".join(names)))
    return found


def _holders(scope: Scope, rows: DatedQuerySet[Any]) -> str:
    """Return the names of who holds these assignments on the day of the act."""
    held = rows.on(scope.on).select_related("teacher").order_by("starts_on", "pk")
    return ", ".join(dict.fromkeys(one.teacher.called for one in held))

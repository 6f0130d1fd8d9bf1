"""Tasks of a homeroom teacher: class lists."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recaps.acts import CLASS_LIST_ACTS
from recaps.models import ClassList, ClassListStatus, Sheet
from recaps.models.recap import STANDING
from recaps.models.subjects import Key
from recaps.tasks.asked import Asked
from school.models import RecapPeriod, User
from school.tasks import Task
from school.ties import Homeroom, ties_of
from workflow import clock
from workflow.addresses import address

S = ClassListStatus
PLACE = "class_lists"
NAMED = 3


@dataclass(frozen=True)
class OwedList:
    """A list that has not been handed over, or with a recap that came after it was."""

    home: Homeroom
    period: RecapPeriod
    due_on: date | None
    is_supplement: bool = False


def lists_waiting(user: User, asked: Asked) -> list[Task]:
    """Return the tasks for `user`'s own classes: missing subjects and lists to hand over."""
    homerooms = ties_of(user).homerooms
    if not homerooms:
        return []
    found = []
    for owed in owed_lists(homerooms, asked):
        if owed.is_supplement:
            found.append(_supplement(owed))
        else:
            found += _open(owed.home, owed.period, _missing(owed.home, owed.period, asked))
    return found


def owed_lists(homes: Iterable[Homeroom], asked: Asked) -> list[OwedList]:
    """Return the lists of these classes that have not been handed over, or not all of them."""
    of_classes = list(homes)
    over = {period.pk for period in asked.periods if period.ends_on <= clock.today()}
    statuses = _statuses(of_classes, over)
    supplements = (key for key, status in statuses.items() if status == S.SUPPLEMENT)
    came = _last_came(supplements, asked)
    found = []
    for home in of_classes:
        for period in asked.periods_of(home.year_id):
            key = home.class_id, period.pk
            status = statuses.get(key, S.OPEN)
            if period.pk not in over or status == S.HANDED_OVER:
                continue
            if status == S.SUPPLEMENT:
                due_on = _supplement_due_on(period, came.get(key))
                found.append(OwedList(home, period, due_on, is_supplement=True))
            elif asked.owes_list(home.class_id, period):
                found.append(OwedList(home, period, period.list_due_on))
    return found


def _statuses(homerooms: Iterable[Homeroom], periods: Iterable[int]) -> dict[Key, str]:
    rows = ClassList.objects.filter(
        school_class__in=[home.class_id for home in homerooms], period__in=periods
    )
    return {(c, p): status for c, p, status in rows.values_list("school_class", "period", "status")}


def _last_came(supplements: Iterable[Key], asked: Asked) -> dict[Key, datetime]:
    """Return when the last recap of each list came that has more to hand over."""
    keys = set(supplements)
    if not keys:
        return {}
    groups = {one.group_id: one.group for one in asked.assignments}
    sheets = Sheet.objects.filter(
        stands=True,
        recap__status__in=STANDING,
        recap__group__in=groups,
        recap__period__in={period_id for _class, period_id in keys},
    )
    of_group = sheets.values_list("recap__group", "recap__period")
    last = list(of_group.annotate(last=Max("handed_over_at")).order_by())
    periods = {period.pk: period for period in asked.periods}
    came = {
        (class_id, period_id): [
            at
            for group_id, of_period, at in last
            if of_period == period_id
            and asked.concerns(groups[group_id], class_id, periods[period_id])
        ]
        for class_id, period_id in keys
    }
    return {key: max(moments) for key, moments in came.items() if moments}


def _missing(home: Homeroom, period: RecapPeriod, asked: Asked) -> list[str]:
    """Return the names of the subjects that have not handed over their recap."""
    return sorted(
        {
            one.group.label
            for one in asked.of_class(home.class_id, period)
            if asked.status(one.group_id, period.pk) not in STANDING
        }
    )


def _supplement_due_on(period: RecapPeriod, came_at: datetime | None) -> date | None:
    policy = period.semester.policy
    return policy.due(timezone.localdate(came_at), policy.list_days) if came_at else None


def _supplement(owed: OwedList) -> Task:
    return _line(_("Hand over supplement"), owed.home, owed.period, owed.due_on)


def _open(home: Homeroom, period: RecapPeriod, missing: list[str]) -> list[Task]:
    is_late = clock.today() > period.recap_due_on
    lines = []
    if missing and is_late:
        what = ngettext("%(n)d subject missing", "%(n)d subjects missing", len(missing))
        line = _line(what % {"n": len(missing)}, home, period, period.recap_due_on)
        lines.append(replace(line, more=_named(missing), icon="clock", look="late"))
    still = _("%(words)s not in yet") % {"words": _named(missing)}
    more = still if missing and not is_late else ""
    what = _("Hand over class list")
    return [*lines, _line(what, home, period, period.list_due_on, more)]


def _named(missing: list[str]) -> str:
    """Return the first few names, and the number of the others."""
    words = ", ".join(missing[:NAMED])
    more = len(missing) - NAMED
    return words if more <= 0 else _("%(words)s and %(more)d more") % {"words": words, "more": more}


def _line(
    what: str,
    home: Homeroom,
    period: RecapPeriod,
    due_on: date | None,
    more: str = "",
) -> Task:
    return Task(
        what=what,
        url=address("recaps:class_list", home.class_id, period.pk),
        icon=CLASS_LIST_ACTS.icon("hand_over"),
        look="accent",
        whom=home.name,
        group=str(period),
        more=more,
        due_on=due_on,
        place=PLACE,
    )

"""Class lists that wait for their homeroom teacher."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recaps.models import ClassList, ClassListStatus, Recap
from recaps.models.recap import STANDING
from school import permissions as may
from school.models import RecapPeriod, SchoolClass, Semester, TeachingAssignment
from school.tasks import Task, about, joined
from workflow import clock

PLACE = "class_lists"
NAMED = 3


@dataclass
class Subjects:
    """Of one class: subject → its name, its assignments' days; (subject, period) handed in."""

    taught: list[Any] = field(default_factory=list)
    handed_in: dict[tuple[int, int], Any] = field(default_factory=dict)

    def missing(self, period: RecapPeriod) -> list[str]:
        """Names of the subjects taught in the period whose recap has not come."""
        return sorted(
            {
                name
                for subject, name, starts, ends in self.taught
                if starts <= period.ends_on
                and (ends is None or ends >= period.starts_on)
                and (subject, period.pk) not in self.handed_in
            }
        )

    def last_came_on(self, period: RecapPeriod) -> date | None:
        came = [at for (_subject, pk), at in self.handed_in.items() if pk == period.pk and at]
        return timezone.localdate(max(came)) if came else None


def lists_waiting(user: Any, semester: Semester) -> list[Task]:
    class_ids = may.homeroom_classes(user)
    if not class_ids:
        return []
    classes = SchoolClass.objects.filter(pk__in=class_ids, year=semester.year_id)
    over = semester.periods.filter(ends_on__lte=clock.today()).select_related("semester__policy")
    periods = list(over)
    rows = ClassList.objects.filter(school_class__in=class_ids, period__in=periods)
    statuses = {(c, p): s for c, p, s in rows.values_list("school_class", "period", "status")}
    subjects = _subjects(class_ids, periods)
    found = []
    for school_class in classes:
        for period in periods:
            status = statuses.get((school_class.pk, period.pk), ClassListStatus.OPEN)
            found += _lines(school_class, period, status, subjects[school_class.pk])
    return found


def _subjects(class_ids: frozenset[int], periods: list[RecapPeriod]) -> dict[int, Subjects]:
    found: dict[int, Subjects] = defaultdict(Subjects)
    taught = TeachingAssignment.objects.filter(school_class__in=class_ids)
    for class_id, *row in taught.values_list(
        "school_class", "subject", "subject__name", "starts_on", "ends_on"
    ):
        found[class_id].taught.append(row)
    came = Recap.objects.filter(
        school_class__in=class_ids, period__in=periods, status__in=STANDING, sheets__stands=True
    )
    for class_id, subject, period, at in came.values_list(
        "school_class", "subject", "period", "sheets__handed_over_at"
    ):
        found[class_id].handed_in[subject, period] = at
    return found


def _lines(
    school_class: SchoolClass, period: RecapPeriod, status: str, subjects: Subjects
) -> list[Task]:
    url = reverse("recaps:class_list", args=[school_class.pk, period.pk])
    if status == ClassListStatus.HANDED_OVER:
        return []
    if status == ClassListStatus.SUPPLEMENT:
        came = subjects.last_came_on(period)
        due = came + timedelta(days=period.semester.policy.list_days) if came else None
        what = _("Hand over the supplement")
        return [_line(about(what, school_class.name), url, str(period), due)]
    missing = subjects.missing(period)
    is_late = clock.today() > period.recap_due_on
    lines = []
    if missing and is_late:
        what = ngettext("%(n)d subject is missing", "%(n)d subjects are missing", len(missing))
        title = about(what % {"n": len(missing)}, school_class.name)
        sub = joined(str(period), _named(missing))
        lines.append(_line(title, url, sub, period.recap_due_on, icon="clock", kind="late"))
    title = about(_("Hand over the class list"), school_class.name)
    still = _("without %(words)s so far") % {"words": _named(missing)}
    sub = joined(str(period), still) if missing and not is_late else str(period)
    return [*lines, _line(title, url, sub, period.list_due_on)]


def _named(missing: list[str]) -> str:
    """The first few names; the rest as a number."""
    words = ", ".join(missing[:NAMED])
    more = len(missing) - NAMED
    return words if more <= 0 else _("%(words)s and %(more)d more") % {"words": words, "more": more}


def _line(
    title: str,
    url: str,
    sub: str,
    due_on: date | None,
    *,
    icon: str = "clipboard-check",
    kind: str = "accent",
) -> Task:
    return Task(title, url, icon, kind, sub, due_on, place=PLACE)

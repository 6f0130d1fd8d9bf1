"""Class lists that wait for their homeroom teacher."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recaps.acts import CLASS_LIST_ACTS
from recaps.models import ClassList, ClassListStatus
from recaps.models.subjects import SubjectsOfList, subjects_of_lists
from school.models import RecapPeriod, SchoolClass, Semester, User
from school.tasks import Task, about, joined
from school.ties import ties_of
from workflow import clock

PLACE = "class_lists"
NAMED = 3


def lists_waiting(user: User, semester: Semester) -> list[Task]:
    class_ids = ties_of(user).own_classes
    if not class_ids:
        return []
    classes = SchoolClass.objects.filter(pk__in=class_ids, year=semester.year_id)
    over = semester.periods.filter(ends_on__lte=clock.today()).select_related("semester__policy")
    periods = list(over)
    rows = ClassList.objects.filter(school_class__in=class_ids, period__in=periods)
    statuses = {(c, p): s for c, p, s in rows.values_list("school_class", "period", "status")}
    subjects = subjects_of_lists(class_ids, periods)
    found = []
    for school_class in classes:
        for period in periods:
            status = statuses.get((school_class.pk, period.pk), ClassListStatus.OPEN)
            found += _lines(school_class, period, status, subjects[school_class.pk, period.pk])
    return found


def _lines(
    school_class: SchoolClass, period: RecapPeriod, status: str, subjects: SubjectsOfList
) -> list[Task]:
    url = reverse("recaps:class_list", args=[school_class.pk, period.pk])
    if status == ClassListStatus.HANDED_OVER:
        return []
    if status == ClassListStatus.SUPPLEMENT:
        came = subjects.last_came_at and timezone.localdate(subjects.last_came_at)
        due = came + timedelta(days=period.semester.policy.list_days) if came else None
        what = _("Hand over the supplement")
        return [_line(about(what, school_class.name), url, str(period), due)]
    missing = [line.subject.name for line in subjects.missing]
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
    """Return the first few names, and the rest as a number."""
    words = ", ".join(missing[:NAMED])
    more = len(missing) - NAMED
    return words if more <= 0 else _("%(words)s and %(more)d more") % {"words": words, "more": more}


def _line(
    title: str,
    url: str,
    sub: str,
    due_on: date | None,
    *,
    icon: str = CLASS_LIST_ACTS.icon("hand_over"),
    kind: str = "accent",
) -> Task:
    return Task(title, url, icon, kind, sub, due_on, place=PLACE)

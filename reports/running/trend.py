"""The trend of a semester: cases opened, resolved, and open, by recap period.

It rests on days alone, not on how a case stands now: the numbers of a period that is over change
only with what is said to have happened in it. False alarms count nowhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import Case, CaseStatus
from cases.step_kinds.review import that_stand
from cases.workflow.case import OPENED_AGAIN
from reports.charts import Chart, Series
from reports.comparison import Opened, opened_in
from reports.graphs import ACCENT, GREY, months_of
from school import wording
from school.models import RecapPeriod, Semester
from workflow import clock
from workflow.models import ActionEntry

FIRST = date.min


@dataclass(frozen=True)
class Part:
    """The days up to `last` that come after the part before it."""

    label: str
    last: date


class Span(NamedTuple):
    """The days on which a case was open; it is not at the end of the last one."""

    first: date
    last: date | None
    is_resolved: bool = False


@dataclass(frozen=True)
class Course:
    """The days of a case: from when it was open until when, each time."""

    opened_on: date
    spans: Sequence[Span]

    def by(self, day: date) -> Span | None:
        """Return the last span that began by a day."""
        return next((span for span in reversed(self.spans) if span.first <= day), None)

    def is_open_on(self, day: date) -> bool:
        """Return whether it is open at the end of a day."""
        span = self.by(day)
        return span is not None and (span.last is None or span.last > day)

    def is_resolved_in(self, before: date, day: date) -> bool:
        """Return whether it stands resolved at the end of a day, since after the day `before`."""
        span = self.by(day)
        if span is None or span.last is None or not span.is_resolved:
            return False
        return before < span.last <= day


@dataclass(frozen=True)
class Figures:
    label: str
    opened: int
    resolved: int
    open: int
    """Cases that are open at the end of the part, or today."""


def trend_of(semester: Semester) -> list[Figures]:
    """Return the figures of each recap period that has begun; of each month, if it has none."""
    courses = _courses(opened_in([semester]))
    parts = _parts(semester, courses)
    return [
        Figures(
            part.label,
            sum(before < course.opened_on <= part.last for course in courses),
            sum(course.is_resolved_in(before, part.last) for course in courses),
            sum(course.is_open_on(part.last) for course in courses),
        )
        for before, part in zip([FIRST, *(part.last for part in parts)], parts, strict=False)
    ]


def chart_of(figures: Sequence[Figures]) -> Chart:
    series = [
        Series(pgettext("trend", "Opened"), GREY, [one.opened for one in figures]),
        Series(pgettext("trend", "Resolved"), "done", [one.resolved for one in figures]),
        Series(pgettext("trend", "Open at the end"), ACCENT, [one.open for one in figures]),
    ]
    labels = [one.label for one in figures]
    return Chart("graph-trend", _("Cases by period"), labels, series, _("Period"))


def _parts(semester: Semester, courses: Iterable[Course]) -> list[Part]:
    """Return the parts that have begun, the last of them up to today.

    What lies before the first one or between two belongs to the later one.
    """
    today = clock.today()
    begun = RecapPeriod.objects.filter(semester=semester, starts_on__lte=today)
    ends = list(begun.order_by("starts_on").values_list("ends_on", flat=True))
    if not ends:
        months = months_of(semester, None)
        ends = [after - timedelta(days=1) for _first, after in pairwise(months)]
        ends += [min(semester.ends_on, today)]
    parts = [Part(wording.short_month(end), min(end, today)) for end in ends]
    last = parts[-1].last
    goes_on = last < today <= semester.ends_on
    if goes_on or any(_has_days_after(course, last) for course in courses):
        parts.append(Part(_("Afterwards"), today))
    return parts


def _has_days_after(course: Course, day: date) -> bool:
    return course.opened_on > day or any(
        span.is_resolved and span.last and span.last > day for span in course.spans
    )


def _courses(cases: Iterable[Opened]) -> list[Course]:
    known = list(cases)
    again = _acts_of_reopened([case.semester for case in known])
    return [_course(case, again.get(case.pk, ())) for case in known]


def _acts_of_reopened(semesters: Iterable[int]) -> dict[int, list[ActionEntry]]:
    """Return case id → the acts that stand, of the cases that were opened again."""
    of_cases = ActionEntry.objects.filter(
        kind="cases.case",
        object_id__in=Case.objects.filter(semester__in=set(semesters)).values("pk"),
    )
    again = of_cases.filter(action__in=OPENED_AGAIN).values("object_id")
    found: dict[int, list[ActionEntry]] = defaultdict(list)
    for entry in of_cases.filter(object_id__in=again).order_by("pk"):
        found[entry.object_id].append(entry)
    return {case_id: that_stand(entries) for case_id, entries in found.items()}


def _course(case: Opened, acts: Iterable[ActionEntry]) -> Course:
    """Return the days of a case; without acts it was open from its first day to its last."""
    opened_on = clock.day_of(case.opened_at)
    since: date | None = opened_on
    spans: list[Span] = []
    for act in acts:
        day = clock.day_of(act.happened_at)
        if act.action in OPENED_AGAIN:
            since = day
        elif act.target != CaseStatus.OPEN and since:
            spans.append(Span(since, day, act.target == CaseStatus.RESOLVED))
            since = None
    if since:
        ended_on = clock.day_of(case.ended_at) if case.ended_at else None
        spans.append(Span(since, ended_on, case.status == CaseStatus.RESOLVED))
    return Course(opened_on, spans)

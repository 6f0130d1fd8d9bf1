"""The lists of a semester: those of the person's own class, and those handed over to BK."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Count, Q, QuerySet

from recaps.models import Choice, ClassList, ClassListStatus, Decision, HandOver
from recaps.models.class_list import DecisionStatus, went_last
from recaps.models.figures import Figures
from recaps.models.indicators import figures_in_periods
from recaps.models.subjects import SubjectsOfList, subjects_of_lists
from recaps.permissions import reads_as_handed_over
from recaps.workflow.class_list import needs_decision
from school.models import Enrolment, RecapPeriod, SchoolClass, Semester, User
from workflow import clock

Shown = TypeVar("Shown", bound=Iterable[ClassList])
"""A page of lists, or all of them."""


@dataclass(frozen=True)
class ListLine:
    """A class and period, with the state of its list."""

    class_list: ClassList
    is_owed: bool
    subjects_in: int
    subjects: int
    undecided: int
    referred: int

    @property
    def is_handed_over(self) -> bool:
        return self.class_list.status == ClassListStatus.HANDED_OVER

    @property
    def is_supplement(self) -> bool:
        return self.class_list.status == ClassListStatus.SUPPLEMENT


def lines_of(class_ids: Iterable[int], semester: Semester) -> list[ListLine]:
    """Return their lists in the periods that have begun, newest first; seven queries a class."""
    classes = list(SchoolClass.objects.filter(pk__in=class_ids, year=semester.year_id))
    periods = list(
        RecapPeriod.objects.filter(semester=semester, starts_on__lte=clock.today()).order_by(
            "-starts_on"
        )
    )
    for period in periods:
        period.semester = semester
    found = [line for one in classes for line in _lines(one, periods, semester)]
    return sorted(found, key=lambda line: line.class_list.period.starts_on, reverse=True)


def _lines(of_class: SchoolClass, periods: list[RecapPeriod], semester: Semester) -> list[ListLine]:
    lists = _lists(of_class, periods)
    decisions = _standing(lists)
    figures = figures_in_periods(of_class.pk, semester)
    enrolled = list(Enrolment.objects.filter(school_class=of_class))
    subjects = subjects_of_lists([of_class.pk], periods)
    lines = []
    for period in periods:
        found = lists.get(period.pk) or ClassList(school_class=of_class, period=period)
        listed = _listed(enrolled, period)
        shown = {pk: now for pk, now in figures.get(period.pk, {}).items() if pk in listed}
        lines.append(
            _line(found, subjects[of_class.pk, period.pk], decisions.get(period.pk, {}), shown)
        )
    return lines


def _line(
    class_list: ClassList,
    subjects: SubjectsOfList,
    decided: dict[int, Decision],
    shown: dict[int, Figures],
) -> ListLine:
    return ListLine(
        class_list=class_list,
        is_owed=subjects.is_owed,
        subjects_in=len(subjects.came),
        subjects=len(subjects.lines),
        undecided=_undecided(class_list, decided, shown),
        referred=sum(
            decision.choice == Choice.REFER and decision.handed_over_at is not None
            for decision in decided.values()
        ),
    )


def handed_over_to(user: User, semester: Semester | None) -> QuerySet[ClassList]:
    """Return the lists of a semester that have come to `user`, with `referred`; newest first."""
    referred = Q(went_last("decisions__"), decisions__choice=Choice.REFER)
    return (
        ClassList.objects.visible_to(user)
        .filter(period__semester=semester, handed_over_at__isnull=False)
        .select_related("school_class", "period", "handed_over_by")
        .annotated(referred=Count("decisions", filter=referred))
        .order_by("-happened_at", "-pk")
    )


def show_as_read_by(user: User, lists: Shown) -> Shown:
    """Show the lists that `user` handed over as homeroom teacher of former days as they were then.

    Two queries if there are such lists.
    """
    former = {row.pk: row for row in lists if reads_as_handed_over(user, row)}
    if former:
        own = HandOver.objects.filter(class_list__in=former, by=user).select_related("by")
        last = {one.class_list_id: one for one in own.order_by("at")}
        referred = _referred({pk: one.at for pk, one in last.items()})
        for pk, one in last.items():
            former[pk].show_as(one)
            former[pk].referred = referred[pk]
    return lists


def _referred(moments: dict[int, datetime]) -> dict[int, int]:
    """Return list id → how many were referred when it was handed over at its moment."""
    went = Decision.objects.filter(class_list__in=moments, handed_over_at__isnull=False)
    rows = went.exclude(status=DecisionStatus.TAKEN_BACK).order_by("pk")
    last: dict[int, dict[int, str]] = {pk: {} for pk in moments}
    for pk, student, choice, at in rows.values_list(
        "class_list", "student", "choice", "handed_over_at"
    ):
        if at and at <= moments[pk]:
            last[pk][student] = choice
    return {pk: list(chosen.values()).count(Choice.REFER) for pk, chosen in last.items()}


def _undecided(
    class_list: ClassList, decided: dict[int, Decision], figures: dict[int, Figures]
) -> int:
    if class_list.status == ClassListStatus.HANDED_OVER:
        return 0
    return sum(
        shown.any and needs_decision(class_list, decided.get(student_id), shown)
        for student_id, shown in figures.items()
    )


def _lists(of_class: SchoolClass, periods: list[RecapPeriod]) -> dict[int, ClassList]:
    by_period = {period.pk: period for period in periods}
    found = {}
    for class_list in ClassList.objects.filter(school_class=of_class, period__in=periods):
        class_list.school_class = of_class
        class_list.period = by_period[class_list.period_id]
        found[class_list.period_id] = class_list
    return found


def _standing(lists: dict[int, ClassList]) -> dict[int, dict[int, Decision]]:
    periods = {class_list.pk: period for period, class_list in lists.items()}
    found: dict[int, dict[int, Decision]] = {}
    for decision in Decision.objects.standing().filter(class_list__in=periods):
        found.setdefault(periods[decision.class_list_id], {})[decision.student_id] = decision
    return found


def _listed(enrolled: list[Enrolment], period: RecapPeriod) -> set[int]:
    """Return ids of the students who were in the class on a day of the period."""
    return {held.student_id for held in enrolled if held.overlaps(period.starts_on, period.ends_on)}

"""The lists of a semester: those of the person's own class, and those handed over to BK."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from recaps.models import Choice, ClassList, ClassListStatus, Decision
from recaps.models.class_list import went_last
from recaps.models.figures import Figures
from recaps.models.indicators import figures_of_lists
from recaps.models.subjects import Key, SubjectsOfList, subjects_of_lists
from recaps.workflow.class_list import needs_decision
from school.models import Enrolment, RecapPeriod, SchoolClass, Semester, User
from workflow import clock


@dataclass(frozen=True)
class ListLine:
    """A class and period, with the state of its list."""

    class_list: ClassList
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
    """Return their lists in the periods that have begun, newest first; six queries."""
    classes = list(SchoolClass.objects.filter(pk__in=class_ids, year=semester.year_id))
    periods = list(
        RecapPeriod.objects.filter(semester=semester, starts_on__lte=clock.today()).order_by(
            "-starts_on"
        )
    )
    for period in periods:
        period.semester = semester
    lists = _lists(classes, periods)
    decisions = _standing(lists)
    figures = figures_of_lists([c.pk for c in classes], semester)
    enrolled = list(Enrolment.objects.filter(school_class__in=classes))
    subjects = subjects_of_lists([c.pk for c in classes], periods)
    lines = []
    for period in periods:
        for school_class in classes:
            key = (school_class.pk, period.pk)
            found = lists.get(key) or ClassList(school_class=school_class, period=period)
            listed = _listed(enrolled, school_class, period)
            shown = {pk: now for pk, now in figures.get(key, {}).items() if pk in listed}
            lines.append(_line(found, subjects[key], decisions.get(key, {}), shown))
    return lines


def _line(
    class_list: ClassList,
    subjects: SubjectsOfList,
    decided: dict[int, Decision],
    shown: dict[int, Figures],
) -> ListLine:
    return ListLine(
        class_list=class_list,
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
        .annotate(referred=Count("decisions", filter=referred))
        .order_by("-handed_over_at", "-pk")
    )


def _undecided(
    class_list: ClassList, decided: dict[int, Decision], figures: dict[int, Figures]
) -> int:
    if class_list.status == ClassListStatus.HANDED_OVER:
        return 0
    return sum(
        shown.any and needs_decision(class_list, decided.get(student_id), shown)
        for student_id, shown in figures.items()
    )


def _lists(classes: list[SchoolClass], periods: list[RecapPeriod]) -> dict[Key, ClassList]:
    found = ClassList.objects.filter(school_class__in=classes, period__in=periods)
    by_class = {school_class.pk: school_class for school_class in classes}
    by_period = {period.pk: period for period in periods}
    for class_list in found:
        class_list.school_class = by_class[class_list.school_class_id]
        class_list.period = by_period[class_list.period_id]
    return {(row.school_class_id, row.period_id): row for row in found}


def _standing(lists: dict[Key, ClassList]) -> dict[Key, dict[int, Decision]]:
    keys = {class_list.pk: key for key, class_list in lists.items()}
    found: dict[Key, dict[int, Decision]] = {}
    for decision in Decision.objects.standing().filter(class_list__in=keys):
        found.setdefault(keys[decision.class_list_id], {})[decision.student_id] = decision
    return found


def _listed(enrolled: list[Enrolment], school_class: SchoolClass, period: RecapPeriod) -> set[int]:
    """Return ids of the students who were in the class on a day of the period."""
    return {
        held.student_id
        for held in enrolled
        if held.school_class_id == school_class.pk
        and held.overlaps(period.starts_on, period.ends_on)
    }

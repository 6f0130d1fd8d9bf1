"""The evaluations of a semester together: who owes one, which are in, and the joint one."""

from dataclasses import dataclass

from django.db.models import Q

from cases.models import Case
from reports.models import Evaluation, EvaluationStatus
from school.models import SchoolClass, Semester, User


@dataclass(frozen=True)
class Owed:
    """A counselor who had classes or cases in the semester, and their evaluation, if begun."""

    counselor: User
    evaluation: Evaluation | None
    is_shown: bool
    """Whether the reader may open it."""

    @property
    def is_in(self) -> bool:
        found = self.evaluation
        return found is not None and found.status == EvaluationStatus.HANDED_OVER


def counselors_of(semester: Semester) -> "list[User]":
    """Return those who had classes or cases in the semester, or wrote of it, by name."""
    with_classes = SchoolClass.objects.filter(year=semester.year_id).values("counselor")
    with_cases = Case.objects.filter(semester=semester).values("counselor")
    authors = Evaluation.objects.filter(semester=semester).values("author")
    had = Q(pk__in=with_classes) | Q(pk__in=with_cases) | Q(pk__in=authors)
    return list(User.objects.filter(had).order_by("name", "pk"))


def evaluations_of(semester: Semester) -> dict[int | None, Evaluation]:
    """Return author id → evaluation, of which None is the school's; whoever may read them."""
    rows = Evaluation.objects.filter(semester=semester).select_related("author")
    return {row.author_id: row for row in rows}


def owed_in(semester: Semester, found: dict[int | None, Evaluation], reader: User) -> list[Owed]:
    seen = set(Evaluation.objects.visible_to(reader).filter(semester=semester).values_list("pk"))
    return [
        Owed(one, row := found.get(one.pk), row is not None and (row.pk,) in seen)
        for one in counselors_of(semester)
    ]


def handed_over_in(semester: Semester) -> list[Evaluation]:
    """Return those that counselors handed over, whose summaries stand on the joint page."""
    rows = Evaluation.objects.filter(semester=semester, status=EvaluationStatus.HANDED_OVER)
    return list(rows.filter(author__isnull=False).select_related("author").order_by("author__name"))

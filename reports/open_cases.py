"""Open cases by grade, for who reads figures without names."""

from collections import Counter
from dataclasses import dataclass

from cases.case_rows import step_of
from cases.models import Case, CaseStatus
from cases.next_steps import next_steps
from cases.steps import OpenCase
from school.grades import place_of
from school.models import Policy
from workflow import clock


@dataclass(frozen=True)
class GradeLoad:
    """The open cases of a grade and those whose next step is late, as they may be shown."""

    grade: str
    open: str
    late: str


def open_by_grade(policy: Policy) -> list[GradeLoad]:
    """Return a line for each grade that has an open case; small counts are hidden.

    There is no total, from which a hidden count could be told.
    """
    found = Case.objects.filter(status=CaseStatus.OPEN).select_related("semester__policy")
    grade_of: dict[int, str] = {}
    waiting = []
    for case in found.with_class("grade").with_is_here():
        grade_of[case.pk] = case.grade or ""
        waiting.append(case)
    today = clock.today()
    coming = next_steps(map(OpenCase.of, waiting))
    said = ((case.pk, step_of(case, coming.get(case.pk))) for case in waiting)
    late = Counter(
        grade_of[pk] for pk, step in said if step and step.due_on and step.due_on < today
    )
    counts = Counter(grade_of.values())
    return [
        GradeLoad(grade, hidden(counts[grade], policy), hidden(late[grade], policy))
        for grade in sorted(counts, key=place_of)
    ]


def hidden(number: int, policy: Policy) -> str:
    """Return a count as who sees no names may read it: "< 5" for 1 to 4 (`Policy.small_cell`)."""
    return f"< {policy.small_cell}" if 0 < number < policy.small_cell else str(number)

"""Whether a case rests on what the operator did."""

from cases.models import Case
from school.follows import NOTED, WORKED_IN, register
from school.models import Change
from school.models.change import ChangeKind
from school.undone_stays import arrivals
from workflow.errors import Text


def is_noted(change: Change) -> Text:
    """Return why a student who came cannot be taken off again: a case was opened since.

    Without the days at the school the case would count where its student does not.
    """
    students = {days.student for days in arrivals(change)}
    cases = Case.objects.filter(student__in=students, opened_at__gte=change.made_at)
    return NOTED if students and cases.exists() else ""


def year_has_cases(change: Change) -> Text:
    """Return why a year cannot be taken back: cases were opened in it."""
    if change.kind != ChangeKind.NEW_YEAR:
        return ""
    cases = Case.objects.filter(semester__starts_on__gte=change.effective_on)
    return WORKED_IN if cases.exists() else ""


def register_all() -> None:
    register(year_has_cases)
    register(is_noted)

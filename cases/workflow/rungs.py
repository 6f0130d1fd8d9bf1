"""What an act on a step does to the rung of its case."""

from typing import Protocol

from cases import steps
from cases.models import Case, Rung
from school.models import User
from workflow.lifecycle import Effect


class Step(Protocol):
    """Something done in a case, e.g. a contact."""

    case_id: int
    case: Case


def lifts_to(rung: Rung) -> Effect:
    """Return the effect of an act that makes a step: its case stands on `rung` or above."""

    def lift(step: Step, by: User) -> None:
        Case.objects.filter(pk=step.case_id, rung__lt=rung).update(rung=rung)
        step.case.rung = max(step.case.rung, rung)

    return lift


def rung_follows(step: Step, by: User) -> None:
    """Set the case's rung to the highest that its steps show, after one of them stops counting."""
    steps.refresh_rung(step.case)

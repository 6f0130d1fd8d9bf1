"""Home visits as steps of a case; registered when the room is ready."""

from cases import steps
from homevisits.step_kinds.visit import VisitSteps


def register_all() -> None:
    steps.register(VisitSteps())

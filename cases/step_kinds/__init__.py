"""Review, contacts and summonses as steps of a case; registered when the room is ready."""

from cases import steps
from cases.step_kinds.contact import ContactSteps
from cases.step_kinds.review import ReviewSteps
from cases.step_kinds.summons import SummonsSteps


def register_all() -> None:
    for kind in (ReviewSteps(), ContactSteps(), SummonsSteps()):
        steps.register(kind)

"""What review, contacts and summonses tell a case; filled in when the room is ready."""

from cases import steps
from cases.step_kinds.contact import CONTACT_STEPS
from cases.step_kinds.review import REVIEW_STEPS
from cases.step_kinds.summons import SUMMONS_STEPS


def register_all() -> None:
    for kind in (REVIEW_STEPS, CONTACT_STEPS, SUMMONS_STEPS):
        steps.register(kind)

"""What stands beside the ladder of a case; registered when the room is ready."""

from cases import steps
from support.step_kinds.assistance import AssistanceSteps
from support.step_kinds.conference import ConferenceSteps
from support.step_kinds.follow_up import FollowUpSteps
from support.step_kinds.referral import ReferralSteps


def register_all() -> None:
    for kind in (AssistanceSteps(), ConferenceSteps(), FollowUpSteps(), ReferralSteps()):
        steps.register(kind)

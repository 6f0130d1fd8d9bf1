"""What this room adds to a case. Registered when the app is ready."""

from cases import steps
from reports.step_kinds.feedback import FeedbackSteps


def register_all() -> None:
    steps.register(FeedbackSteps())

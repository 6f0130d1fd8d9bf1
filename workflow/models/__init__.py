from workflow.models.log import AccessEntry, ActionEntry, ActionNote, BeforeImage
from workflow.models.submit import IdempotentSubmit
from workflow.models.time import ClockOffset

__all__ = [
    "AccessEntry",
    "ActionEntry",
    "ActionNote",
    "BeforeImage",
    "ClockOffset",
    "IdempotentSubmit",
]

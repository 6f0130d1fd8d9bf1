from workflow.models.log import ActionEntry, ActionNote, BeforeImage, LookEntry
from workflow.models.once import Replay
from workflow.models.time import ClockOffset

__all__ = ["ActionEntry", "ActionNote", "BeforeImage", "ClockOffset", "LookEntry", "Replay"]

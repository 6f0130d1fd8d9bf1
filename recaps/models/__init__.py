from recaps.models.class_list import Choice, ClassList, ClassListStatus, Decision, Knowledge
from recaps.models.recap import Activity, Entry, Recap, RecapStatus, Sheet

__all__ = [
    "Activity",
    "Choice",
    "ClassList",
    "ClassListStatus",
    "Decision",
    "Entry",
    "Knowledge",
    "Recap",
    "RecapStatus",
    "Sheet",
]

from recaps.models.attendance import Absence
from recaps.models.class_list import (
    Choice,
    ClassList,
    ClassListStatus,
    Decision,
    HandOver,
    Knowledge,
)
from recaps.models.google import GoogleFill, KnownColumns, KnownName
from recaps.models.recap import Activity, Entry, Recap, RecapStatus, Sheet

__all__ = [
    "Absence",
    "Activity",
    "Choice",
    "ClassList",
    "ClassListStatus",
    "Decision",
    "Entry",
    "GoogleFill",
    "HandOver",
    "Knowledge",
    "KnownColumns",
    "KnownName",
    "Recap",
    "RecapStatus",
    "Sheet",
]

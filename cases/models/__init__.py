from cases.models.case import Case, CaseStatus, Cause, Outcome, Rung
from cases.models.class_list import Choice, ClassList, ClassListStatus, Decision, Knowledge
from cases.models.contact import Channel, Contact, ContactOutcome, Party
from cases.models.evidence import Evidence, EvidenceSource, Reason, ReviewNote
from cases.models.recap import Activity, Entry, Recap, RecapStatus, Sheet
from cases.models.summons import Summons, SummonsStatus, SummonsVersion

__all__ = [
    "Activity",
    "Case",
    "CaseStatus",
    "Cause",
    "Channel",
    "Choice",
    "ClassList",
    "ClassListStatus",
    "Contact",
    "ContactOutcome",
    "Decision",
    "Entry",
    "Evidence",
    "EvidenceSource",
    "Knowledge",
    "Outcome",
    "Party",
    "Reason",
    "Recap",
    "RecapStatus",
    "ReviewNote",
    "Rung",
    "Sheet",
    "Summons",
    "SummonsStatus",
    "SummonsVersion",
]

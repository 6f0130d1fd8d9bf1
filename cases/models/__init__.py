from cases.models.case import Case, CaseStatus, Cause, Outcome, Rung
from cases.models.contact import BY_NUMBER, FITTING, Channel, Contact, ContactOutcome, Party
from cases.models.evidence import Evidence, EvidenceSource, Reason, ReviewNote
from cases.models.summons import Summons, SummonsStatus, SummonsVersion

__all__ = [
    "BY_NUMBER",
    "FITTING",
    "Case",
    "CaseStatus",
    "Cause",
    "Channel",
    "Contact",
    "ContactOutcome",
    "Evidence",
    "EvidenceSource",
    "Outcome",
    "Party",
    "Reason",
    "ReviewNote",
    "Rung",
    "Summons",
    "SummonsStatus",
    "SummonsVersion",
]

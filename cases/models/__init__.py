from cases.models.case import Case, CaseStatus, Cause, Outcome, Rung
from cases.models.confidential_note import ConfidentialNote, NoteStatus, PassedNote
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
    "ConfidentialNote",
    "Contact",
    "ContactOutcome",
    "Evidence",
    "EvidenceSource",
    "NoteStatus",
    "Outcome",
    "Party",
    "PassedNote",
    "Reason",
    "ReviewNote",
    "Rung",
    "Summons",
    "SummonsStatus",
    "SummonsVersion",
]

from homevisits.models.choices import (
    Basis,
    Met,
    VisitFunction,
    VisitOutcome,
    VisitPurpose,
    VisitState,
    VisitStatus,
)
from homevisits.models.feed import CalendarFeed
from homevisits.models.photo import PHOTO_FILES, Photo, PhotoStatus
from homevisits.models.report import Commitment, ServiceArea, VisitReport
from homevisits.models.signature import SignedPaper, VisitSignature
from homevisits.models.visit import Visit

__all__ = [
    "PHOTO_FILES",
    "Basis",
    "CalendarFeed",
    "Commitment",
    "Met",
    "Photo",
    "PhotoStatus",
    "ServiceArea",
    "SignedPaper",
    "Visit",
    "VisitFunction",
    "VisitOutcome",
    "VisitPurpose",
    "VisitReport",
    "VisitSignature",
    "VisitState",
    "VisitStatus",
]

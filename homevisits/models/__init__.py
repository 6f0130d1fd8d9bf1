from homevisits.models.choices import (
    Basis,
    Met,
    VisitFunction,
    VisitOutcome,
    VisitPurpose,
    VisitState,
    VisitStatus,
)
from homevisits.models.report import Commitment, ServiceArea, VisitReport
from homevisits.models.visit import Visit

__all__ = [
    "Basis",
    "Commitment",
    "Met",
    "ServiceArea",
    "Visit",
    "VisitFunction",
    "VisitOutcome",
    "VisitPurpose",
    "VisitReport",
    "VisitState",
    "VisitStatus",
]

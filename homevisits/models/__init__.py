from homevisits.models.report import Commitment, ServiceArea, VisitReport
from homevisits.models.visit import (
    Basis,
    Met,
    Visit,
    VisitFunction,
    VisitOutcome,
    VisitPurpose,
    VisitState,
    VisitStatus,
)

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

from homevisits.models.report import Commitment, ServiceArea, VisitReport
from homevisits.models.visit import (
    Basis,
    Met,
    Visit,
    VisitFunction,
    VisitOutcome,
    VisitPurpose,
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
    "VisitStatus",
]

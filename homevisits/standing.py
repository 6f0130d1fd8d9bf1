"""Where a visit stands, in colour, icon and word."""

from homevisits.models import Visit, VisitOutcome, VisitState, VisitStatus
from school.standing import Standing

LOOKS = {
    VisitState.TO_RECORD: ("summons", "journal-text"),
    VisitState.TO_SCHEDULE: ("summons", "calendar-plus"),
    VisitState.COMING: ("visit", "calendar3"),
    VisitState.WAITING: ("review", "clock"),
}


def standing_of(visit: Visit, state: str) -> Standing:
    """Return how a visit in `state` is shown; once it is over, what came of it."""
    if state == VisitState.RECORDED:
        look = "done" if visit.outcome == VisitOutcome.MET else "review"
        return Standing(look, "check2-circle", VisitOutcome(visit.outcome).label)
    if state == VisitState.ENDED:
        return Standing("review", "slash-circle", VisitStatus(visit.status).label)
    return Standing(*LOOKS[VisitState(state)], VisitState(state).label)

"""Visits for tests, made by the project's own acts."""

from datetime import timedelta
from typing import Any

from cases.models import Case
from homevisits.models import Visit
from homevisits.workflow import approve, propose, record, save_report, schedule
from school.models import User
from workflow import clock


def proposed_visit(case: Case, by: User, **fields: Any) -> Visit:
    given = {"basis": "ECONOMY", "reason": "Ayah merantau, tidak ada HP"} | fields
    return propose(case, by=by, **given)


def approved_visit(case: Case, by: User, principal: User, **fields: Any) -> Visit:
    visit = proposed_visit(case, by, **fields)
    approve([visit], by=principal)
    return visit


def scheduled_visit(
    case: Case, by: User, principal: User, *, visitors: list[User] | None = None, **fields: Any
) -> Visit:
    """Return a visit that was scheduled for a minute ago."""
    visit = approved_visit(case, by, principal, **fields)
    planned(visit, by, visitors=visitors or [by])
    Visit.objects.filter(pk=visit.pk).update(scheduled_for=clock.now() - timedelta(minutes=1))
    visit.refresh_from_db()
    return visit


def planned_visit(case: Case, by: User, principal: User) -> Visit:
    """Return a visit that is scheduled for a minute from now."""
    return planned(approved_visit(case, by, principal), by)


def planned(visit: Visit, by: User, **fields: Any) -> Visit:
    """Schedule `visit` for a minute from now, and return it."""
    given = {
        "scheduled_for": clock.now() + timedelta(minutes=1),
        "visitors": [by],
        "purposes": ["DATA", "COOPERATION"],
        "functions": ["UNDERSTANDING"],
    } | fields
    schedule(visit, by=by, **given)
    return visit


def urgent_visit(case: Case, by: User) -> Visit:
    """Return an urgent visit, scheduled for tomorrow without approval."""
    visit = proposed_visit(case, by, urgent_reason="Ayah sakit keras")
    return planned(visit, by, scheduled_for=clock.now() + timedelta(days=1))


def recorded_visit(
    case: Case, by: User, principal: User, *, outcome: str = "MET", **fields: Any
) -> Visit:
    visit = scheduled_visit(case, by, principal, **fields)
    met = ["STUDENT", "MOTHER"] if outcome == "MET" else []
    save_report(visit, by=by, values={"outcome": outcome, "met": met}, read_at=0)
    record(visit, by=by)
    return visit

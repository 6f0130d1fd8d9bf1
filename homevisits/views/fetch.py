"""What the pages of one visit begin with."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from homevisits.models import Visit
from homevisits.models.visit import known_cases
from homevisits.workflow import VISIT
from workflow.errors import WrongState
from workflow.lifecycle import failing


def known(visit: Visit) -> Any:
    """Return `visit` with its case, which knows its class, student, counselor and semester."""
    visit.case = known_cases().get(pk=visit.case_id)
    return visit


def refused(request: HttpRequest, visit: Visit, name: str) -> HttpResponse | None:
    """Back to the visit with the reason, where its state or a condition rules `name` out."""
    transition = VISIT[name]
    why = failing(transition.holds, visit)
    if visit.status not in transition.sources:
        why = WrongState().message
    if why is None:
        return None
    messages.error(request, str(why))
    return redirect(visit)

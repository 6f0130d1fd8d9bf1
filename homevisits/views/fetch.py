"""How the views of one visit fetch it."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect

from homevisits.models import Visit
from homevisits.models.visit import known_cases
from homevisits.workflow import VISIT
from workflow.errors import WrongState
from workflow.lifecycle import failing
from workflow.submits import Answer, refused
from workflow.views import acts_on

on_visit = partial(acts_on, Visit, related=("case",))
"""A view on one visit, which it gets in place of its `pk`."""


def known(visit: Visit) -> Visit:
    """Return `visit` with its case, which knows its class, student, counselor and semester."""
    visit.case = known_cases().get(pk=visit.case_id)
    return visit


def ruled_out(request: HttpRequest, visit: Visit, name: str) -> Answer | None:
    """Return a redirect to the visit with the reason if `name` cannot be done to it."""
    transition = VISIT[name]
    why = failing(transition.holds, visit)
    if visit.status not in transition.sources:
        why = WrongState().message
    if why is None:
        return None
    messages.error(request, str(why))
    return refused(redirect(visit))

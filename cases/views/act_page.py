"""The page of an act on a case: what follows from the act, and its form."""

from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import render

from cases.models import Case
from workflow.errors import Text
from workflow.lifecycle import Offer
from workflow.submits import Answer, refused

SHOWN = ("student", "counselor", "semester__year", "semester__policy")
"""Relations that each page of an act shows, fetched with the case."""


def act_page(
    request: HttpRequest,
    case: Case,
    form: BaseForm,
    *,
    title: Text,
    submit: Text,
    offer: Offer | None = None,
    follows: Text = "",
    template: str = "cases/act.html",
    cancel_url: str = "",
    **more: object,
) -> Answer:
    """Draw the page of an act. `follows` says what cannot be undone, an `offer` why it is off."""
    context = {
        "case": case,
        "form": form,
        "title": title,
        "submit": submit,
        "follows": follows,
        "off": offer.reason if offer and not offer.on and not form.is_bound else "",
        "cancel_url": cancel_url or case.get_absolute_url(),
        **more,
    }
    return refused(render(request, template, context))

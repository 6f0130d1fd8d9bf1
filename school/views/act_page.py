"""The page with the form of an act on a record of the operator's desk."""

from django.http import HttpRequest
from django.shortcuts import render

from workflow.submits import Answer, refused


def act_page(
    request: HttpRequest,
    form: object,
    title: str,
    back: str,
    lead: str = "",
    *,
    adds: bool = False,
) -> Answer:
    """Show the form; it leads `back` to a page when it is cancelled.

    One that `adds` a record can be followed by an empty one for the next (`saving.ANOTHER`).
    """
    context = {"form": form, "title": title, "back": back, "lead": lead, "adds": adds}
    return refused(render(request, "school/record_act.html", context))

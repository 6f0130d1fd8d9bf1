"""The slips on which people get their first password."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.shortcuts import render

from school.models import SchoolProfile
from school.second_factor import asked_among
from school.views.record_parts import Link
from school.workflow.accounts import FirstPassword
from workflow import clock
from workflow.submits import Answer, shown_once


def slips(
    request: HttpRequest,
    given: Sequence[FirstPassword],
    then: str,
    left: Sequence[Link] = (),
) -> Answer:
    """Return the answer to a POST that gave first passwords: the page with a slip for each.

    It is the only time that they can be read: sent again, the form leads to the address `then`.
    The page also names those who were chosen and got none, `left`.
    """
    shown = {
        "given": given,
        "left": left,
        "with_second_factor": asked_among(one.user.pk for one in given),
        "school": SchoolProfile.current(),
        "address": request.build_absolute_uri("/"),
        "then": then,
        "today": clock.today(),
    }
    return shown_once(render(request, "school/first_passwords.html", shown), then)

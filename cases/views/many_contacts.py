"""One attempt logged for several cases at once: one chooses the cases, then fills in one form.

case      ids of the chosen cases; without any the page offers all that can be chosen

All or nothing: the page names the cases that cannot have an attempt, and why, before it is sent; if
one more of them cannot have it when it is sent, nothing is logged.
"""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import workflow
from cases.forms.contact import ContactsForm
from cases.models import Case, CaseStatus, Contact
from cases.workflow import CONTACT
from school.models import User
from school.permissions import is_counselor
from workflow.chosen import acts_on_chosen
from workflow.errors import Text, WrongState
from workflow.ids import read_ids
from workflow.lifecycle import offer
from workflow.submits import Answer, done, refused
from workflow.views import say_done, tried

MOST = 60
"""How many cases can have one attempt at once: a village, and more than anybody calls in a day."""


@acts_on_chosen("cases.case", may=is_counselor)
def log_contacts(request: HttpRequest) -> Answer:
    """Log one attempt for all chosen cases that can have it, or for none."""
    asked = read_ids(request.GET.getlist("case"))
    if len(asked) > MOST:
        return _choose(request, [], too_many=asked)
    cases, left_out = _chosen(request, asked)
    if not cases:
        return _choose(request, left_out)
    form = ContactsForm(request.POST or None, cases=cases)
    made: list[Contact] = []
    if form.is_valid() and not (request.POST and left_out):
        given = form.cleaned_data
        if tried(form, lambda: made.extend(workflow.log_contacts(cases, by=request.user, **given))):
            said = ngettext(
                "Attempt logged for %(n)d case.", "Attempt logged for %(n)d cases.", len(made)
            )
            say_done(request, said % {"n": len(made)}, undo_of=made, action="log")
            return done("cases:cases")
    elif request.POST and left_out:
        form.add_error(None, _("Nothing was logged: not all of the chosen cases can have it."))
    context = {"form": form, "cases": cases, "left_out": left_out}
    return refused(render(request, "cases/contacts.html", context))


def _chosen(
    request: HttpRequest, asked: Sequence[int]
) -> tuple[list[Case], list[tuple[Case, Text]]]:
    """Return the chosen cases that can have an attempt, and the others with the reason."""
    rows = Case.objects.handled_by(request.user).with_class("class_name")
    cases: list[Case] = []
    left_out: list[tuple[Case, Text]] = []
    known = rows.select_related("student", "semester__policy")
    found_cases = list(known.filter(pk__in=asked).order_by("pk"))
    if request.method == "POST" and len(found_cases) < len(asked):
        raise WrongState
    for case in found_cases:
        found = offer(CONTACT["log"], request.user, case)
        if found.on:
            cases.append(case)
        else:
            left_out.append((case, found.reason))
    return cases, left_out


def _choose(
    request: HttpRequest, left_out: list[tuple[Case, Text]], too_many: Sequence[int] = ()
) -> Answer:
    """Offer the open cases by village, so that neighbours and siblings stand together.

    Of `too_many` that were chosen all stay so, with how many can be.
    """
    rows = list(_open_cases(request.user))
    villages = [
        (village, list(of_village))
        for village, of_village in groupby(rows, key=attrgetter("student.village"))
    ]
    context = {
        "villages": villages,
        "n": len(rows),
        "left_out": left_out,
        "too_many": too_many,
        "most": MOST,
    }
    return refused(render(request, "cases/contacts_choose.html", context))


def _open_cases(user: User) -> list[Case]:
    found = Case.objects.handled_by(user).filter(status=CaseStatus.OPEN, semester__frozen_at=None)
    shown = found.with_class("class_name").select_related("student")
    return list(shown.order_by("student__village", "student__street", "student__name", "pk"))

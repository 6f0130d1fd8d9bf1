"""The operator's pages on which a person gets an office, and on which one ends."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from school.forms.office import EndOfficeForm, OfficeForm
from school.models import OfficeHolding, User
from school.roles import OFFICES
from school.views.for_operator import for_operator
from school.views.record_parts import Link
from school.views.remaining import links_of
from school.workflow import office_request
from school.workflow.offices import end_office, give_office
from workflow import clock
from workflow.errors import NotNow
from workflow.submits import Answer, done, refused
from workflow.views import say_done, tried


@for_operator("GET", "POST")
def give(request: HttpRequest, pk: int) -> Answer:
    """Give a person an office, or ask for the yes that it needs."""
    person = get_object_or_404(User, pk=pk)
    form = OfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = _("Asked. It takes effect with the yes of the coordinator or the principal.")
        if tried(form, lambda: _give(form, request, person)):
            say_done(request, asked if form.needs_yes else _("Saved."))
            return done("school:person", pk)
    return refused(
        _page(request, form, person, _("Give a role"), submit=_("Save or make the request"))
    )


def _give(form: OfficeForm, request: HttpRequest, person: User) -> None:
    wish = form.wish
    if person.pk == request.user.pk:
        raise NotNow(_("You cannot do this to your own account. Ask another operator."))
    if form.needs_yes:
        reason = form.cleaned_data["reason"]
        office_request.ask(person, wish, by=request.user, reason=reason)
        return
    give_office(
        person,
        OFFICES[wish.office],
        by=request.user,
        starts_on=wish.starts_on,
        ends_on=wish.ends_on,
        acting=wish.acting,
    )


@for_operator("GET", "POST")
def end(request: HttpRequest, pk: int) -> Answer:
    """End an office on a day, or take back one that has not begun."""
    holdings = OfficeHolding.objects.from_today().select_related("user")
    holding = get_object_or_404(holdings, pk=pk)
    form = EndOfficeForm(request.POST if request.method == "POST" else None, holding=holding)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data.get("last_day", clock.today())
        if tried(form, lambda: end_office(holding, last_day=day, by=request.user)):
            say_done(request, _("Saved."))
            return done("school:person", holding.user_id)
    title = _("End: %(office)s") % {"office": holding.title}
    return refused(_page(request, form, holding.user, title, remains=links_of([holding.user])))


def _page(
    request: HttpRequest,
    form: object,
    person: User,
    title: str,
    *,
    remains: Sequence[Link] = (),
    submit: str = "",
) -> HttpResponse:
    context = {
        "submit": submit,
        "remains": remains,
        "form": form,
        "person": person,
        "title": title,
        "person_url": reverse("school:person", args=[person.pk]),
    }
    return render(request, "school/office.html", context)

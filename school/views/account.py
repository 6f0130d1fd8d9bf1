from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from school.forms.account import AddressForm
from school.models import User
from school.permissions import may_be_visitor
from school.second_factor import second_factor_of
from workflow.submits import Answer, done, refused
from workflow.views import say_done, submit


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show the person's name and offices, the language, and the ways to password and sign-out."""
    return _page(request, AddressForm(instance=request.user))


@require_POST
def form_of_address(request: HttpRequest) -> HttpResponse:
    """Save how others call the person."""
    return submit(request, lambda: _called(request))


def _called(request: HttpRequest) -> Answer:
    person = User.objects.get(pk=request.user.pk)
    form = AddressForm(request.POST, instance=person)
    if not form.is_valid():
        return refused(_page(request, form))
    person.save(update_fields=["goes_by"])
    say_done(request, _("Saved."))
    return done("school:account")


def _page(request: HttpRequest, form: AddressForm) -> HttpResponse:
    shown = {
        "form": form,
        "second_factor": second_factor_of(request.user),
        "goes_on_visits": may_be_visitor(request.user),
    }
    return render(request, "school/account.html", shown)

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from school.models.users import Office


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, in which language, and the way out."""
    offices = [office.label for office in Office if office in request.user.offices]
    return render(request, "school/account.html", {"offices": offices})

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show the person's name and offices, the language, and the way to sign out."""
    return render(request, "school/account.html")

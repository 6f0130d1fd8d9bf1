"""The language switch, which is on every page, also on the sign-in page."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from workflow.views import back


@login_not_required  # the page for signing in has the switch as well
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Save the chosen language for the user, or in a cookie if nobody is signed in."""
    response = redirect(back(request))
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        get_user_model().objects.filter(pk=request.user.pk).update(language=language)
    else:
        keep_in_cookie(response, language)
    return response


def keep_in_cookie(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )

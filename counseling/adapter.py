"""Where signing in differs from what allauth does by default."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from counseling.middleware import stamp_session
from workflow import run, submits


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, and drop data that is kept for a day only."""
        super().login(request, user)
        stamp_session(request)
        submits.forget_old()
        run.forget_old()

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        messages.error(request, _("This account is disabled. Please ask the school's operator."))
        return redirect("account_login")

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """Answer 429 when allauth would show the form again."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise ImmediateHttpResponse(respond_429(request)) from error

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: object) -> str:
        """Return only the username. Allauth adds the host name, which an attacker can vary."""
        return str(credentials.get("username", "")).lower()

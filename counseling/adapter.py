"""Where signing in differs from what allauth does by default."""

import time
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counseling.demo.roster import PASSWORD as DEMO_PASSWORD
from counseling.first_steps import stamp_second_factor
from counseling.middleware import stamp_session
from counseling.signed_in import record_session
from recaps.workflow import google
from school.confirmation import only_by_password
from school.models import SchoolProfile, User
from school.second_factor import sets_up_the_first
from school.workflow import changes, imports
from workflow import run, submits

LEFT_TO_GUESS = 6
"""So many signs a password has, at least, beside what colleagues know of its person."""


PROVED_FOR = timedelta(minutes=5).total_seconds()
"""For so long after signing in nobody is asked again who they are, to set up a second step."""
FIRST_STEP_OF = "first_step_of"
"""The key of a session in which a sign-in waits for its second step."""

WAYS = {
    "reauthenticate": gettext_lazy("Use the password"),
    "mfa_reauthenticate": gettext_lazy("Use a code"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": gettext_lazy(
            "Too many attempts. Wait five minutes, then try again."
        ),
        "rate_limited": gettext_lazy("Too many attempts. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse | None:
        """Keep whom the password let in, for a second step that may come minutes later."""
        request.session[FIRST_STEP_OF] = user.get_session_auth_hash()
        return super().pre_login(request, user, **kwargs)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, and drop data that is no longer needed, of most kinds after a day."""
        super().login(request, user)
        request.session.pop(FIRST_STEP_OF, None)
        stamp_session(request)
        stamp_second_factor(request)
        record_session(request)
        for kept in (submits, run, changes, imports, google):
            kept.forget_old()

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again who sits there, unless they have just signed in to set up a second step.

        Signing in does not count for one that was set up before: on a screen left open, somebody
        else would read its backup codes, and with one of these all that asks to confirm.
        """
        signed_in_at = self.request.session.get("signed_in_at", 0)
        is_fresh = time.time() - signed_in_at < PROVED_FOR
        if is_fresh and sets_up_the_first(self.request.user, since=signed_in_at):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """Return the ways in which the person can confirm that it is they, in our words."""
        ways = super().get_reauthentication_methods(user)
        if only_by_password(self.request):
            ways = [way for way in ways if way["id"] == "reauthenticate"]
        return [way | {"description": WAYS[way["id"]]} for way in ways]

    def set_password(self, user: User, password: str) -> None:
        """Set the password that the person chose, who then knows it alone."""
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        is_first = "oldpassword" not in request.POST
        return resolve_url("home" if is_first else "school:account")

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        messages.error(request, _("This account is disabled. Ask the school's operator."))
        return redirect("account_login")

    def authenticate(self, request: HttpRequest, **credentials: object) -> AbstractBaseUser | None:
        """Return who has this password; outside the demo nobody has the demo's public one."""
        user = super().authenticate(request, **credentials)
        return None if opens_nothing(credentials.get("password")) else user

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """Return a new password that is good enough, and that opens something."""
        if opens_nothing(password):
            raise ValidationError(_("Everybody knows this password: it is the demo school's."))
        if isinstance(user, User) and says_little_but_who(password, user):
            raise ValidationError(_("This password is too common."))
        return str(super().clean_password(password, user))

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """Count an attempt, and answer 429 when allauth would show the form again.

        In one transaction: allauth writes six rows, and waits a second at most for each.
        """
        try:
            with transaction.atomic():
                super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise ImmediateHttpResponse(respond_429(request)) from error

    def _rollback_login_failed_rl_usage(self) -> None:
        with transaction.atomic():
            super()._rollback_login_failed_rl_usage()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: object) -> str:
        """Return only the username. Allauth adds the host name, which an attacker can vary."""
        return str(credentials.get("username", "")).lower()


def still_holds(request: HttpRequest, user: AbstractBaseUser | None) -> bool:
    """Return whether the account is as it was when its password was typed in this browser.

    It is not after another password, a disabling, or the reset of a second factor.
    """
    first = request.session.get(FIRST_STEP_OF, "")
    return bool(
        user and user.is_active and constant_time_compare(first, user.get_session_auth_hash())
    )


def opens_nothing(password: object) -> bool:
    """Return whether it is the public password of the demo, outside the demo school."""
    return password == DEMO_PASSWORD and not SchoolProfile.current().is_demo


def says_little_but_who(password: str, user: User) -> bool:
    """Return whether hardly more is in it than the person's user name, name, NIP and phone."""
    known = {user.username, *user.name.split(), user.nip, user.phone.removeprefix("62")} - {""}
    rest = password.casefold()
    for word in sorted(known, key=len, reverse=True):
        rest = rest.replace(word.casefold(), "")
    return len(rest) < LEFT_TO_GUESS

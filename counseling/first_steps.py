"""What a person must do after signing in, before anything else opens to them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from counseling.middleware import WaitingEditMiddleware
from school.second_factor import is_asked_of, second_factor_of
from workflow.submits import is_from_script

ALWAYS_OPEN = frozenset(
    {
        *("account_login", "account_logout", "mfa_authenticate", "mfa_login_webauthn"),
        *("set_language", "service_worker", "offline", "homevisits:feed_file"),
        *("reports:feedback", "reports:feedback_thanks"),
    }
)
"""What is open to everybody, signed in or not."""
NOT_YET = 401

SECOND_FACTOR = "second_factor"
SETTLED, NOT_ASKED, MISSING = "settled", "not asked", "missing"
"""What a session says under that key."""
STANDS = {SETTLED: True, NOT_ASKED: False}
"""What it says while nothing is missing → whether a second factor is asked of the person."""


@dataclass(frozen=True)
class Step:
    page: str
    """URL name of the page to which the person is led."""
    pages: frozenset[str]
    """URL names that are open meanwhile."""
    waits: Callable[[HttpRequest], bool]
    """Whether it waits for the signed-in person. It asks the database nothing on usual pages."""


def has_foreign_password(request: HttpRequest) -> bool:
    """Return whether somebody else knows the person's password, who made it."""
    return bool(request.user.must_change_password)


def lacks_second_factor(request: HttpRequest) -> bool:
    """Return whether the person's office signs in with two steps, and they have set up none.

    It is in the session since they signed in. The table of the factors is read again only while
    one is missing, and for whoever got or lost such an office since: while none is asked of them
    they may remove theirs.
    """
    stamp = request.session.get(SECOND_FACTOR)
    if stamp is None or (stamp in STANDS and is_asked_of(request.user) == STANDS[stamp]):
        return False
    return stamp_second_factor(request) == MISSING


def stamp_second_factor(request: HttpRequest) -> str:
    """Keep in the session, and return, how it stands with the person's second factor."""
    has = second_factor_of(request.user)
    stamp = MISSING if has.is_missing else SETTLED if has.is_asked else NOT_ASKED
    request.session[SECOND_FACTOR] = stamp
    return stamp


PASSWORD = Step(
    "account_change_password", frozenset({"account_change_password"}), has_foreign_password
)
SET_UP = Step(
    "mfa_index",
    frozenset({"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}),
    lacks_second_factor,
)
FIRST_STEPS = (PASSWORD, SET_UP)
"""In this order, one after the other."""


def first_step(request: HttpRequest) -> Step | None:
    """Return what the person must do now; None if everything is open to them, or nothing is."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return next((step for step in FIRST_STEPS if step.waits(request)), None)


def layout(request: HttpRequest) -> str:
    """Return the template of a page of the account: one without a menu until all opens."""
    return "door.html" if first_step(request) else "base.html"


class FirstStepsMiddleware:
    """Leads people to what they must do first, from every page that is not a part of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in ALWAYS_OPEN:
            return None
        step = first_step(request)
        if step is None or name in step.pages:
            return None
        if is_from_script(request) or WaitingEditMiddleware.HEADER in request.headers:
            return JsonResponse({"error": _("Sign in again to send this.")}, status=NOT_YET)
        return redirect(step.page)

"""Whether a person has confirmed lately that it is still they who sit there.

By password, code or passkey, as allauth asks again (`account_reauthenticate`). Signing in does not
count: what asks for this is not to be read on a screen that was left open.
"""

import time
from datetime import timedelta
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from school.second_factor import sets_up_the_first

BY_PASSWORD = "password"  # noqa: S105  (the name of a way)
OTHERWISE = "otherwise"
CONFIRMED_FOR = timedelta(minutes=10).total_seconds()


def has_confirmed(request: HttpRequest) -> bool:
    """Return whether they did within the last ten minutes, in real time.

    With a second step that was set up since signing in, without being asked, only the password
    does: whoever finds the screen open could have set it up.
    """
    now = time.time()
    ways = {
        one["method"]
        for one in get_authentication_records(request, request.user)
        if one.get("reauthenticated") and 0 <= now - one["at"] < CONFIRMED_FOR
    }
    return BY_PASSWORD in ways or (bool(ways) and not only_by_password(request))


def only_by_password(request: HttpRequest) -> bool:
    """Return whether the only second step that they have was set up since they signed in."""
    since = request.session.get("signed_in_at", time.time())
    return sets_up_the_first(request.user, since=since)


def confirm_first(request: HttpRequest, *, otherwise: str) -> HttpResponse:
    """Lead to the page that asks who sits there, and from there back to this one.

    Who does not confirm goes to the address `otherwise`.
    """
    back = urlencode({"next": request.get_full_path(), OTHERWISE: otherwise})
    return redirect(f"{reverse('account_reauthenticate')}?{back}")


def otherwise_of(request: HttpRequest) -> str:
    """Return where one goes on without confirming: a page of the app, else the account."""
    asked = request.GET.get(OTHERWISE, "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else reverse("school:account")

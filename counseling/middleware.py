"""The end of sessions, the language, the length of bodies, waiting edits, and caching."""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from school.models import User
from school.roles import COORDINATOR, COUNSELOR, OPERATOR
from workflow.bodies import longest_body
from workflow.views import STATUSES

GetResponse = Callable[[HttpRequest], HttpResponse]
Session = Mapping[str, Any] | SessionBase

# Offices that see much about many students, whose screen may stay open in the staff room.
ENDS_WHEN_IDLE = (COUNSELOR, COORDINATOR, OPERATOR)
LONGEST_IDLE = timedelta(minutes=30).total_seconds()
TOO_LONG = 413
WRITTEN_EVERY = timedelta(minutes=1).total_seconds()


class SessionEndMiddleware:
    """Signs out after 12 hours; without a request for 30 minutes, counselors and operators, and
    everybody on a device that they did not call their own.

    Both are counted from the stamps that signing in leaves (`stamp_session`), in real time.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and "seen_at" in request.session:
            keep_or_end_session(request)
        return self.get_response(request)


class LanguageMiddleware:
    """Answers in the user's language, else the cookie's, else Indonesian.

    Django's LocaleMiddleware is not used, since it follows the browser's language: in Indonesian
    schools most browsers ask for English without their owner knowing it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response


class BodyLimitMiddleware:
    """Refuses a body that is longer than its view takes (workflow/bodies.py), before reading it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        if content_length(request) > longest_body(request.path_info, has_session=known):
            return render(request, "errors/413.html", status=TOO_LONG)
        return self.get_response(request)


class WaitingEditMiddleware:
    """Answers an edit that waited in a browser (static/js/queue.js) so that the script understands.

    An edit is accepted only from the person who typed it: if they are not signed in, or somebody
    else is, the answer is 401 and the edit goes on waiting. Refusals of a view are sent as JSON.
    """

    HEADER = "X-For-User"

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        typed_by = request.headers.get(self.HEADER)
        if typed_by is not None and typed_by != str(request.user.pk):
            return JsonResponse({"error": _("Sign in again to send this.")}, status=401)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if self.HEADER not in request.headers:
            return None
        for kind, status in STATUSES.items():
            if isinstance(error, kind):
                gone = _("Not saved: you can no longer change this.")
                text = gone if kind is Http404 else str(error) or gone
                return JsonResponse({"error": text}, status=status)
        return None


class NoStoreMiddleware:
    """Keeps pages of signed-in people out of every cache, also the browser's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
        return response


def stamp_session(request: HttpRequest) -> None:
    request.session["signed_in_at"] = request.session["seen_at"] = time.time()


def keep_or_end_session(request: HttpRequest) -> None:
    """Sign out if the session is over, else write once a minute that it was used."""
    if is_over(request.user, request.session):
        logout(request)
    elif time.time() - request.session["seen_at"] > WRITTEN_EVERY:
        request.session["seen_at"] = time.time()


def is_over(user: User, session: Session) -> bool:
    """Return whether a session of `user` is too old, or was idle for too long.

    It asks for the offices of the person only if it was idle.
    """
    if "seen_at" not in session:
        return False
    now = time.time()
    if now - session["signed_in_at"] > settings.SESSION_COOKIE_AGE:
        return True
    return now - session["seen_at"] > LONGEST_IDLE and idles_out(user, session)


def idles_out(user: User, session: Session) -> bool:
    """Return whether the session ends when idle: on a shared device, or of some offices."""
    is_shared = session.get("_session_expiry") == 0
    return is_shared or any(role.held_by(user) for role in ENDS_WHEN_IDLE)


def longest_idle(request: HttpRequest) -> int:
    """Return the seconds without a request after which the session ends."""
    is_short = idles_out(request.user, request.session)
    return int(LONGEST_IDLE) if is_short else settings.SESSION_COOKIE_AGE


def session_left(request: HttpRequest) -> int:
    """Return the seconds after which the session ends, however it is used."""
    signed_in_at = request.session.get("signed_in_at", time.time())
    return int(signed_in_at + settings.SESSION_COOKIE_AGE - time.time())


def content_length(request: HttpRequest) -> int:
    """Return what the request says of its length; Django answers 400 where that is no number."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def language_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if request.user.is_authenticated and request.user.language:
        chosen = request.user.language
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

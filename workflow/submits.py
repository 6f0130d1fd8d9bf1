"""Idempotent submits: each form that changes something carries a UUID of its own.

What an act wrote is committed because its view answers `done`, never because of an HTTP status.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from workflow import clock, standstill
from workflow.access_log import Access
from workflow.errors import SentAlready
from workflow.models import IdempotentSubmit

FIELD = "submit_id"
CSRF_FIELD = "csrfmiddlewaretoken"
KEPT = timedelta(hours=24)
SENT = "sent_"
"""A cookie of this name and the UUID tells static/js/drafts.js that the submit was done."""
TOLD = timedelta(hours=1)
OK, FOUND, SEE_OTHER = 200, 302, 303


@dataclass(frozen=True)
class Answer:
    """The answer to a person, and whether what was written for it is committed."""

    response: HttpResponse
    is_done: bool
    location: str = ""
    """The address to which the answer leads; only it and the status are stored."""
    is_logged: bool = True
    """Whether the access log gets an entry for it."""
    is_shown_once: bool = False
    """Whether a repeated submit is led to the location, in place of what was answered first."""


def done(to: str | Model, *args: int | str) -> Answer:
    """Commit what was written, and redirect `to` a page, given as for `redirect`."""
    location = iri_to_uri(resolve_url(to, *args))
    return Answer(_success(FOUND, location), is_done=True, location=location)


def saved(
    request: HttpRequest, version: int, then: Callable[[], str], *, is_logged: bool = True
) -> Answer:
    """Commit what was saved; send a script the new version, redirect a browser to `then`."""
    if is_from_script(request):
        status, location = OK, f"{request.path}#{version}"
    else:
        status, location = SEE_OTHER, iri_to_uri(then())
    return Answer(_success(status, location), True, location, is_logged)


def shown_once(page: HttpResponse, then: str) -> Answer:
    """Commit what was written, and show `page`, which may hold secrets and is kept nowhere.

    Sent again, e.g. by a reload, the form has no second effect and leads to the address `then`.
    """
    return Answer(page, is_done=True, location=iri_to_uri(then), is_shown_once=True)


def refused(page: HttpResponse) -> Answer:
    """Roll back what was written; `page` asks for something or says why nothing was done."""
    return Answer(page, is_done=False)


def once(
    request: HttpRequest, act: Callable[[], Answer | HttpResponse], access: Access | None = None
) -> HttpResponse:
    """Return the answer of `act`, which has at most one effect for the person and the UUID.

    An answer by `done` is stored and given again; any other rolls back what `act` wrote. Check the
    rights before calling. Raises BadRequest if the form has no UUID, SentAlready if its UUID came
    with another address or body, TypeError if `act` does not say whether it was done. With
    `access`, what is done is logged in the same transaction.
    """
    sent = {"user": request.user, "submit_id": _submit_id(request)}
    digest = _digest(request)
    try:
        with transaction.atomic():
            claim = IdempotentSubmit.objects.create(**sent, digest=digest)
            # After the claim: the same submit sent twice must not wait here for its own first one.
            standstill.beside_others()
            answer = act()
            if not isinstance(answer, Answer):
                raise TypeError(f"Neither done nor refused: {answer!r}")
            if answer.is_done:
                _keep(claim, answer)
                _log(access, answer)
                _told(answer.response, claim.submit_id, is_page=answer.is_shown_once)
            else:
                transaction.set_rollback(True)
            return answer.response
    except IntegrityError:
        stored = IdempotentSubmit.objects.filter(**sent, status__gt=0).first()
        if stored is None:
            raise
        if stored.digest != digest:
            raise SentAlready from None
        response = _success(stored.status, stored.location)
        _log(access, Answer(response, is_done=True, is_logged=stored.status != OK))
        return _told(response, stored.submit_id)


def _keep(claim: IdempotentSubmit, answer: Answer) -> None:
    """Keep what is answered when the same submit comes again."""
    claim.status = FOUND if answer.is_shown_once else answer.response.status_code
    claim.location = answer.location
    claim.save(update_fields=["status", "location"])


def forget_old() -> None:
    """Delete the answers that are older than 24 hours."""
    IdempotentSubmit.objects.filter(created_at__lt=timezone.now() - KEPT).delete()


def _submit_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        raise BadRequest(
            _("The form was sent incomplete. Go back, reload the page and send it again.")
        ) from None


def _digest(request: HttpRequest) -> str:
    """Return a hash of this address and body."""
    body = {name: values for name, values in request.POST.lists() if name != CSRF_FIELD}
    sent = json.dumps([request.get_full_path(), body], sort_keys=True)
    return salted_hmac("workflow.submits", sent, algorithm="sha256").hexdigest()


def is_from_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _success(status: int, location: str) -> HttpResponse:
    """Return the answer to what was done, made only from what is stored, to be repeatable."""
    if status != OK:
        return HttpResponseRedirect(location, status=status)
    at = timezone.localtime(clock.now()).replace(tzinfo=None)
    version = int(location.rpartition("#")[2])
    return JsonResponse({"version": version, "saved": at.isoformat(timespec="minutes")})


def _told(response: HttpResponse, submit_id: UUID, *, is_page: bool = False) -> HttpResponse:
    """Tell the browser that a form was taken, so that it forgets what was typed in it."""
    if is_page or response.status_code != OK:
        response.set_cookie(
            f"{SENT}{submit_id}",
            max_age=TOLD,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def _log(access: Access | None, answer: Answer) -> None:
    if access is None:
        return
    if answer.is_logged:
        access.write(answer.response.status_code)
    access.is_settled = True

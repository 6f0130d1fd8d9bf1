"""A tap counts once: each form that changes something carries a UUID made with it.

What an act wrote is kept because its view says `done`, never because of a status.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.models import IdempotentSubmit

FIELD = "submit_id"
KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Answer:
    """What a person is answered, and whether what was written for it stands."""

    response: HttpResponse
    is_done: bool


def done(to: Any, *args: Any) -> Answer:
    """Keep what was written, and lead on `to` a page, named as for `redirect`."""
    return Answer(redirect(to, *args), is_done=True)


def refused(page: HttpResponse) -> Answer:
    """Roll back whatever was written: `page` asks for something or says why nothing was done."""
    return Answer(page, is_done=False)


def once(request: HttpRequest, act: Callable[[], Answer]) -> HttpResponse:
    """Return the answer of `act`, which has its effect at most once for the person and the UUID.

    An answer that is `done` is kept and given again, any other rolls back what `act` wrote. Ask
    for the right before calling. Raises BadRequest where the form has no UUID, TypeError where
    `act` does not say whether it was done.
    """
    submit_id = _submit_id(request)
    if stored := _stored(request, submit_id):
        return _answer(stored)
    try:
        with transaction.atomic():
            claim = IdempotentSubmit.objects.create(user=request.user, submit_id=submit_id)
            answer = act()
            if not isinstance(answer, Answer):
                raise TypeError(f"Neither done nor refused: {answer!r}")
            if answer.is_done:
                claim.status = answer.response.status_code
                claim.location = answer.response.headers.get("Location", "")
                claim.save(update_fields=["status", "location"])
            else:
                transaction.set_rollback(True)
            return answer.response
    except IntegrityError:
        if stored := _stored(request, submit_id):
            return _answer(stored)
        raise


def forget_old() -> None:
    """Drop the answers older than 24 hours."""
    IdempotentSubmit.objects.filter(created_at__lt=timezone.now() - KEPT).delete()


def _submit_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        raise BadRequest(
            _("The form was sent incompletely. Go back, reload the page and send it again.")
        ) from None


def _stored(request: HttpRequest, submit_id: UUID) -> IdempotentSubmit | None:
    return IdempotentSubmit.objects.filter(
        user=request.user, submit_id=submit_id, status__gt=0
    ).first()


def _answer(stored: IdempotentSubmit) -> HttpResponse:
    response = HttpResponse(status=stored.status)
    if stored.location:
        response.headers["Location"] = stored.location
    return response

"""A tap counts once: each form that changes something carries a UUID made with it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.models import IdempotentSubmit

FIELD = "submit_id"
KEPT = timedelta(hours=24)
LAST_SUCCESS = 400


class _NotKept(Exception):
    """The submit had no effect, so its claim is rolled back and its answer passed on."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def once(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of `act`, which has its effect at most once for the submit's UUID and person.

    A redirect or an empty success is kept and given again; a page (a form shown again) or an
    error rolls back whatever `act` wrote. Ask for the right before calling. Raises BadRequest
    where the form has no UUID.
    """
    submit_id = _submit_id(request)
    if stored := _stored(request, submit_id):
        return _answer(stored)
    try:
        with transaction.atomic():
            claim = IdempotentSubmit.objects.create(user=request.user, submit_id=submit_id)
            response = act()
            if not _had_effect(response):
                raise _NotKept(response)
            claim.status = response.status_code
            claim.location = response.headers.get("Location", "")
            claim.save(update_fields=["status", "location"])
            return response
    except _NotKept as refused:
        return refused.response
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


def _had_effect(response: HttpResponse) -> bool:
    is_redirect = 300 <= response.status_code < LAST_SUCCESS  # noqa: PLR2004
    return is_redirect or response.status_code in {201, 204}

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from workflow import clock
from workflow.models import AccessEntry

LARGEST = 2**63 - 1


class AccessLogMiddleware:
    """Writes the log of who looked after the answer, so that a refused request is in it too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        looked = getattr(match.func, "looks", None) if match else None
        if match and looked and request.user.is_authenticated:
            kind, arg = looked
            AccessEntry.objects.create(
                person=request.user,
                view=match.view_name,
                kind=kind,
                object_id=object_id(match, arg),
                method=request.method or "",
                status=response.status_code,
                looked_at=clock.now(),
            )
        return response


def object_id(match: ResolverMatch, arg: Any) -> int | None:
    """What was looked at, as the address says."""
    if arg is None:
        return None
    found = arg(**match.kwargs) if callable(arg) else match.kwargs.get(arg)
    return found if found is not None and found <= LARGEST else None

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from workflow import clock
from workflow.models import LookEntry


class LookMiddleware:
    """Writes the log of who looked after the answer, so that a refused request is in it too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        looked = getattr(match.func, "looks", None) if match else None
        if looked and request.user.is_authenticated:
            kind, arg = looked
            LookEntry.objects.create(
                person=request.user,
                view=match.view_name,
                kind=kind,
                object_id=getattr(request, "looked_at", match.kwargs.get(arg)) if arg else None,
                method=request.method,
                status=response.status_code,
                looked_at=clock.now(),
            )
        return response

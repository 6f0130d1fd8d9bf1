"""Pages that only operators may open."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from school.permissions import is_operator
from workflow.submits import Answer
from workflow.views import logs_access, shown, submit

Page = Callable[..., Answer | HttpResponse]


def for_operator(
    *methods: str, logged: str = "", first: Callable[[HttpRequest], object] | None = None
) -> Callable[[Page], Callable[..., HttpResponse]]:
    """Make a page that only operators may open (403 for others); a POST has one effect.

    A page that shows students is `logged` as this kind, without ids. What takes long and writes
    nothing is done `first`, outside the transaction; the view gets its result after the request.
    """

    def wrap(view: Page) -> Callable[..., HttpResponse]:
        @require_http_methods(["HEAD", *methods])
        @wraps(view)
        def inner(request: HttpRequest, **address: Any) -> HttpResponse:
            if not is_operator(request.user):
                raise PermissionDenied
            given = [first(request)] if first else []
            if request.method != "POST":
                return shown(view(request, *given, **address))
            return submit(request, lambda: view(request, *given, **address))

        return logs_access(logged)(inner) if logged else inner

    return wrap

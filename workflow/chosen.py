"""Views on lists of which one chooses many rows, to act on all of them at once."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from workflow.access_log import Access
from workflow.errors import WrongState
from workflow.ids import read_ids
from workflow.rows import each_of
from workflow.views import May, View, recorded, shown, submit

Row = TypeVar("Row", bound=Model)


def acts_on_chosen(kind: str, *, may: May) -> Callable[[View], Callable[..., HttpResponse]]:
    """Make a view on a list of which one chooses many rows (`chosen`): a POST has one effect.

    The view answers by `done` or `refused`. Each request is logged as `kind`, without ids.
    """

    def wrap(view: View) -> Callable[..., HttpResponse]:
        def respond(request: HttpRequest, access: Access) -> HttpResponse:
            if not may(request.user):
                raise PermissionDenied
            if request.method != "POST":
                return shown(view(request))
            return submit(request, lambda: view(request), access)

        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def inner(request: HttpRequest) -> HttpResponse:
            access = Access(request, kind)
            return recorded(access, lambda: respond(request, access))

        return inner

    return wrap


def chosen(request: HttpRequest, name: str, rows: QuerySet[Row]) -> list[Row]:
    """Return the rows that the form chose by `name`; raises WrongState if only some are there."""
    pks = read_ids(request.POST.getlist(name))
    found = each_of(rows, pks)
    if found and len(found) < len(pks):
        raise WrongState
    return found

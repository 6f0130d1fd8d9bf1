"""Fetching a class list with rights: by its class and period, begun or not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from recaps.models import ClassList
from recaps.permissions import may_see_unbegun_list
from school.models import RecapPeriod, SchoolClass, Student, User
from workflow import clock
from workflow.views import shown, submit

May = Callable[[Any, Any], bool]


def on_class_list(
    *, may: May | None = None, methods: tuple[str, ...] = ("GET",)
) -> Callable[..., Any]:
    """A view on one list: unseen is 404, forbidden is 403, a POST has its effect once.

    The decorated view gets the list in place of `class_id` and `period_id`; one on which nobody
    has acted yet is not in the database.
    """

    def wrap(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @require_http_methods(["HEAD", *methods])
        def inner(request: Any, class_id: int, period_id: int, **kwargs: Any) -> HttpResponse:
            found = list_for(request, class_id, period_id)
            if may and not may(request.user, found):
                raise PermissionDenied
            if request.method != "POST":
                return shown(view(request, found, **kwargs))
            return submit(request, lambda: view(request, found, **kwargs))

        return inner

    return wrap


def list_for(request: Any, class_id: int, period_id: int) -> ClassList:
    """The list of a class and period as the person may see it, noted as looked at.

    Raises Http404.
    """
    keys = {"school_class": class_id, "period": period_id}
    found = (
        ClassList.objects.visible_to(request.user)
        .filter(**keys)
        .select_related("school_class__counselor", "period__semester__policy", "handed_over_by")
        .select_related("period__semester__year")
        .first()
    )
    if found is not None:
        return found
    if ClassList.objects.filter(**keys).exists():
        raise Http404
    return _unbegun(request.user, class_id, period_id)


def list_id(*, class_id: int, period_id: int, **rest: int) -> int | None:
    """The id of the list at an address, for the log of who looked."""
    found = ClassList.objects.filter(school_class=class_id, period=period_id)
    return found.values_list("pk", flat=True).first()


def student_on(class_list: ClassList, student_id: int) -> Student:
    """A student who was in the class in the period. Raises Http404."""
    return get_object_or_404(class_list.students(), pk=student_id)


def _unbegun(user: User, class_id: int, period_id: int) -> ClassList:
    school_class = get_object_or_404(SchoolClass.objects.select_related("counselor"), pk=class_id)
    begun = RecapPeriod.objects.filter(
        semester__year=school_class.year_id, starts_on__lte=clock.today()
    )
    period = get_object_or_404(
        begun.select_related("semester__policy", "semester__year"), pk=period_id
    )
    class_list = ClassList(school_class=school_class, period=period)
    if not may_see_unbegun_list(user, class_list):
        raise Http404
    return class_list

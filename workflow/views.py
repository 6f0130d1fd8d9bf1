"""What the pages of every room share: fetch with rights, act once, say why not."""

from collections.abc import Callable
from functools import wraps
from operator import methodcaller
from typing import TypedDict

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from workflow.access_log import Access
from workflow.errors import NotAllowed, NotThere, SentAlready, WorkflowError
from workflow.lifecycle import LIFECYCLES
from workflow.models import IdempotentSubmit
from workflow.rows import one_of
from workflow.run import undo
from workflow.submits import Answer, done, is_from_script, once

View = Callable[..., Answer | HttpResponse]
"""Called with the request, the object, and what else the address holds."""
May = Callable[..., bool]
"""Asked of the person and the object."""
STATUSES: dict[type[Exception], int] = {BadRequest: 400, PermissionDenied: 403, Http404: 404}
FAILED = 500
UNDO = "undo"


class Undo(TypedDict):
    """An act that a toast offers to undo: the words of the toast, and what the undo is called."""

    said: str
    kind: str
    pk: int
    action: str


CONFLICT = 409
LONGEST_LOCATION = IdempotentSubmit._meta.get_field("location").max_length or 0


def acts_on(
    model: type[Model],
    *,
    may: May | None = None,
    methods: tuple[str, ...] = ("GET", "POST"),
    related: tuple[str, ...] = (),
    seen: Callable[..., QuerySet] | None = None,
) -> Callable[[View], Callable[..., HttpResponse]]:
    """Make a view on one object: unseen is 404, forbidden is 403, a POST has its effect once.

    The decorated view is called with the object, fetched with its `related` ones from what is
    `seen` by the person, in place of its `pk`; it answers a POST by `done` or `refused`. Each
    request is on record, and an act that the workflow refuses comes back as a message on the page
    that it came from.
    """

    def find(user: AbstractBaseUser, pk: int) -> Model | None:
        rows = (seen(user) if seen else visible(model, user)).filter(pk=pk)
        return one_of(rows.select_related(*related) if related else rows)

    def unseen(pk: int) -> Model | None:
        return model._base_manager.filter(pk=pk).first()

    return acts_on_found(model._meta.label_lower, ("pk",), find, unseen, may=may, methods=methods)


def acts_on_found(
    kind: str,
    keys: tuple[str, ...],
    find: Callable[..., object],
    unseen: Callable[..., object],
    *,
    may: May | None = None,
    methods: tuple[str, ...] = ("GET", "POST"),
) -> Callable[[View], Callable[..., HttpResponse]]:
    """Make a view as `acts_on` does, on what an address names by more than a `pk`.

    `find` is called with the person and the `keys` of the address, and returns None for what they
    may not see; `unseen`, with the keys alone, answers the log.
    """

    def wrap(view: View) -> Callable[..., HttpResponse]:
        @require_http_methods(["HEAD", *methods])
        def respond(request: HttpRequest, access: Access, **address: int) -> HttpResponse:
            obj = find(request.user, **{key: address.pop(key) for key in keys})
            if obj is None:
                raise Http404
            access.shows = obj
            if may and not may(request.user, obj):
                raise PermissionDenied
            if request.method != "POST":
                return shown(view(request, obj, **address))
            return submit(request, lambda: view(request, obj, **address), access)

        @wraps(view)
        def inner(request: HttpRequest, **address: int) -> HttpResponse:
            access = Access(
                request,
                kind,
                asked_id=address.get("pk"),
                student_id=address.get("student_id"),
                unseen=lambda: unseen(**{key: address[key] for key in keys}),
            )
            return recorded(access, lambda: respond(request, access, **address))

        return inner

    return wrap


def visible(model: type[Model], user: AbstractBaseUser) -> QuerySet[Model]:
    """Return the rows of a model that a person may see, as its own queryset answers."""
    rows: QuerySet[Model] = methodcaller("visible_to", user)(model._default_manager)
    return rows


def recorded(access: Access, respond: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what `respond` answers, with `access` on record, whatever the answer."""
    try:
        response = respond()
    except Exception as error:
        refusals = (status for kind, status in STATUSES.items() if isinstance(error, kind))
        access.write(next(refusals, FAILED))
        raise
    if not access.is_settled:
        access.write(response.status_code)
    return response


def logs_access(kind: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Log each request to a list, or to the home page, as one of `kind`, without ids."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            return recorded(Access(request, kind), lambda: view(request, *args, **kwargs))

        return inner

    return wrap


def shown(answer: Answer | HttpResponse) -> HttpResponse:
    """Return the page of a view that nothing was asked to do."""
    return answer.response if isinstance(answer, Answer) else answer


def submit(
    request: HttpRequest, act: Callable[[], Answer | HttpResponse], access: Access | None = None
) -> HttpResponse:
    """Act `once`, with what the workflow refuses said to the person instead of raised.

    A refusal is on record as 409, whatever page says it.
    """
    try:
        return once(request, act, access)
    except NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    except NotThere as refused:
        raise Http404 from refused
    except SentAlready as refused:
        if is_from_script(request):
            return refusal(request, refused)
        return render(request, "errors/409.html", {"reason": refused}, status=CONFLICT)
    except WorkflowError as refused:
        if access:
            access.write(CONFLICT)
        return refusal(request, refused)


def refusal(request: HttpRequest, refused: WorkflowError) -> HttpResponse:
    """Answer 409 as JSON to a script, else the page of the submit with the reason on it."""
    if is_from_script(request):
        return JsonResponse({"error": str(refused)}, status=CONFLICT)
    messages.error(request, str(refused))
    return redirect(back(request))


def back(request: HttpRequest, otherwise: str = "home") -> str:
    """Return where the person came from, if that is a page of ours, else `otherwise`."""
    asked = request.POST.get("next") or request.GET.get("next")
    came_from = asked or request.headers.get("Referer", "")
    allowed = len(iri_to_uri(came_from)) <= LONGEST_LOCATION and url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return came_from if came_from and allowed else reverse(otherwise)


def tried(form: BaseForm, act: Callable[[], object]) -> bool:
    """Return whether the act went through; if not, its reason stands on the form."""
    try:
        act()
    except NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    except WorkflowError as refused:
        form.add_error(None, str(refused))
        return False
    return True


def say_done(
    request: HttpRequest, text: str, *, undo_of: Model | None = None, action: str = ""
) -> None:
    """Say what was done; with a button to undo `action` on `undo_of` where that is given."""
    messages.success(request, text)
    if undo_of is not None:
        kind, pk = undo_of._meta.label_lower, undo_of.pk
        request.session[UNDO] = {"said": str(text), "kind": kind, "pk": pk, "action": action}


def undo_offered(request: HttpRequest) -> Undo | None:
    """Return what the person may undo, once, beside the words that `said` it."""
    return request.session.pop(UNDO, None)


@require_POST
def undo_view(request: HttpRequest, kind: str, pk: int, action: str) -> HttpResponse:
    """Take back one's own last act, wherever it was done."""
    if kind not in LIFECYCLES or not _has_undo(kind, action):
        raise Http404
    obj = get_object_or_404(visible(apps.get_model(kind), request.user), pk=pk)

    def act() -> Answer:
        undo(obj, action, by=request.user)
        messages.success(request, _("Taken back."))
        return done(back(request))

    return submit(request, act)


def _has_undo(kind: str, action: str) -> bool:
    return any(row.name == action and row.undo for row in LIFECYCLES[kind].transitions)

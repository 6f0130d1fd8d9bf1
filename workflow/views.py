"""What the views of every room share: fetch with rights, act once, say why not."""

from collections.abc import Callable, Sequence
from functools import wraps
from operator import methodcaller
from typing import Any, TypedDict

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from workflow.access_log import Access
from workflow.errors import Busy, NotAllowed, NotThere, SentAlready, UndoTooLate, WorkflowError
from workflow.lifecycle import LIFECYCLES
from workflow.models import IdempotentSubmit
from workflow.rows import each_of, one_of
from workflow.run import undo
from workflow.submits import Answer, done, is_from_script, once

View = Callable[..., Answer | HttpResponse]
"""Called with the request, the object, and the other parts of the address."""
May = Callable[..., bool]
"""A predicate of the person and the object."""
STATUSES: dict[type[Exception], int] = {BadRequest: 400, PermissionDenied: 403, Http404: 404}
FAILED = 500
UNDO = "undo"
CONFLICT = 409
BUSY = 503
LONGEST_LOCATION = IdempotentSubmit._meta.get_field("location").max_length or 0


class Undo(TypedDict):
    """What a toast offers to undo: the text of the toast, the act, and the objects of one kind."""

    said: str
    kind: str
    pks: list[int]
    action: str


def acts_on(
    model: type[Model],
    *,
    may: May | None = None,
    methods: tuple[str, ...] = ("GET", "POST"),
    related: tuple[str, ...] = (),
    seen: Callable[..., QuerySet] | None = None,
    prepare: Callable[..., object] | None = None,
) -> Callable[[View], Callable[..., HttpResponse]]:
    """Make a view on one object: unseen is 404, forbidden is 403, a POST has one effect.

    The decorated view gets the object in place of its `pk`, fetched with its `related` ones from
    the rows that are `seen` by the person; it answers a POST by `done` or `refused`. Each request
    is logged. If the workflow refuses an act, the previous page is shown again with a message.
    What takes long and writes nothing, e.g. reading a picture, is done by `prepare` before the
    transaction of a POST, which keeps others waiting; the view gets its result as `prepared`.
    """

    def find(user: AbstractBaseUser, pk: int) -> Model | None:
        rows = (seen(user) if seen else visible(model, user)).filter(pk=pk)
        return one_of(rows.select_related(*related) if related else rows)

    def unseen(pk: int) -> Model | None:
        return model._base_manager.filter(pk=pk).first()

    kind = model._meta.label_lower
    return acts_on_found(kind, ("pk",), find, unseen, may=may, methods=methods, prepare=prepare)


def acts_on_found(
    kind: str,
    keys: tuple[str, ...],
    find: Callable[..., object],
    unseen: Callable[..., object],
    *,
    may: May | None = None,
    methods: tuple[str, ...] = ("GET", "POST"),
    prepare: Callable[..., object] | None = None,
) -> Callable[[View], Callable[..., HttpResponse]]:
    """Make a view as `acts_on` does, for an object that an address names by more than a `pk`.

    `find` gets the person and the `keys` of the address, and returns None for an object that they
    may not see; `unseen` gets only the keys, and finds the object for the access log.
    """

    def wrap(view: View) -> Callable[..., HttpResponse]:
        @require_http_methods(["HEAD", *methods])
        def respond(request: HttpRequest, access: Access, **address: Any) -> HttpResponse:
            obj = find(request.user, **{key: address.pop(key) for key in keys})
            if obj is None:
                raise Http404
            access.shows = obj
            if may and not may(request.user, obj):
                raise PermissionDenied
            if request.method != "POST":
                return shown(view(request, obj, **address))
            if prepare:
                address["prepared"] = prepare(request, obj, **address)
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
    """Return the rows of a model that a person may see."""
    rows: QuerySet[Model] = methodcaller("visible_to", user)(model._default_manager)
    return rows


def recorded(access: Access, respond: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the answer of `respond`, and log `access` with it, also if it raises."""
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
    """Log each request to a list or the home page as `kind`, without ids."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            return recorded(Access(request, kind), lambda: view(request, *args, **kwargs))

        return inner

    return wrap


def shown(answer: Answer | HttpResponse) -> HttpResponse:
    """Return the page of a view that had nothing to do."""
    return answer.response if isinstance(answer, Answer) else answer


def submit(
    request: HttpRequest, act: Callable[[], Answer | HttpResponse], access: Access | None = None
) -> HttpResponse:
    """Act `once`; show a refusal of the workflow to the person instead of raising it.

    A refusal is logged as 409, or as 503, whichever page shows it.
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
            access.write(BUSY if isinstance(refused, Busy) else CONFLICT)
        return refusal(request, refused)


def refusal(request: HttpRequest, refused: WorkflowError) -> HttpResponse:
    """Answer a script with 409 or 503 as JSON; lead others back, with the reason as a message."""
    if is_from_script(request):
        if isinstance(refused, Busy):
            again = {"Retry-After": refused.seconds}
            return JsonResponse({"error": str(refused)}, status=BUSY, headers=again)
        return JsonResponse({"error": str(refused)}, status=CONFLICT)
    messages.error(request, str(refused))
    return redirect(back(request))


def back(request: HttpRequest, otherwise: str = "home") -> str:
    """Return the page that the person came from if it belongs to the app, else `otherwise`."""
    asked = request.POST.get("next") or request.GET.get("next")
    came_from = asked or request.headers.get("Referer", "")
    allowed = len(iri_to_uri(came_from)) <= LONGEST_LOCATION and url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return came_from if came_from and allowed else reverse(otherwise)


def tried(form: BaseForm, act: Callable[[], object]) -> bool:
    """Return whether the act was done; if not, add its reason to the form's errors."""
    try:
        act()
    except NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    except WorkflowError as refused:
        form.add_error(None, str(refused))
        return False
    return True


def say_done(
    request: HttpRequest,
    text: str,
    *,
    undo_of: Model | Sequence[Model] | None = None,
    action: str = "",
) -> None:
    """Say what was done, with a button to undo `action` on `undo_of`, one object or many."""
    messages.success(request, text)
    objects = [undo_of] if isinstance(undo_of, Model) else undo_of
    if objects:
        kind, pks = objects[0]._meta.label_lower, [one.pk for one in objects]
        request.session[UNDO] = {"said": str(text), "kind": kind, "pks": pks, "action": action}


def undo_offered(request: HttpRequest) -> Undo | None:
    """Return what the person may undo, and forget it, so that it is offered only once."""
    return request.session.pop(UNDO, None)


@require_POST
def undo_view(request: HttpRequest, kind: str, pks: list[int], action: str) -> HttpResponse:
    """Undo the person's own last act on objects of any room, where that is still possible."""
    if kind not in LIFECYCLES or not _has_undo(kind, action):
        raise Http404
    objects = each_of(visible(apps.get_model(kind), request.user), sorted(set(pks)))
    if not objects:
        raise Http404

    def act() -> Answer:
        refusals = list(filter(None, [_undone(request, obj, action) for obj in objects]))
        if len(refusals) == len(objects):
            raise refusals[0]
        messages.success(request, _("Undone."))
        if left := len(set(pks)) - len(objects) + len(refusals):
            words = {"n": left, "why": refusals[0] if refusals else UndoTooLate()}
            messages.error(request, _("%(n)d not undone. %(why)s") % words)
        return done(back(request))

    return submit(request, act)


def _undone(request: HttpRequest, obj: Model, action: str) -> WorkflowError | None:
    """Undo the act; return why not, if it cannot be undone."""
    try:
        undo(obj, action, by=request.user)
    except WorkflowError as refused:
        return refused
    return None


def _has_undo(kind: str, action: str) -> bool:
    return any(row.name == action and row.undo for row in LIFECYCLES[kind].transitions)

"""Save what is typed as one goes: one request, which is answered the new version.

A script that sends a waiting edit is answered in JSON, a form without a script by a page.
static/js/queue.js is the other side.
"""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse

from school.forms.versioned import VersionedForm
from workflow.errors import EditConflict, NotAllowed, WorkflowError
from workflow.submits import Answer, is_from_script, refused, saved
from workflow.versions import Versioned

CONFLICT = 409
INVALID = 422


def save(
    request: HttpRequest,
    form: BaseForm,
    act: Callable[[], Versioned],
    *,
    page: Callable[[], HttpResponse],
    then: str,
    is_logged: bool = True,
) -> Answer:
    """Save `form` by `act`, which returns the record with its version, and lead on to `then`.

    What is refused stands on the form, which `page` shows again, or is said to the script: what
    is wrong with each field, that somebody else saved first and what, or why nothing is saved now.
    """
    why: WorkflowError | None = None
    if form.is_valid():
        try:
            return saved(request, act().version, then, is_logged=is_logged)
        except NotAllowed as error:
            raise PermissionDenied(str(error)) from error
        except WorkflowError as error:
            why = error
    if isinstance(why, EditConflict) and isinstance(form, VersionedForm):
        form.show_conflict(why)
    elif why:
        form.add_error(None, str(why))
    if not is_from_script(request):
        return refused(page())
    said = {"error": _said(form), **_standing(form, why)}
    return refused(JsonResponse(said, status=CONFLICT if why else INVALID))


def _said(form: BaseForm) -> str:
    """Return what is wrong with each field, in one text."""
    found = [
        f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    ]
    return " ".join(found)


def _standing(form: BaseForm, why: WorkflowError | None) -> dict[str, object]:
    """Return what somebody else saved, and its version: the browser has its own text."""
    if not (isinstance(why, EditConflict) and isinstance(form, VersionedForm)):
        return {}
    current = {name: form.value_of(why.current, name) for name in form.texts}
    return {"version": why.current.version, "current": current}

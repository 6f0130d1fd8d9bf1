"""Saved as one goes: what a script that sends a waiting edit is answered.

A success points to the record, where its new version is read; a conflict brings both texts; what
is refused says why. static/js/queue.js is the other side.
"""

from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse

from workflow.errors import EditConflict
from workflow.submits import Answer

CONFLICT = 409
INVALID = 422
SEE_OTHER = 303


def is_from_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def state_of(obj: Any, names: Iterable[str], **more: Any) -> JsonResponse:
    """The record as it stands: its version and the values of `names`."""
    return JsonResponse({"version": obj.version, "values": _values(obj, names), **more})


def saved(url: str) -> Answer:
    """Return where the record stands that was saved; the answer to a replay as well."""
    return Answer(HttpResponseRedirect(url, status=SEE_OTHER), is_done=True, is_logged=False)


def conflict(refused: EditConflict, names: Iterable[str]) -> JsonResponse:
    """Both texts: the browser has its own, this is what stands and its version."""
    stands = {"version": refused.current.version, "current": _values(refused.current, names)}
    return JsonResponse({"error": str(refused), **stands}, status=CONFLICT)


def invalid(form: BaseForm) -> JsonResponse:
    """What is wrong with each field, in one text."""
    found = [
        f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    ]
    return JsonResponse({"error": " ".join(found)}, status=INVALID)


def _values(obj: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(obj, name) for name in names}

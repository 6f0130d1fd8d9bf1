"""How far what takes long is: an import, a file."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from workflow import progress as told
from workflow.submits import FIELD


@require_safe
def progress(request: HttpRequest) -> JsonResponse:
    """Tell a script how far that is which the person asked for under the address's UUID."""
    rows, everything = told.told(request.user.pk, request.GET.get(FIELD, ""))
    return JsonResponse({"done": rows, "of": everything})

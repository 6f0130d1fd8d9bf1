"""Help: the guides of one's office, and their pictures."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from counseling.guides import PICTURE, guides_of, picture


@require_safe
def guides(request: HttpRequest) -> HttpResponseBase:
    """Show the guides, or one of their pictures."""
    if PICTURE in request.GET:
        return _picture(request.GET[PICTURE])
    page: HttpResponse = render(
        request, "counseling/help.html", {"guides": guides_of(request.user)}
    )
    return page


def _picture(name: str) -> FileResponse:
    path = picture(name)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/png")

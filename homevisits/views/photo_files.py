"""The picture of a photo, given to whoever may see it, and kept by no browser."""

from csp.constants import NONE
from csp.decorators import csp
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from homevisits.models import PHOTO_FILES, Photo
from homevisits.photo_image import CONTENT_TYPE
from school.models import User
from workflow.views import acts_on

alone = csp({"default-src": [NONE], "frame-ancestors": [NONE], "sandbox": [True]})
"""Opened by itself, it may run and load nothing."""


def _seen(user: User) -> QuerySet[Photo]:
    return Photo.objects.visible_to(user).kept()


def _printed(user: User) -> QuerySet[Photo]:
    return Photo.objects.printed_for(user)


@alone
@acts_on(Photo, seen=_seen, related=("visit__case",), methods=("GET",))
def photo(request: HttpRequest, photo: Photo) -> HttpResponse:
    return _file(photo, photo.files[0])


@alone
@acts_on(Photo, seen=_seen, related=("visit__case",), methods=("GET",))
def small_photo(request: HttpRequest, photo: Photo) -> HttpResponse:
    return _file(photo, photo.files[1])


@alone
@acts_on(Photo, seen=_printed, related=("visit__case",), methods=("GET",))
def printed_photo(request: HttpRequest, photo: Photo) -> HttpResponse:
    """Send a photo that stands on a report to print, also to the principal who signs that."""
    return _file(photo, photo.files[0])


def _file(photo: Photo, name: str) -> HttpResponse:
    try:
        picture = PHOTO_FILES.read(name)
    except FileNotFoundError:
        raise Http404 from None
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'inline; filename="foto-{photo.pk}.webp"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(picture, content_type=CONTENT_TYPE, headers=headers)

"""The photos of a visit: sent one by one, described, put in order, ticked, deleted."""

from functools import partial
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from homevisits import workflow
from homevisits.forms.photo import LONGEST_REASON, CaptionForm, RemoveForm, read_text
from homevisits.models import Photo, Visit
from homevisits.permissions import (
    may_add_photos,
    may_change_photo,
    may_read_report,
    may_tick_photo,
)
from homevisits.photo_image import MOST_BYTES, DrawnPhoto, drawn_photo
from homevisits.views.fetch import known, on_visit
from homevisits.workflow.photo import MOST, PHOTO, no_room, photo_sent, room_for
from school.versioned import save
from workflow.bodies import takes_files
from workflow.errors import Busy, NotNow
from workflow.lifecycle import offer
from workflow.submits import Answer, done, saved
from workflow.views import acts_on

on_photo = partial(
    acts_on,
    Photo,
    related=("visit__case",),
    methods=("POST",),
    seen=lambda user: Photo.objects.visible_to(user).kept(),
)


@on_visit(may=may_read_report, methods=("GET",))
def photos(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _page(request, visit)


def _page(
    request: HttpRequest,
    visit: Visit,
    described: Photo | None = None,
    form: CaptionForm | None = None,
) -> HttpResponse:
    """Show the photos; `form` is the refused caption of the photo that was described."""
    visit, user = known(visit), request.user
    kept = list(Photo.objects.of(visit))
    adding = offer(PHOTO["add"], user, visit)
    context = {
        "visit": visit,
        "case": visit.case,
        "photos": kept,
        "adding": adding,
        "may_add": may_add_photos(user, visit),
        "may_tick": any(may_tick_photo(user, photo) for photo in _of(visit, kept[:1])),
        "described": described,
        "form": form,
        "room": MOST - len(kept),
        "most": MOST,
        "megabytes": MOST_BYTES // 2**20,
        "longest_reason": LONGEST_REASON,
        "add_url": reverse("homevisits:add_photo", args=[visit.pk, uuid4()]),
    }
    return render(request, "homevisits/photos.html", context)


def _of(visit: Visit, photos: list[Photo]) -> list[Photo]:
    for photo in photos:
        photo.visit = visit
    return photos


def _read(request: HttpRequest, visit: Visit, key: UUID) -> DrawnPhoto | NotNow | Busy | None:
    """Return the picture that is sent; None if it is here already.

    What cannot be kept is not drawn: that takes seconds, in which others wait.
    """
    if photo_sent(visit, key):
        return None
    if room_for(visit) <= 0:
        return no_room()
    sent = [file for file in request.FILES.getlist("file") if file.size is not None]
    if not sent:
        return NotNow(_("Choose a photo first."))
    try:
        return drawn_photo(sent[0], sent[0].size or 0)
    except (NotNow, Busy) as refusal:
        return refusal


@takes_files
@on_visit(may=may_add_photos, methods=("POST",), prepare=_read)
def add_photo(
    request: HttpRequest, visit: Visit, key: UUID, prepared: DrawnPhoto | NotNow | Busy | None
) -> Answer:
    """Keep one photo. Sent again with its `key`, it is answered again and counts once.

    A script gets the id of the photo as `version`.
    """
    if isinstance(prepared, NotNow | Busy):
        raise prepared
    photo = workflow.add_photo(visit, by=request.user, key=key, drawn=prepared)
    return saved(request, photo.pk, lambda: _page_of(photo))


@on_photo(may=may_change_photo)
def describe_photo(request: HttpRequest, photo: Photo) -> Answer:
    """Save the caption if it still has the version that was read; else show both texts."""
    form = CaptionForm(request.POST, auto_id=f"%s-{photo.pk}")
    form.stands_at = _page_of(photo)
    answer = save(
        request,
        form,
        lambda: workflow.describe_photo(
            photo, by=request.user, caption=form.cleaned_data["caption"], read_at=form.read_at
        ),
        page=lambda: _page(request, Visit.objects.get(pk=photo.visit_id), photo, form),
        then=lambda: _page_of(photo),
    )
    if answer.is_done:
        messages.success(request, _("Saved."))
    return answer


@on_photo(may=may_change_photo)
def move_photo(request: HttpRequest, photo: Photo) -> Answer:
    workflow.move_photo(photo, by=request.user, is_up=request.POST.get("to") == "up")
    return done(_page_of(photo))


@on_photo(may=may_tick_photo)
def tick_photo(request: HttpRequest, photo: Photo) -> Answer:
    is_ticked = request.POST.get("tick") == "on"
    workflow.tick_photo(photo, by=request.user, is_ticked=is_ticked)
    said = _("It is printed with the report.") if is_ticked else _("It is not printed.")
    messages.success(request, said)
    return done(_page_of(photo))


@on_photo(may=may_change_photo)
def remove_photo(request: HttpRequest, photo: Photo) -> Answer:
    reason = read_text(RemoveForm(request.POST), "note")
    workflow.remove_photo(photo, by=request.user, reason=reason)
    messages.success(request, _("Photo deleted."))
    return done(reverse("homevisits:photos", args=[photo.visit_id]))


def _page_of(photo: Photo) -> str:
    return reverse("homevisits:photos", args=[photo.visit_id]) + f"#photo-{photo.pk}"

"""Photos of a visit: added once, described, put in order, ticked for print, removed."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from cases.permissions import office_in_case
from cases.workflow.conditions import case_is_open, is_in_time
from homevisits.models import PHOTO_FILES, Photo, PhotoStatus, Visit
from homevisits.models.choices import WITH_REPORT
from homevisits.permissions import may_add_photos, may_change_photo, may_tick_photo
from homevisits.photo_image import DrawnPhoto
from school.models import User
from school.private_files import new_name
from workflow import clock
from workflow.errors import NotAllowed, NotNow, Text, WrongState
from workflow.lifecycle import NEW, SAME, Lifecycle, Note, Transition, asked_of
from workflow.rows import one_of
from workflow.run import hold, lock, make, run
from workflow.versions import save_versioned

MOST = 12
"""Photos of a visit that are kept."""
S = PhotoStatus


@asked_of(Visit)
def visit_has_a_report(visit: Visit) -> Text | None:
    """The visit is scheduled or recorded."""
    if visit.status not in WITH_REPORT:
        return _("There is no report yet: schedule the visit first.")
    return None


PHOTO = Lifecycle(
    kind="homevisits.photo",
    title=_("Photo of a visit"),
    statuses=PhotoStatus,
    root=lambda photo: photo.visit.case,
    office=office_in_case,
    transitions=(
        Transition(
            "add",
            _("Add a photo"),
            (NEW,),
            S.KEPT,
            may_add_photos,
            holds=(case_is_open, visit_has_a_report),
        ),
        Transition(
            "tick",
            _("Print it with the report"),
            (S.KEPT,),
            SAME,
            may_tick_photo,
            holds=(is_in_time,),
        ),
        Transition(
            "untick",
            _("Leave it out of the report"),
            (S.KEPT,),
            SAME,
            may_tick_photo,
            holds=(is_in_time,),
        ),
        Transition(
            "remove",
            _("Delete the photo"),
            (S.KEPT,),
            S.REMOVED,
            may_change_photo,
            note=Note.MUST,
        ),
    ),
)


def photo_sent(visit: Visit, key: UUID) -> Photo | None:
    """Return the photo that was sent with this key before, also if it was removed since."""
    return one_of(Photo.objects.filter(visit=visit, key=key))


def no_room() -> NotNow:
    return NotNow(_("A visit has at most %(n)d photos: delete one first.") % {"n": MOST})


def room_for(visit: Visit) -> int:
    """Return how many more photos the visit takes."""
    return MOST - Photo.objects.of(visit).count()


def add_photo(
    visit: Visit, *, by: User, key: UUID, drawn: DrawnPhoto | None, caption: str = ""
) -> Photo:
    """Keep a photo, and return it; one that was sent before with this key counts once.

    `drawn` is None if it was there before. Raises NotNow.
    """
    with transaction.atomic():
        lock(visit.case)
        hold(visit)
        if (photo := photo_sent(visit, key)) is not None:
            return photo
        if drawn is None:
            raise WrongState
        places = Photo.objects.filter(visit=visit)
        if room_for(visit) <= 0:
            raise no_room()
        last = places.aggregate(last=Max("place"))["last"] or 0
        photo = Photo(
            visit=visit,
            key=key,
            name=new_name(""),
            width=drawn.width,
            height=drawn.height,
            caption=caption.strip(),
            place=last + 1,
            added_at=clock.now(),
            added_by=by,
        )
        return _written(photo, drawn, by)


def _written(photo: Photo, drawn: DrawnPhoto, by: User) -> Photo:
    """Write the files, then the row."""

    def create() -> Photo:
        photo.save(force_insert=True)
        return photo

    contents = dict(zip(photo.files, (drawn.picture, drawn.small), strict=True))
    try:
        with PHOTO_FILES.written(contents):
            return make("homevisits.photo", "add", photo.visit, create, by=by)
    except OSError:
        raise NotNow(_("The photo could not be stored. Tell the operator.")) from None


def remove_photo(photo: Photo, *, by: User, reason: str) -> None:
    """Delete the files after the commit; the row stays with the reason. Raises NotNow."""
    with transaction.atomic():
        run(photo, "remove", by=by, note=reason, values={"is_ticked": False, "caption": ""})
        PHOTO_FILES.delete_after_commit(photo.files)


def tick_photo(photo: Photo, *, by: User, is_ticked: bool) -> None:
    """Print the photo with the signed report, or no longer."""
    run(photo, "tick" if is_ticked else "untick", by=by, values={"is_ticked": is_ticked})


def describe_photo(photo: Photo, *, by: User, caption: str, read_at: int) -> Photo:
    """Save the caption; return the photo with its version. Raises EditConflict."""
    with transaction.atomic():
        _hold(photo, by)
        return save_versioned(photo, {"caption": caption.strip()}, read_at=read_at)


def move_photo(photo: Photo, *, by: User, is_up: bool) -> None:
    """Let the photo and the one before or after it change places; the first stays the first."""
    with transaction.atomic():
        lock(photo.visit.case)
        _hold(photo, by)
        row = list(Photo.objects.of(photo.visit))
        at = row.index(photo)
        to = max(at - 1, 0) if is_up else min(at + 1, len(row) - 1)
        row.insert(to, row.pop(at))
        for place, one in enumerate(row, 1):
            one.place = place
        Photo.objects.bulk_update(row, ["place"])


def _hold(photo: Photo, by: User) -> None:
    if not may_change_photo(by, photo):
        raise NotAllowed
    hold(photo)
    if why := is_in_time(photo):
        raise NotNow(why)
    if photo.status != PhotoStatus.KEPT:
        raise WrongState

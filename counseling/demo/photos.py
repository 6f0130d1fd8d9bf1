"""Photos and signatures of the demo, added when everything else has happened."""

import random
from uuid import UUID

from django.db.models import Max

from counseling.demo import drawings
from homevisits.models import SignedPaper, Visit, VisitOutcome, VisitStatus
from homevisits.workflow import (
    add_photo,
    describe_photo,
    move_photo,
    remove_photo,
    sign,
    tick_photo,
)
from school.forms.signature import Signed
from school.models import Guardian, Semester, User
from workflow import clock
from workflow.models import ActionEntry

PICTURES = (
    (drawings.road, "Jalan menuju rumah"),
    (drawings.house, "Rumah tampak depan"),
    (drawings.desk, "Tempat belajar"),
    (drawings.desk, "Buram"),
)
WITH_PHOTOS = 3
"""Of the newest visits that met a family."""


def enter(rng: random.Random, semester: Semester) -> None:
    """Photograph the newest visits and let the families sign; one agrees to a visit to come."""
    last = ActionEntry.objects.aggregate(at=Max("logged_at"))["at"]
    known = Visit.objects.filter(case__semester=semester, case__status="OPEN")
    known = known.select_related("case__counselor", "case__student")
    met = known.filter(status=VisitStatus.RECORDED, outcome=VisitOutcome.MET)
    coming = known.filter(status=VisitStatus.SCHEDULED, scheduled_for__gt=last)
    with clock.still_at(last):
        for visit in met.order_by("-happened_at", "-pk")[:WITH_PHOTOS]:
            _photograph(rng, visit)
            sign(visit, SignedPaper.REPORT, by=_by(visit), signed=_signed(rng, visit))
        for visit in coming.order_by("scheduled_for", "pk")[:1]:
            sign(visit, SignedPaper.CONSENT, by=_by(visit), signed=_signed(rng, visit))


def _photograph(rng: random.Random, visit: Visit) -> None:
    by = _by(visit)
    photos = []
    for n, (draw, caption) in enumerate(PICTURES):
        drawn = drawings.photo(draw(rng))
        key = UUID(int=visit.pk * len(PICTURES) + n)
        photos.append(add_photo(visit, by=by, key=key, drawn=drawn))
        describe_photo(photos[-1], by=by, caption=caption, read_at=1)
    road, house, desk, blurred = photos
    for photo in (road, house, desk):
        tick_photo(photo, by=by, is_ticked=True)
    tick_photo(road, by=by, is_ticked=False)
    move_photo(house, by=by, is_up=True)
    remove_photo(blurred, by=by, reason="Buram")


def _by(visit: Visit) -> User:
    assert visit.case.counselor
    return visit.case.counselor


def _signed(rng: random.Random, visit: Visit) -> Signed:
    family = Guardian.objects.filter(student=visit.case.student).order_by("pk")
    host = family.first()
    return {
        "signer": host.name if host else "Keluarga",
        "signer_relation": host.relation_said.lower() if host else "",
        "signed_way": "DRAWN",
        "path": drawings.signature(rng),
    }

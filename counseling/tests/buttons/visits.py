"""The buttons of home visits and of their reports."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from counseling.tests.buttons.button import Button, acts, rows, url
from counseling.tests.scenarios.students import Students
from homevisits.models import Commitment, Photo, Visit, VisitReport
from homevisits.tests import factories as visits
from homevisits.tests.pictures import JPEG, photo_of
from homevisits.workflow import add_commitment, save_report
from school.tests.signatures import SIGNS_BY_NAME
from workflow import clock


def of_visits(students: Students) -> dict[str, Button]:
    cast, bk, principal = students.cast, students.cast.bk, students.cast.principal
    today = clock.today().isoformat()
    wished, approved, declined = students.case(), *(_proposed(students) for _ in range(2))
    withdrawn = _proposed(students)
    planned, revoked = (visits.approved_visit(students.case(), bk, principal) for _ in range(2))
    moved, cancelled, numbered = (
        visits.scheduled_visit(students.case(), bk, principal) for _ in range(3)
    )
    missed = visits.recorded_visit(students.case(), bk, principal, outcome="NOBODY")
    urgent = visits.urgent_visit(students.case(), bk)
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    plan = {"day": tomorrow, "at": "09:00", "visitors": [bk.pk], "anyway": "on"}
    whole = {**plan, "purposes": ["DATA"], "functions": ["UNDERSTANDING"], "number": ""}
    proposal = {"special": "ECONOMY", "reason": "Ayah merantau", "proposed_on": today}

    def button(name: str, visit: Visit, data: dict[str, Any], *names: str, **more: Any) -> Button:
        by = more.pop("by", bk)
        return Button(by, url(f"homevisits:{name}", visit.pk), data, acts(visit, *names), **more)

    decide = url("homevisits:proposals")
    return {
        "homevisits:propose": Button(
            bk, url("homevisits:propose", wished.pk), proposal, rows(Visit, case=wished)
        ),
        "homevisits:proposals": Button(
            principal, decide, {"visit": approved.pk, "act": "approve"}, acts(approved, "approve")
        ),
        "homevisits:proposals (decline)": Button(
            principal,
            decide,
            {"visit": declined.pk, "act": "decline", "note": "x", "confirmed": "1"},
            acts(declined, "decline"),
        ),
        "homevisits:schedule": button("schedule", planned, whole, "schedule"),
        "homevisits:reschedule": button("reschedule", moved, plan, "reschedule", each=True),
        "homevisits:withdraw": button("withdraw", withdrawn, {}, "withdraw"),
        "homevisits:withdraw_approval": button(
            "withdraw_approval", revoked, {}, "withdraw_approval", by=principal
        ),
        "homevisits:cancel": button("cancel", cancelled, {}, "cancel"),
        "homevisits:number": button("number", numbered, {"number": "421.3/9"}, "number"),
        "homevisits:propose_next": Button(
            bk, url("homevisits:propose_next", missed.pk), {}, rows(Visit, follows=missed)
        ),
        "homevisits:acknowledge": button(
            "acknowledge", urgent, {}, "acknowledge", by=cast.principal
        ),
    }


def _proposed(students: Students) -> Visit:
    return visits.proposed_visit(students.case(), students.cast.bk)


class SentPhoto:
    """A photo that every thread reads from its beginning."""

    name = "rumah.jpg"
    content_type = "image/jpeg"

    def read(self) -> bytes:
        return JPEG


def of_photos(students: Students) -> dict[str, Button]:
    bk, principal = students.cast.bk, students.cast.principal
    sent, kept = (visits.scheduled_visit(students.case(), bk, principal) for _ in range(2))
    photos = [photo_of(kept, bk) for _n in range(5)]
    key = "7d3f2c1e-0000-4000-8000-000000000002"

    def button(name: str, at: int, data: dict[str, Any], effects: Any, **more: Any) -> Button:
        return Button(bk, url(f"homevisits:{name}", photos[at].pk), data, effects, **more)

    return {
        "homevisits:add_photo": Button(
            bk,
            url("homevisits:add_photo", sent.pk, key),
            {"file": SentPhoto()},
            rows(Photo, visit=sent),
        ),
        "homevisits:describe_photo": button(
            "describe_photo", 0, {"caption": "Rumah", "read_at": 1}, rows(Photo, caption="Rumah")
        ),
        "homevisits:tick_photo": button(
            "tick_photo", 1, {"tick": "on"}, acts(photos[1], "tick"), each=True
        ),
        "homevisits:move_photo": button(
            "move_photo",
            3,
            {"to": "up"},
            lambda: int(list(Photo.objects.of(kept)).index(photos[3]) < 3),
        ),
        "homevisits:remove_photo": button(
            "remove_photo", 4, {"note": "Buram"}, acts(photos[4], "remove")
        ),
    }


def of_reports(students: Students) -> dict[str, Button]:
    bk, principal = students.cast.bk, students.cast.principal
    drafted, made, promised, kept, signs, agrees = (
        visits.scheduled_visit(students.case(), bk, principal) for _ in range(6)
    )
    met = {"outcome": "MET", "met": ["MOTHER"]}
    save_report(made, by=bk, values=met, read_at=0)
    dropped = add_commitment(kept, by=bk, text="Mendampingi belajar")
    was = timezone.localtime(made.scheduled_for)
    key = "7d3f2c1e-0000-4000-8000-000000000001"
    return {
        "homevisits:report_draft": Button(
            bk,
            url("homevisits:report_draft", drafted.pk),
            {**met, "topic": "Belajar", "read_at": 0},
            rows(VisitReport, visit=drafted, topic="Belajar"),
        ),
        "homevisits:record": Button(
            bk,
            url("homevisits:record", made.pk),
            {"day": was.date().isoformat(), "at": f"{was:%H:%M}"},
            acts(made, "record"),
        ),
        "homevisits:commitment": Button(
            bk,
            url("homevisits:commitment", promised.pk, key),
            {"text": "Mendampingi belajar"},
            rows(Commitment, report__visit=promised),
            each=True,
        ),
        "homevisits:sign_report": Button(
            bk,
            url("homevisits:sign_report", signs.pk),
            SIGNS_BY_NAME,
            acts(signs, "sign_report"),
            each=True,
            most=10,
        ),
        "homevisits:sign_consent": Button(
            bk,
            url("homevisits:sign_consent", agrees.pk),
            SIGNS_BY_NAME,
            acts(agrees, "sign_consent"),
            each=True,
            most=10,
        ),
        "homevisits:remove_commitment": Button(
            bk,
            url("homevisits:remove_commitment", dropped.pk),
            {},
            lambda: int(not Commitment.objects.filter(pk=dropped.pk).exists()),
        ),
    }

"""The family signs the report of a visit, or that it consents to one."""

import json
from datetime import UTC

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from homevisits.models import Commitment, SignedPaper, Visit, VisitReport, VisitSignature
from homevisits.report_form import FIELDS
from school.forms.signature import Signed
from school.models import User
from workflow import clock
from workflow.errors import NotNow
from workflow.run import run

MOST = 10
"""Signatures on one paper of a visit: whoever signs again leaves the old ones there."""
ACTS = {SignedPaper.REPORT: "sign_report", SignedPaper.CONSENT: "sign_consent"}


def sign(
    visit: Visit, paper: SignedPaper, *, by: User, signed: Signed, seen: str = ""
) -> VisitSignature:
    """Add the signature of somebody of the family, which stands from now on. Raises NotNow.

    `seen` is the seal of the words that they read: others they do not sign.
    """
    with transaction.atomic():
        run(visit, ACTS[paper], by=by)
        if VisitSignature.objects.filter(visit=visit, paper=paper).count() >= MOST:
            raise NotNow(_("This was signed %(n)d times already.") % {"n": MOST})
        seals = seals_of(visit, paper)
        if seen and seen not in seals:
            raise NotNow(_("What is signed was changed in the meantime: read it again, then sign."))
        return VisitSignature.objects.create(
            visit=visit,
            paper=paper,
            seal=seals[0],
            signed_at=clock.now(),
            taken_by=by,
            **signed,
        )


def seals_of(visit: Visit, paper: str, report: VisitReport | None = None) -> list[str]:
    """Return a hash of the words that a paper has now by each key, the newest first.

    They do not give the words away. `report` is that of the visit if it was read already.
    """
    words: list[object] = []
    if paper == SignedPaper.REPORT:
        report = report or VisitReport.objects.filter(visit=visit).first()
        if report and report.pk:
            words.append([getattr(report, name) for name in FIELDS])
        promised = Commitment.objects.filter(report__visit=visit).order_by("pk")
        words += promised.values_list("text", "by_whom", "due_on")
    else:
        words.append(visit.scheduled_for and visit.scheduled_for.astimezone(UTC))
    text = json.dumps(words, default=str)
    return [
        salted_hmac("homevisits.signature", text, key, algorithm="sha256").hexdigest()
        for key in settings.ENCRYPTION_KEYS
    ]


def renew_seal(signed: VisitSignature) -> bool:
    """Seal it with the newest key if the words are as they were signed; return whether they are."""
    newest, *older = seals_of(signed.visit, signed.paper)
    if signed.seal in older:
        signed.seal = newest
        signed.save(update_fields=["seal"])
    return signed.seal == newest

"""The family signs the report of a visit, or that it consents to one."""

import json
from datetime import UTC

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
        seal = seal_of(visit, paper)
        if seen and seen != seal:
            raise NotNow(_("What is signed was changed in the meantime: read it again, then sign."))
        return VisitSignature.objects.create(
            visit=visit,
            paper=paper,
            seal=seal,
            signed_at=clock.now(),
            taken_by=by,
            **signed,
        )


def seal_of(visit: Visit, paper: str, report: VisitReport | None = None) -> str:
    """Return a hash of the words that a paper has now; it does not give them away.

    `report` is that of the visit if it was read already.
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
    return salted_hmac("homevisits.signature", text, algorithm="sha256").hexdigest()

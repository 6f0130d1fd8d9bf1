"""What stands below a visit's report: the signature of the family, and photos."""

from homevisits.acts import VISIT_ACTS
from homevisits.models import Photo, SignedPaper, Visit, VisitReport, VisitSignature
from homevisits.permissions import may_add_photos
from homevisits.workflow import seals_of
from school.models import User


def signature_on_report(visit: Visit, report: VisitReport) -> dict[str, object]:
    """Return the signature of the family, and whether the report is as it was signed."""
    signed = VisitSignature.objects.newest(visit, SignedPaper.REPORT)
    is_as_signed = signed is None or signed.seal in seals_of(visit, SignedPaper.REPORT, report)
    return {"signed": signed, "is_as_signed": is_as_signed}


def consent_to(visit: Visit) -> VisitSignature | None:
    """Return the signature under the consent; None if the visit got another time since."""
    signed = VisitSignature.objects.newest(visit, SignedPaper.CONSENT)
    return signed if signed and signed.seal in seals_of(visit, SignedPaper.CONSENT) else None


def below_report(visit: Visit, report: VisitReport, user: User) -> dict[str, object]:
    """Return the same with the button by which it is signed, and the photos."""
    return signature_on_report(visit, report) | {
        "signing": VISIT_ACTS.button("sign_report", user, visit),
        "photos": Photo.objects.of(visit),
        "may_add_photos": may_add_photos(user, visit),
    }

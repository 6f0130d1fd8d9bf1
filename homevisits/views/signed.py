"""The signature that stands on a paper of a visit, as pages and prints show it."""

from homevisits.acts import VISIT_ACTS
from homevisits.models import SignedPaper, Visit, VisitSignature
from homevisits.workflow import seal_of
from school.models import User


def signature_on_report(visit: Visit) -> dict[str, object]:
    """Return the signature of the family, and whether the report is as it was signed."""
    signed = VisitSignature.objects.newest(visit, SignedPaper.REPORT)
    is_as_signed = signed is None or signed.seal == seal_of(visit, SignedPaper.REPORT)
    return {"signed": signed, "is_as_signed": is_as_signed}


def signing_of_report(visit: Visit, user: User) -> dict[str, object]:
    """Return the same, and the button by which it is signed."""
    return signature_on_report(visit) | {"signing": VISIT_ACTS.button("sign_report", user, visit)}

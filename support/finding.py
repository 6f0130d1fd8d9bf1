"""The letters of referrals out that the search over everything finds."""

from django.utils.translation import gettext as _

from school import finding, wording
from school.finding import Found
from school.models import User
from support.models import Referral, ReferralStatus


def letters(user: User, words: str, most: int) -> list[Found]:
    """Return referrals out by their letter number, the newest first."""
    if not any(sign.isdigit() for sign in words):
        return []
    seen = Referral.objects.visible_to(user).filter(number__text__icontains=words)
    rows = seen.select_related("case__student", "number").order_by("-sent_on", "-pk")
    return [_letter(referral) for referral in rows[:most]]


def _letter(referral: Referral) -> Found:
    """Return a number with its page, but neither to whom the letter went nor why."""
    said = _("Referral out")
    if referral.status == ReferralStatus.WITHDRAWN:
        said = f"{said} ({referral.get_status_display().lower()})"
    on = referral.sent_on or referral.prepared_on
    detail = (said, referral.case.student.name, wording.day_of_any_year(on))
    number = referral.number.text if referral.number else ""
    return Found(number, " · ".join(detail), referral.get_absolute_url())


def register_all() -> None:
    finding.register(finding.LETTERS, letters)

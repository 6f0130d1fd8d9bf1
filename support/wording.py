"""Words for what this room shows on more than one page."""

from django.utils.translation import gettext as _

from support.models import FollowUp


def done_by(follow_up: FollowUp) -> str:
    """Return who is to do it: "Pak Agus", "Ibu Suminah", or the counselor."""
    if follow_up.doer:
        return follow_up.doer.called
    return follow_up.doer_name or _("The counselor")


def formally_done_by(follow_up: FollowUp) -> str:
    """Return who is to do it as papers name them: in full, in no language of the reader's."""
    named = follow_up.doer or (None if follow_up.doer_name else follow_up.case.counselor)
    return named.full_name if named else follow_up.doer_name or "Guru BK"

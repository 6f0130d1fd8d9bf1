"""The buttons of one's own account."""

from allauth.usersessions.models import UserSession

from counseling.tests.buttons.button import Button, acts, url
from counseling.tests.scenarios import account
from school.tests.cast import Cast


def of_account(cast: Cast) -> dict[str, Button]:
    bk = cast.bk
    device = account.other_device(bk)
    others = url("end_other_sessions")
    return {
        "end_session": Button(
            bk,
            url("end_session", device.pk),
            {},
            lambda: 1 - UserSession.objects.filter(pk=device.pk).count(),
        ),
        "end_other_sessions": Button(bk, others, {}, acts(bk, "end_sessions")),
    }

"""The buttons of one's own account."""

from allauth.usersessions.models import UserSession

from counseling.tests.buttons.button import Button, acts, url
from counseling.tests.scenarios import account
from homevisits.workflow.feed import make_feed
from school.tests.cast import Cast


def of_account(cast: Cast) -> dict[str, Button]:
    bk = cast.bk
    device = account.other_device(bk)
    others = url("end_other_sessions")
    make_feed(by=cast.wali)
    return {
        "end_session": Button(
            bk,
            url("end_session", device.pk),
            {},
            lambda: 1 - UserSession.objects.filter(pk=device.pk).count(),
        ),
        "homevisits:make_feed": Button(
            cast.guru, url("homevisits:make_feed"), {}, acts(cast.guru, "make_feed"), each=True
        ),
        "homevisits:revoke_feed": Button(
            cast.wali, url("homevisits:revoke_feed"), {}, acts(cast.wali, "revoke_feed")
        ),
        "end_other_sessions": Button(bk, others, {}, acts(bk, "end_sessions")),
    }

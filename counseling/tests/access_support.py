"""Who may open what the school does beside the ladder."""

from counseling.tests.access_page import Page, act, allow, seen_by, shown

BK = "bk coordinator"
STEP = seen_by(own=BK, ended=BK, foreign="bk2 coordinator")
"""The case's counselor, and the coordinator in their place."""
FOLLOW_UP = seen_by(
    own="guru bk coordinator", ended="visitor bk coordinator", foreign="wali bk2 coordinator"
)
"""Whose it is, and the case's counselor."""
CONFERENCE = seen_by(
    own="guru2 bk coordinator", ended="bk coordinator", foreign="visitor bk2 coordinator"
)
"""Those invited until it is closed, and the case's counselor."""
OF_CONFERENCE = allow(CONFERENCE, STEP)
OF_FOLLOW_UP = allow(FOLLOW_UP, STEP)

SUPPORT: dict[str, Page] = {
    "support:conference": shown("conference", allow(CONFERENCE), "support.conference"),
    "support:minutes_print": shown("conference", OF_CONFERENCE, "support.conference"),
    "support:close": act("conference", OF_CONFERENCE, "support.conference"),
    **{
        f"support:{name}": Page("conference", OF_CONFERENCE, logged="support.conference")
        for name in ("reschedule", "hold", "minutes", "decide", "cancel")
    },
    "support:follow_up": shown("follow_up", allow(FOLLOW_UP), "support.followup"),
    "support:finish": Page("follow_up", allow(FOLLOW_UP), logged="support.followup"),
    **{
        f"support:{name}": Page("follow_up", OF_FOLLOW_UP, logged="support.followup")
        for name in ("put_off", "drop")
    },
}

"""Who may open pages of referrals out and of a contact for several cases."""

from counseling.tests.access_page import Page, allow, page, seen_by, shown

BK = "bk coordinator"
CASE = seen_by(
    own="guru wali bk coordinator principal",
    fresh="guru wali bk coordinator principal",
    ended="guru2 wali bk coordinator principal",
    foreign="guru2 wali2 bk2 coordinator principal",
)
COUNSELOR = seen_by(own=BK, fresh=BK, ended=BK, foreign="bk2 coordinator")
OF_CASE = allow(CASE, COUNSELOR)
STEP = {variant: who for variant, who in COUNSELOR.items() if variant != "fresh"}

REFERRALS: dict[str, Page] = {
    "cases:log_contacts": Page("", page("bk bk2 coordinator"), logged="cases.case", many=True),
    "cases:refer_out": Page("case", OF_CASE, logged="cases.case"),
    "support:prepare_referral": Page("case", OF_CASE, logged="cases.case"),
    "support:referral": shown("referral", allow(STEP), "support.referral"),
    **{
        f"support:{name}": Page("referral", allow(STEP), logged="support.referral")
        for name in (
            *("edit_referral", "referral_consent", "send_referral", "referral_number"),
            *("referral_answer", "withdraw_referral"),
        )
    },
}

"""Who may open what: each URL by its name, for each person and object.

Written from the table "who sees what" in the design, not from the code. For each object, people
in `may` are answered, people in `refused` see the object but get 403, and everyone else gets 404.
"""

from counseling.tests.access_desk import CORRECTS, DESK, STUDENT
from counseling.tests.access_evaluations import EVALUATIONS
from counseling.tests.access_feed import FEED, VISITORS
from counseling.tests.access_page import (
    GET,
    OPEN,
    POST,
    SIGNED_IN,
    Grant,
    Page,
    Who,
    act,
    allow,
    listing,
    page,
    seen_by,
    shown,
    those,
    without,
)
from counseling.tests.access_referrals import REFERRALS
from counseling.tests.access_reports import REPORTS
from counseling.tests.access_semester_reports import SEMESTER_REPORTS
from counseling.tests.access_support import SUPPORT

BK = "bk coordinator"
ALL_BK = "bk bk2 coordinator"

# A case: who sees that it exists, and its counselor's acts. `fresh` waits for its review.
CASE = seen_by(
    own="guru wali bk coordinator principal",
    fresh="guru wali bk coordinator principal",
    ended="guru2 wali bk coordinator principal",
    foreign="guru2 wali2 bk2 coordinator principal",
)
COUNSELOR = seen_by(own=BK, fresh=BK, ended=BK, foreign="bk2 coordinator")
EVIDENCE = seen_by(own=BK, fresh="wali bk coordinator", ended=BK, foreign="bk2 coordinator")
NOTES = seen_by(
    own="wali bk coordinator",
    fresh="wali bk coordinator",
    ended="wali bk coordinator",
    foreign="wali2 bk2 coordinator",
)
"""The homeroom teacher too: after the review their note is refused, but its text stays in view."""
STEP = without(COUNSELOR, "fresh")
LETTER = seen_by(
    own="bk coordinator principal",
    ended="bk coordinator principal",
    foreign="bk2 coordinator principal",
)

SECRET = seen_by(own="bk", ended="bk", foreign="bk2", passed="bk bk2", left="")
"""A confidential note: of its author, of whom it was passed on to; `left` is of a disabled one."""
AUTHOR = {**SECRET, "passed": SECRET["own"]}
LEFT = {**dict.fromkeys(SECRET, Who()), "left": those("coordinator")}
READ = {**SECRET, "left": LEFT["left"]}

VISIT = seen_by(
    own="bk coordinator principal visitor",
    ended="bk coordinator principal visitor",
    foreign="bk2 coordinator principal",
)
REPORT = seen_by(
    own="bk coordinator visitor", ended="bk coordinator visitor", foreign="bk2 coordinator"
)
ADDS = REPORT
"""Photos: the visitors too, whose visit was a minute ago."""
COUNSELOR_OF_VISIT = without(COUNSELOR, "fresh")
PRINCIPAL = seen_by(own="principal", ended="principal", foreign="principal")
SIGNED = {**REPORT, "ended": REPORT["ended"] | {"principal"}}

RECAP = seen_by(
    own="guru wali bk coordinator",
    ended="guru2 wali bk coordinator",
    former="former_guru wali bk coordinator",
    foreign="guru2 wali2 bk2 coordinator",
    mixed="guru wali wali2 bk bk2 coordinator",
)
"""The group of `mixed` has students of the own class and of the foreign one."""
TEACHER = seen_by(own="guru", ended="guru2", former="", foreign="guru2", mixed="guru")
HOMEROOM = seen_by(own="wali", ended="wali", former="wali", foreign="wali2", mixed="wali wali2")
SHEET = seen_by(own="guru", ended="", foreign="guru2", mixed="guru")

CLASS_LIST = seen_by(
    own="wali coordinator",
    ended="wali former_wali bk coordinator",
    foreign="wali2 coordinator",
)
ATTENDANCE = seen_by(
    own="wali bk coordinator", ended="wali bk coordinator", foreign="wali2 bk2 coordinator"
)
LIST_HOMEROOM = without(HOMEROOM, "former", "mixed")

OPENS = {variant: people - {"operator"} for variant, people in CORRECTS.items()}

RECORD = {variant: people - {"operator"} | {"principal"} for variant, people in CORRECTS.items()}
"""Who prints a student's record: those who know the student's data and read summaries."""

WHOSE_CASES = seen_by(own=BK, foreign="bk2 coordinator")

OF_CASE = allow(CASE, COUNSELOR)
OF_SUMMONS = allow(STEP)
OF_CLASS = {"own": Grant(those("coordinator"), SIGNED_IN - {"coordinator"})}
"""The coordinator gives classes to counselors; that a class exists is no secret."""
OF_VISIT = allow(VISIT, STEP)
OF_REPORT = allow(VISIT, REPORT)
OF_ASSISTANCE = allow(LETTER, STEP)
"""Asked of the principal, who reads the request; all else is the counselor's."""

OF_BK = seen_by(own="bk")
"""What bk alone signs in with, and another device on which they are signed in."""
WHO_HAS_ONE = page("bk", refused=Who())
ACCOUNT: dict[str, Page] = {
    **{
        name: Page("", OPEN, is_open=True)
        for name in ("account_login", "account_logout", "mfa_authenticate", "mfa_login_webauthn")
    },
    **{
        name: Page("", page("everyone"))
        for name in (
            *("account_change_password", "account_reauthenticate", "mfa_reauthenticate"),
            *("mfa_reauthenticate_webauthn", "mfa_activate_totp", "mfa_add_webauthn"),
            "mfa_generate_recovery_codes",
        )
    },
    "mfa_index": Page("", page("everyone"), methods=(GET,)),
    "mfa_deactivate_totp": Page("", WHO_HAS_ONE),
    "mfa_view_recovery_codes": Page("", WHO_HAS_ONE, methods=(GET,)),
    "mfa_remove_webauthn": Page("passkey", allow(OF_BK)),
    "sessions": Page("", page("everyone"), methods=(GET,)),
    "end_session": act("session", allow(OF_BK)),
    "end_other_sessions": Page("", page("everyone"), methods=(POST,)),
}

ACCESS: dict[str, Page] = {
    "home": listing("everyone", "home"),
    "home_wide": listing("everyone", "home"),
    "search": Page("", page("everyone"), logged="search", many=True),
    "set_language": Page("", OPEN, methods=(POST,), is_open=True),
    "service_worker": Page("", OPEN, methods=(GET,), is_open=True),
    "offline": Page("", OPEN, methods=(GET,), is_open=True),
    "undo": act("undo", allow(CASE)),
    "school:account": Page("", page("everyone"), methods=(GET,)),
    "school:form_of_address": Page("", page("everyone"), methods=(POST,)),
    **ACCOUNT,
    "help": Page("", page("everyone"), methods=(GET,)),
    **DESK,
    "student": shown("student", allow(STUDENT), "school.student"),
    "student_record": shown("student", allow(STUDENT, RECORD), "school.student"),
    "recaps:my_recaps": listing("everyone", "recaps.recap"),
    "recaps:my_recaps_file": listing("everyone", "recaps.recap"),
    "recaps:recap": shown("recap", allow(RECAP), "recaps.recap"),
    "recaps:withdraw_recap": act("recap", allow(RECAP, TEACHER), "recaps.recap"),
    "recaps:drop_correction": act("recap", allow(RECAP, TEACHER), "recaps.recap"),
    "recaps:correct_recap": Page("recap", allow(RECAP, TEACHER), logged="recaps.recap"),
    "recaps:return_recap": Page("recap", allow(RECAP, HOMEROOM), logged="recaps.recap"),
    "recaps:recap_sheet": shown("sheet", allow(SHEET), "recaps.recap"),
    "recaps:hand_over_recap": act("sheet", allow(SHEET), "recaps.recap"),
    "recaps:recap_header": Page("sheet", allow(SHEET), logged="recaps.recap"),
    "recaps:recap_entry": Page("sheet_row", allow(SHEET), logged="recaps.recap"),
    "recaps:google": Page("sheet", allow(SHEET), logged="recaps.recap"),
    "recaps:google_fill": Page("sheet", allow(SHEET), logged="recaps.recap"),
    "recaps:google_remove": act("sheet", allow(SHEET), "recaps.recap"),
    "recaps:google_forget": act("sheet", allow(SHEET), "recaps.recap"),
    **{
        f"recaps:{name}": listing(
            "wali wali2 former_wali bk bk2 coordinator", "recaps.classlist", refused=Who()
        )
        for name in ("class_lists", "class_lists_file")
    },
    "recaps:class_list": shown("class_list", allow(CLASS_LIST), "recaps.classlist"),
    "recaps:class_list_file": shown("class_list", allow(CLASS_LIST), "recaps.classlist"),
    "recaps:class_list_student": shown("class_list_row", allow(CLASS_LIST), "recaps.classlist"),
    "recaps:class_list_row": shown("class_list_row", allow(CLASS_LIST), "recaps.classlist"),
    "recaps:class_list_knowledge": Page(
        "class_list_row", allow(CLASS_LIST, LIST_HOMEROOM), logged="recaps.classlist"
    ),
    "recaps:attendance": shown("attendance", allow(ATTENDANCE), "recaps.absence"),
    "recaps:attendance_month_file": shown("attendance", allow(ATTENDANCE), "recaps.absence"),
    "recaps:attendance_day": Page(
        "attendance", allow(ATTENDANCE, LIST_HOMEROOM), logged="recaps.absence"
    ),
    "recaps:attendance_file": Page(
        "attendance", allow(ATTENDANCE, LIST_HOMEROOM), logged="recaps.absence"
    ),
    "recaps:attendance_template": shown(
        "attendance", allow(ATTENDANCE, LIST_HOMEROOM), "recaps.absence"
    ),
    "recaps:class_list_decide": act(
        "class_list", allow(CLASS_LIST, LIST_HOMEROOM), "recaps.classlist"
    ),
    "recaps:class_list_hand_over": Page(
        "class_list", allow(CLASS_LIST, LIST_HOMEROOM), logged="recaps.classlist"
    ),
    **{
        f"cases:{name}": listing(
            "guru guru2 wali wali2 bk bk2 coordinator principal visitor", "cases.case"
        )
        for name in ("cases", "cases_file")
    },
    "cases:assign": listing("coordinator", "cases.case"),
    "cases:give_class": act("class", OF_CLASS, "school.schoolclass"),
    "cases:hand_over_class": Page("class", OF_CLASS, logged="school.schoolclass"),
    "cases:hand_over_all": Page("counselor", allow(WHOSE_CASES), logged="school.user"),
    "cases:new": Page("", page(ALL_BK), logged="cases.case", many=True),
    "cases:open": Page("student", allow(STUDENT, OPENS), logged="school.student"),
    "cases:case": shown("case", allow(CASE), "cases.case"),
    "cases:evidence": shown("evidence", allow(EVIDENCE), "cases.evidence"),
    "cases:notice_evidence": act("case", OF_CASE, "cases.case"),
    "cases:review_note": Page("case", allow(CASE, NOTES), logged="cases.case"),
    **{
        f"cases:{name}": Page("case", OF_CASE, logged="cases.case")
        for name in (
            *("confirm", "dismiss", "resolve", "close", "reopen", "summary", "issue_summons"),
            "hand_over",
        )
    },
    "cases:write_note": Page("case", OF_CASE, logged="cases.case"),
    "cases:confidential_notes": listing(ALL_BK, "cases.confidentialnote"),
    "cases:confidential_note": shown("note", allow(READ), "cases.confidentialnote"),
    **{
        f"cases:{name}": Page("note", allow(SECRET, AUTHOR), logged="cases.confidentialnote")
        for name in ("correct_note", "delete_note")
    },
    "cases:pass_on": act("note", allow(SECRET, AUTHOR), "cases.confidentialnote"),
    "cases:read_left": Page("note", allow(LEFT), logged="cases.confidentialnote"),
    "cases:log_contact": Page("case", allow(CASE, EVIDENCE), logged="cases.case"),
    "cases:void_contact": Page("contact", allow(STEP), logged="cases.contact"),
    "cases:summons": shown("summons", allow(LETTER), "cases.summons"),
    **{
        f"cases:{name}": Page("summons", OF_SUMMONS, logged="cases.summons")
        for name in (
            *("fill_number", "reschedule", "summons_delivery"),
            *("summons_outcome", "withdraw_summons"),
        )
    },
    **{
        f"homevisits:{name}": listing(VISITORS, "homevisits.visit")
        for name in ("visits", "visits_file", "month", "week", "day")
    },
    "support:follow_ups": listing(ALL_BK, "support.followup"),
    "support:follow_ups_file": listing(ALL_BK, "support.followup"),
    "support:plan": Page("case", OF_CASE, logged="cases.case"),
    "reports:ask_feedback": Page("case", OF_CASE, logged="cases.case"),
    "support:agree": Page("case", OF_CASE, logged="cases.case"),
    **FEED,
    **REPORTS,
    **EVALUATIONS,
    **SEMESTER_REPORTS,
    **SUPPORT,
    **REFERRALS,
    "homevisits:proposals": Page(
        "",
        page(f"{ALL_BK} principal"),
        logged="homevisits.visit",
        many=True,
        post=page("principal"),
    ),
    "homevisits:progress": listing(f"{ALL_BK} principal", "homevisits.visit"),
    "homevisits:progress_print": listing(f"{ALL_BK} principal", "homevisits.visit"),
    "homevisits:progress_cases": listing(f"{ALL_BK} principal", "cases.case"),
    "homevisits:progress_cases_file": listing(f"{ALL_BK} principal", "cases.case"),
    "homevisits:propose": Page("case", OF_CASE, logged="cases.case"),
    "homevisits:visit": shown("visit", allow(VISIT), "homevisits.visit"),
    **{
        f"homevisits:{name}": Page("visit", OF_VISIT, logged="homevisits.visit")
        for name in ("schedule", "reschedule", "withdraw", "cancel", "number")
    },
    "homevisits:withdraw_approval": Page(
        "visit", allow(VISIT, PRINCIPAL), logged="homevisits.visit"
    ),
    "homevisits:acknowledge": act("visit", allow(VISIT, PRINCIPAL), "homevisits.visit"),
    "homevisits:propose_next": act("visit", OF_VISIT, "homevisits.visit"),
    "homevisits:report": shown("visit", OF_REPORT, "homevisits.visit"),
    "homevisits:report_draft": Page("visit", OF_REPORT, logged="homevisits.visit"),
    "homevisits:record": Page("visit", OF_REPORT, logged="homevisits.visit"),
    "homevisits:commitment": Page("promise", OF_REPORT, logged="homevisits.visit"),
    "homevisits:photos": shown("visit", OF_REPORT, "homevisits.visit"),
    "homevisits:add_photo": act("new_photo", allow(VISIT, ADDS), "homevisits.visit"),
    **{
        f"homevisits:{name}": shown("photo", allow(REPORT), "homevisits.photo")
        for name in ("photo", "small_photo")
    },
    "homevisits:printed_photo": shown("photo", allow(SIGNED), "homevisits.photo"),
    **{
        f"homevisits:{name}": act("photo", allow(REPORT, ADDS), "homevisits.photo")
        for name in ("describe_photo", "move_photo", "remove_photo")
    },
    "homevisits:tick_photo": act("photo", allow(REPORT, COUNSELOR_OF_VISIT), "homevisits.photo"),
    "homevisits:sign_report": Page("visit", OF_REPORT, logged="homevisits.visit"),
    "homevisits:sign_consent": Page("visit", OF_REPORT, logged="homevisits.visit"),
    "homevisits:remove_commitment": act("commitment", allow(REPORT), "homevisits.commitment"),
    "homevisits:assignment_letter": shown("visit", allow(VISIT), "homevisits.visit"),
    "support:assistances": listing(ALL_BK, "support.assistance"),
    "support:assistances_file": listing(ALL_BK, "support.assistance"),
    "support:receipt": shown("assistance", OF_ASSISTANCE, "support.assistance"),
    "support:ask_for": Page("case", OF_CASE, logged="cases.case"),
    "support:assistance": shown("assistance", allow(LETTER), "support.assistance"),
    **{
        f"support:{name}": Page("assistance", OF_ASSISTANCE, logged="support.assistance")
        for name in (
            *("hand_over_assistance", "return_assistance", "keep_assistance"),
            *("put_off_return", "withdraw_assistance", "sign_receipt"),
        )
    },
    "support:withdraw_assistance_approval": Page(
        "assistance", allow(LETTER, PRINCIPAL), logged="support.assistance"
    ),
    "homevisits:report_print": shown("visit", allow(VISIT, SIGNED), "homevisits.visit"),
}

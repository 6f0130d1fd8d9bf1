"""Who may open what: each URL by its name, for each person and object.

Written from the table "who sees what" in the design, not from the code. For each object, people
in `may` are answered, people in `refused` see the object but get 403, and everyone else gets 404.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from counseling.tests.scenarios.access import ANONYMOUS, DISABLED, PEOPLE

GET, POST = "GET", "POST"
BOTH = (GET, POST)
ALLOW, DENY, UNSEEN, LOGIN, METHOD = "allow", "403", "404", "login", "405"
LIST = "list"

Who = frozenset[str]


def those(words: str = "") -> Who:
    people = frozenset(words.split())
    assert people <= set(PEOPLE), people
    return people


SIGNED_IN = frozenset(PEOPLE) - {ANONYMOUS, DISABLED}


@dataclass(frozen=True)
class Grant:
    """The people who may open an object, and those who see that it exists but are refused."""

    may: Who
    refused: Who = frozenset()


Grants = dict[str, Grant]


@dataclass(frozen=True)
class Page:
    """The grants of a URL name. `kind` names the ids in the scenario that make its address."""

    kind: str
    grants: Grants
    methods: tuple[str, ...] = BOTH
    logged: str = ""
    """The kind of the entry that a request leaves in the access log; empty for none."""
    many: bool = False
    """Whether it is a list: its entry in the access log has no id."""
    post: Grants = field(default_factory=dict)
    """Grants of a POST if they differ from those of a GET."""
    is_open: bool = False
    """Whether everybody may open it, signed in or not."""

    def expected(self, variant: str, person: str, method: str) -> str:
        if self.is_open:
            return ALLOW if method in self.methods else METHOD
        if person in {ANONYMOUS, DISABLED}:
            return LOGIN
        if method not in self.methods:
            return METHOD
        grant = (self.post if method == POST and self.post else self.grants)[variant]
        if person in grant.may:
            return ALLOW
        return DENY if person in grant.refused else UNSEEN


def seen_by(**variants: str) -> dict[str, Who]:
    return {variant: those(words) for variant, words in variants.items()}


def allow(seen: dict[str, Who], may: dict[str, Who] | None = None) -> Grants:
    """Grant it to all who see it, or only to those in `may` and refuse the others who see it."""
    if may is None:
        return {variant: Grant(people) for variant, people in seen.items()}
    assert all(may.get(variant, Who()) <= seen[variant] for variant in seen)
    return {
        variant: Grant(may.get(variant, Who()), people - may.get(variant, Who()))
        for variant, people in seen.items()
    }


def without(seen: dict[str, Who], *variants: str) -> dict[str, Who]:
    return {variant: who for variant, who in seen.items() if variant not in variants}


def page(may: str, *, refused: Who = SIGNED_IN) -> Grants:
    """Grant a list or a report to `may`; those in `refused` get 403, all others 404."""
    people = SIGNED_IN if may == "everyone" else those(may)
    return {LIST: Grant(people, refused - people)}


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

VISIT = seen_by(
    own="bk coordinator principal visitor",
    ended="bk coordinator principal visitor",
    foreign="bk2 coordinator principal",
)
REPORT = seen_by(
    own="bk coordinator visitor", ended="bk coordinator visitor", foreign="bk2 coordinator"
)
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

KNOWN = "bk bk2 coordinator principal student_affairs operator"
STUDENT = seen_by(
    own=f"guru guru2 wali visitor {KNOWN}",
    ended=f"guru guru2 wali {KNOWN}",
    foreign=f"guru2 wali2 {KNOWN}",
    mixed=f"guru guru2 wali2 {KNOWN}",
)
"""`mixed` is a student of the foreign class, whom guru teaches in a group."""
CORRECTS = seen_by(
    own="wali bk coordinator operator",
    ended="wali bk coordinator operator",
    foreign="wali2 bk2 coordinator operator",
    mixed="wali2 bk2 coordinator operator",
)
GUARDIAN = {
    **{variant: people | {"principal"} for variant, people in CORRECTS.items()},
    "own": CORRECTS["own"] | {"principal", "visitor"},
}
"""The visitor too, whose visit is scheduled; they see guardians and correct none."""
OPERATOR = seen_by(**dict.fromkeys(STUDENT, "operator"))
OPENS = {variant: people - {"operator"} for variant, people in CORRECTS.items()}

REQUEST = seen_by(
    own="operator coordinator principal",
    foreign="operator coordinator principal",
)
"""`foreign` is about the coordinator, who sees it and does not answer it."""
ANSWERS = seen_by(own="coordinator principal", foreign="principal")
WITHDRAWS = seen_by(own="operator", foreign="operator")

Make = Callable[..., Page]


def act(kind: str, grants: Grants, logged: str = "") -> Page:
    """Return a page for an act that is done by a POST at once and has no page to GET."""
    return Page(kind, grants, methods=(POST,), logged=logged)


def shown(kind: str, grants: Grants, logged: str) -> Page:
    return Page(kind, grants, methods=(GET,), logged=logged)


def listing(may: str, logged: str, refused: Who = SIGNED_IN) -> Page:
    return Page("", page(may, refused=refused), methods=(GET,), logged=logged, many=True)


def records(one: str, many: str, *, acts: bool = True) -> dict[str, Page]:
    """Return the pages for a kind of record: its list, two forms, and its history."""
    of_list, of_one = page("operator"), OF_OPERATOR
    return {
        f"school:{many}": Page("", of_list, methods=BOTH if acts else (GET,)),
        f"school:add_{one}": Page("", of_list),
        f"school:{one}": Page(one, of_one),
        f"school:{one}_history": Page(one, of_one, methods=(GET,)),
    }


def single(name: str, kind: str = "") -> dict[str, Page]:
    """Return the pages for a record that is always there: its form, and its history."""
    of_one = {"own": Grant(OPERATORS, SIGNED_IN - OPERATORS)} if kind else page("operator")
    return {
        f"school:{name}": Page(kind, of_one),
        f"school:{name}_history": Page(kind, of_one, methods=(GET,)),
    }


OPEN = {LIST: Grant(SIGNED_IN)}
OPERATORS = those("operator")
OF_OPERATOR = {"own": Grant(OPERATORS, SIGNED_IN - OPERATORS)}
OWN_FILE = {"own": Grant(OPERATORS)}
"""A file before it is applied: nobody but who sent it knows of it."""
OF_CASE = allow(CASE, COUNSELOR)
OF_SUMMONS = allow(STEP)
OF_CLASS = {"own": Grant(those("coordinator"), SIGNED_IN - {"coordinator"})}
"""The coordinator gives classes to counselors; that a class exists is no secret."""
OF_PERSON = {"own": Grant(those("operator"), SIGNED_IN - {"operator"})}
"""That a colleague or a class exists is no secret; the operator acts on them."""
NEW_YEAR = ("new_year", "new_year_classes", "new_year_check")
OF_CHANGE = {"own": Grant(those("operator"), SIGNED_IN - {"operator"})}
"""That something was changed is no secret; what it was is the operator's."""
OF_VISIT = allow(VISIT, STEP)
OF_REPORT = allow(VISIT, REPORT)

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
    "set_language": Page("", OPEN, methods=(POST,), is_open=True),
    "service_worker": Page("", OPEN, methods=(GET,), is_open=True),
    "offline": Page("", OPEN, methods=(GET,), is_open=True),
    "undo": act("undo", allow(CASE)),
    "school:account": Page("", page("everyone"), methods=(GET,)),
    "school:form_of_address": Page("", page("everyone"), methods=(POST,)),
    **ACCOUNT,
    "help": Page("", page("everyone"), methods=(GET,)),
    "school:desk": Page("", page("operator"), methods=(GET,)),
    **records("subject", "subjects"),
    **records("person", "people"),
    **records("class", "classes"),
    "school:add_classes": Page("", page("operator")),
    "school:class_order": Page("", page("operator")),
    "school:homeroom": Page("class", OF_OPERATOR),
    "school:end_homeroom": Page("homeroom", OF_OPERATOR),
    **records("semester", "semesters", acts=False),
    **records("recap_period", "recap_periods"),
    **single("policy", "semester"),
    **single("profile"),
    **single("letterhead"),
    **single("letter_numbers"),
    "school:letterhead_preview": Page("", page("operator"), methods=(GET,)),
    "school:change_logo": Page("", page("operator"), methods=(POST,)),
    "school:logo": Page("logo", {"own": Grant(SIGNED_IN)}, methods=(GET,)),
    **single("school_days", "semester"),
    **{
        f"school:{name}": Page("", page("operator"), methods=(GET,))
        for name in ("teaching", "teaching_matrix")
    },
    "school:paste_teaching": Page("", page("operator")),
    "school:counselors": Page("", page("operator")),
    **records("group", "groups"),
    "school:group_teachers": Page("group", OF_OPERATOR),
    **{
        f"school:{name}": Page("group", OF_OPERATOR, logged="school.groupmember", many=True)
        for name in ("group", "join_group", "leave_group")
    },
    "school:subject_teachers": Page("subject", OF_OPERATOR),
    "school:imports": Page("", page("operator")),
    "school:import_plan": Page("upload", OWN_FILE, logged="school.upload"),
    "school:import_discard": act("upload", OWN_FILE, "school.upload"),
    "school:import_progress": Page("", page("everyone"), methods=(GET,)),
    "school:import_template": listing("operator", "school.import"),
    "school:students": listing("everyone", "school.student"),
    "school:add_student": Page("", page("operator")),
    "school:edit_student": Page("student", allow(STUDENT, OPERATOR), logged="school.student"),
    "school:student_history": shown("student", allow(STUDENT, OPERATOR), "school.student"),
    "school:delete_guardian": Page("guardian", allow(GUARDIAN, OPERATOR), logged="school.guardian"),
    "school:correct_student": Page("student", allow(STUDENT, CORRECTS), logged="school.student"),
    "school:add_guardian": Page("student", allow(STUDENT, CORRECTS), logged="school.student"),
    "school:correct_guardian": Page(
        "guardian", allow(GUARDIAN, CORRECTS), logged="school.guardian"
    ),
    **{
        f"school:{name}": Page("student", allow(STUDENT, OPERATOR), logged="school.student")
        for name in ("move_class", "arrive", "leave")
    },
    "school:replace_teacher": Page("person", OF_PERSON, logged="school.user"),
    "school:pass_classes": Page("person", OF_PERSON, logged="school.user"),
    "school:merge_class": Page("class", OF_PERSON, logged="school.schoolclass"),
    **{f"school:{name}": Page("", page("operator")) for name in NEW_YEAR},
    "school:new_year_class": Page("new_class", OF_PERSON),
    "school:new_year_students": listing("operator", "school.student"),
    "school:new_year_student": Page("student", allow(STUDENT, OPERATOR), logged="school.student"),
    "school:changes": listing("operator", "school.change"),
    "school:change": shown("change", OF_CHANGE, "school.change"),
    "school:undo_change": act("change", OF_CHANGE, "school.change"),
    "student": shown("student", allow(STUDENT), "school.student"),
    "recaps:my_recaps": listing("everyone", "recaps.recap"),
    "recaps:recap": shown("recap", allow(RECAP), "recaps.recap"),
    "recaps:withdraw_recap": act("recap", allow(RECAP, TEACHER), "recaps.recap"),
    "recaps:drop_correction": act("recap", allow(RECAP, TEACHER), "recaps.recap"),
    "recaps:correct_recap": Page("recap", allow(RECAP, TEACHER), logged="recaps.recap"),
    "recaps:return_recap": Page("recap", allow(RECAP, HOMEROOM), logged="recaps.recap"),
    "recaps:recap_sheet": shown("sheet", allow(SHEET), "recaps.recap"),
    "recaps:hand_over_recap": act("sheet", allow(SHEET), "recaps.recap"),
    "recaps:recap_header": Page("sheet", allow(SHEET), logged="recaps.recap"),
    "recaps:recap_entry": Page("sheet_row", allow(SHEET), logged="recaps.recap"),
    "recaps:class_lists": listing(
        "wali wali2 former_wali bk bk2 coordinator", "recaps.classlist", refused=Who()
    ),
    "recaps:class_list": shown("class_list", allow(CLASS_LIST), "recaps.classlist"),
    "recaps:class_list_student": shown("class_list_row", allow(CLASS_LIST), "recaps.classlist"),
    "recaps:class_list_row": shown("class_list_row", allow(CLASS_LIST), "recaps.classlist"),
    "recaps:class_list_knowledge": Page(
        "class_list_row", allow(CLASS_LIST, LIST_HOMEROOM), logged="recaps.classlist"
    ),
    "recaps:attendance": shown("attendance", allow(ATTENDANCE), "recaps.absence"),
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
    "cases:cases": listing("everyone", "cases.case"),
    "cases:assign": listing("coordinator", "cases.case"),
    **{
        f"cases:{name}": act("class", OF_CLASS, "school.schoolclass")
        for name in ("give_class", "hand_over_class")
    },
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
    "homevisits:visits": listing(
        "guru guru2 wali wali2 bk bk2 coordinator principal student_affairs visitor",
        "homevisits.visit",
    ),
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
    "homevisits:remove_commitment": act("commitment", allow(REPORT), "homevisits.commitment"),
    "homevisits:assignment_letter": shown("visit", allow(VISIT), "homevisits.visit"),
    "homevisits:report_print": shown("visit", allow(VISIT, SIGNED), "homevisits.visit"),
    "school:give_office": Page("person", OF_OPERATOR),
    "school:ask_for": Page("person", OF_OPERATOR),
    "school:end_office": Page("holding", OF_OPERATOR),
    "school:office_requests": Page("", page("operator coordinator principal")),
    "school:office_request": shown("request", allow(REQUEST), "school.officerequest"),
    "school:answer_office_request": act("request", allow(REQUEST, ANSWERS), "school.officerequest"),
    "school:withdraw_office_request": act(
        "request", allow(REQUEST, WITHDRAWS), "school.officerequest"
    ),
    "reports:semester": listing(
        "wali wali2 bk bk2 coordinator principal student_affairs", "reports.semester"
    ),
}

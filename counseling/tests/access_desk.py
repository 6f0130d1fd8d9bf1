"""Who may open the operator's pages, and those about a student that the operator opens too."""

from counseling.tests.access_page import (
    BOTH,
    GET,
    POST,
    SIGNED_IN,
    Grant,
    Page,
    act,
    allow,
    listing,
    page,
    seen_by,
    shown,
    those,
)

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

REQUEST = seen_by(
    own="operator coordinator principal",
    foreign="operator coordinator principal",
)
"""`foreign` is about the coordinator, who sees it and does not answer it."""
ANSWERS = seen_by(own="coordinator principal", foreign="principal")
WITHDRAWS = seen_by(own="operator", foreign="operator")

OPERATORS = those("operator")
OF_OPERATOR = {"own": Grant(OPERATORS, SIGNED_IN - OPERATORS)}
"""That it exists is no secret; what it holds is the operator's."""
OWN_FILE = {"own": Grant(OPERATORS)}
"""A file before it is applied: nobody but who sent it knows of it."""
NEW_YEAR = ("new_year", "new_year_classes", "new_year_check")


def records(one: str, many: str, model: str = "", *, acts: bool = True) -> dict[str, Page]:
    """Return the pages for a kind of record: its list, two forms, and its history."""
    of_list, of_one, model = page("operator"), OF_OPERATOR, model or one
    return {
        f"school:{many}": Page("", of_list, methods=BOTH if acts else (GET,)),
        f"school:{many}_file": listing("operator", f"school.{model}"),
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


DESK: dict[str, Page] = {
    "school:desk": Page("", page("operator"), methods=(GET,)),
    **records("subject", "subjects"),
    **records("person", "people", "user"),
    **records("class", "classes", "schoolclass"),
    "school:add_classes": Page("", page("operator")),
    "school:add_subjects": Page("", page("operator")),
    "school:class_order": Page("", page("operator")),
    "school:homerooms": Page("", page("operator")),
    "school:homeroom": Page("class", OF_OPERATOR),
    "school:end_homeroom": Page("homeroom", OF_OPERATOR),
    **records("semester", "semesters", acts=False),
    **records("recap_period", "recap_periods", "recapperiod"),
    "school:first_recap": Page("semester", OF_OPERATOR),
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
    **records("group", "groups", "teachinggroup"),
    "school:group_teachers": Page("group", OF_OPERATOR),
    **{
        f"school:{name}": Page("group", OF_OPERATOR, logged="school.groupmember", many=True)
        for name in ("group", "join_group", "leave_group")
    },
    "school:subject_teachers": Page("subject", OF_OPERATOR),
    "school:imports": Page("", page("operator")),
    "school:import_plan": Page("upload", OWN_FILE, logged="school.upload"),
    "school:import_refused": shown("upload", OWN_FILE, "school.upload"),
    "school:import_discard": act("upload", OWN_FILE, "school.upload"),
    "school:progress": Page("", page("everyone"), methods=(GET,)),
    "school:import_template": listing("operator", "school.import"),
    "school:students": listing("everyone", "school.student"),
    "school:students_file": listing("everyone", "school.student"),
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
    "school:replace_teacher": Page("person", OF_OPERATOR, logged="school.user"),
    "school:pass_classes": Page("person", OF_OPERATOR, logged="school.user"),
    "school:merge_class": Page("class", OF_OPERATOR, logged="school.schoolclass"),
    **{f"school:{name}": Page("", page("operator")) for name in NEW_YEAR},
    "school:new_year_class": Page("new_class", OF_OPERATOR),
    "school:new_year_students": listing("operator", "school.student"),
    "school:new_year_file": Page("", page("operator"), logged="school.student", many=True),
    "school:new_year_student": Page("student", allow(STUDENT, OPERATOR), logged="school.student"),
    "school:changes": listing("operator", "school.change"),
    "school:change": shown("change", OF_OPERATOR, "school.change"),
    "school:undo_change": act("change", OF_OPERATOR, "school.change"),
    "school:give_office": Page("person", OF_OPERATOR),
    "school:ask_for": Page("person", OF_OPERATOR),
    "school:end_office": Page("holding", OF_OPERATOR),
    "school:office_requests": Page("", page("operator coordinator principal")),
    "school:office_request": shown("request", allow(REQUEST), "school.officerequest"),
    "school:answer_office_request": act("request", allow(REQUEST, ANSWERS), "school.officerequest"),
    "school:withdraw_office_request": act(
        "request", allow(REQUEST, WITHDRAWS), "school.officerequest"
    ),
}

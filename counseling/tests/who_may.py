"""Who may do each act, written from the design's table of acts, not from the lifecycles.

In the small school: a case of X MIPA 3, whose counselor is bk; a recap of guru.
"""

COUNSELOR = "bk coordinator"
"""The case's counselor, and the coordinator in their place."""
PRINCIPAL = "principal"
HOMEROOM = "wali"
TEACHER = "guru"
EVERYBODY = "guru guru2 wali wali2 bk bk2 coordinator principal student_affairs operator"

WHO_MAY: dict[str, dict[str, str]] = {
    "cases.case": {
        "refer": HOMEROOM,
        "refer_again": HOMEROOM,
        "open": f"{HOMEROOM} {COUNSELOR}",
        **dict.fromkeys(("confirm", "dismiss", "resolve", "close", "reopen"), COUNSELOR),
        "refer_out": COUNSELOR,
        "hand_over": COUNSELOR,
        "follow": "coordinator operator",  # the counselor whom the class gets
        **dict.fromkeys(("carry", "end", "go_on", "link"), "principal"),
    },
    # a note of bk
    "cases.confidentialnote": {
        "write": COUNSELOR,
        **dict.fromkeys(("correct", "pass_on", "delete"), "bk"),
        "read_left": "coordinator",
    },
    # of a case in review; the attempt to void is the homeroom teacher's own
    "cases.contact": dict.fromkeys(("log", "void"), f"{HOMEROOM} {COUNSELOR}"),
    "cases.summons": dict.fromkeys(
        (
            *("issue", "number", "reschedule", "deliver"),
            *("attended", "not_attended", "withdraw"),
        ),
        COUNSELOR,
    ),
    "support.referral": dict.fromkeys(
        ("prepare", "edit", "consent", "send", "number", "answer", "refuse", "withdraw"), COUNSELOR
    ),
    "homevisits.visit": {
        **dict.fromkeys(("propose", "propose_next", "withdraw"), COUNSELOR),
        **dict.fromkeys(("schedule", "reschedule", "number", "cancel", "record"), COUNSELOR),
        **dict.fromkeys(("sign_consent", "sign_report"), COUNSELOR),
        **dict.fromkeys(("approve", "decline", "withdraw_approval", "acknowledge"), PRINCIPAL),
    },
    "support.assistance": {
        **dict.fromkeys(("ask", "withdraw", "hand_over", "sign", "put_off"), COUNSELOR),
        **dict.fromkeys(("return", "keep"), COUNSELOR),
        **dict.fromkeys(("approve", "decline", "withdraw_approval"), PRINCIPAL),
    },
    "homevisits.photo": dict.fromkeys(("add", "tick", "untick", "remove"), COUNSELOR),
    "recaps.recap": {
        **dict.fromkeys(("begin", "hand_over", "withdraw", "correct", "drop_correction"), TEACHER),
        "return": HOMEROOM,
    },
    "recaps.classlist": {
        "begin": EVERYBODY,  # a list begins as soon as anybody's act needs it
        "hand_over": HOMEROOM,
        "supplement": "guru guru2",  # by handing over a late recap
    },
    # of the student's case; the one to finish is the counselor's own
    "support.followup": {
        **dict.fromkeys(("agree", "finish", "put_off", "drop"), COUNSELOR),
        "take_over": EVERYBODY,  # by whoever records the visit on which it was promised
    },
    "support.conference": dict.fromkeys(
        ("plan", "reschedule", "hold", "minutes", "close", "cancel"), COUNSELOR
    ),
    "school.officerequest": {
        **dict.fromkeys(("ask", "withdraw"), "operator"),
        **dict.fromkeys(("agree", "refuse"), "coordinator principal"),
    },
    "reports.semesterreport": {
        "begin": "coordinator principal",  # whoever first writes it or freezes it
        "write": "coordinator",
        **dict.fromkeys(("freeze", "unfreeze"), PRINCIPAL),
    },
    # the own one of bk
    "reports.evaluation": {
        "begin": "bk bk2 coordinator",
        **dict.fromkeys(("begin_joint", "return"), "coordinator"),
        **dict.fromkeys(("write", "hand_over"), "bk"),
    },
    "recaps.decision": dict.fromkeys(("decide", "replace", "stand_again"), HOMEROOM),
}

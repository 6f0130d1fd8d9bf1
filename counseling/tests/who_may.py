"""Who may do each act, written from the design's table of acts, not from the lifecycles.

Of the small school: the case is one of X MIPA 3, its counselor is bk; the recap is guru's.
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
    },
    "cases.contact": {"log": COUNSELOR, "void": COUNSELOR},
    "cases.summons": dict.fromkeys(
        (
            *("issue", "number", "reschedule", "deliver"),
            *("attended", "not_attended", "withdraw"),
        ),
        COUNSELOR,
    ),
    "homevisits.visit": {
        **dict.fromkeys(("propose", "propose_next", "withdraw"), COUNSELOR),
        **dict.fromkeys(("schedule", "reschedule", "number", "cancel", "record"), COUNSELOR),
        **dict.fromkeys(("approve", "decline", "withdraw_approval", "acknowledge"), PRINCIPAL),
    },
    "recaps.recap": {
        **dict.fromkeys(("begin", "hand_over", "withdraw", "correct", "drop_correction"), TEACHER),
        "return": HOMEROOM,
    },
    "recaps.classlist": {
        "begin": EVERYBODY,  # a list is there as soon as anybody's act needs it
        "hand_over": HOMEROOM,
        "supplement": "guru guru2",  # by a recap that comes late
    },
    "recaps.decision": dict.fromkeys(("decide", "replace", "stand_again"), HOMEROOM),
}

"""Who opens evaluations of a semester."""

from counseling.tests.access_page import (
    SIGNED_IN,
    Grant,
    Page,
    act,
    allow,
    listing,
    seen_by,
    shown,
    those,
)

EVALUATES = "bk bk2 coordinator principal"
BEGIN = {"own": Grant(those("bk bk2 coordinator"), SIGNED_IN - those("bk bk2 coordinator"))}
BEGIN_JOINT = {"own": Grant(those("coordinator"), SIGNED_IN - {"coordinator"})}
SEEN = seen_by(
    own="bk coordinator", handed="bk bk2 coordinator principal", joint="bk bk2 coordinator"
)
"""`own` is a draft of bk, `handed` one that bk2 handed over, `joint` the school's draft."""
WRITER = seen_by(own="bk", handed="bk2", joint="coordinator")
RETURNS = seen_by(own="coordinator", handed="coordinator", joint="")
KIND = "reports.evaluation"

EVALUATIONS: dict[str, Page] = {
    "reports:evaluations": listing(EVALUATES, KIND),
    "reports:begin_evaluation": act("semester", BEGIN, "school.semester"),
    "reports:begin_joint": act("semester", BEGIN_JOINT, "school.semester"),
    "reports:evaluation": shown("evaluation", allow(SEEN), KIND),
    "reports:write_evaluation": Page("evaluation", allow(SEEN, WRITER), logged=KIND),
    "reports:hand_over_evaluation": act("evaluation", allow(SEEN, WRITER), KIND),
    "reports:return_evaluation": Page("evaluation", allow(SEEN, RETURNS), logged=KIND),
}

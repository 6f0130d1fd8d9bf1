"""Who opens the reports: Tables 2 and 3 by grade all who see aggregates, others who read cases."""

from counseling.tests.access_page import BOTH, GET, OPEN, Page, Who, listing, page

BY_CLASS = "wali wali2 bk bk2 coordinator principal"
EVERYBODY = f"{BY_CLASS} student_affairs"
EVALUATES = "bk bk2 coordinator principal"
KINDS = {
    **dict.fromkeys(("reasons", "causes"), EVERYBODY),
    **dict.fromkeys(("effectiveness", "discipline", "participation"), BY_CLASS),
    **dict.fromkeys(("load", "years"), EVALUATES),
}
"""Report → who reads it; student affairs without small numbers."""

REPORTS: dict[str, Page] = {
    "reports:semester": listing(EVERYBODY, "reports.semester"),
    "reports:semester_file": listing(EVERYBODY, "reports.semester"),
    "reports:running": listing(EVALUATES, "reports.running"),
    "reports:late": listing(EVALUATES, "reports.running"),
    **{f"reports:{kind}": listing(who, f"reports.{kind}") for kind, who in KINDS.items()},
    **{f"reports:{kind}_file": listing(who, f"reports.{kind}") for kind, who in KINDS.items()},
    "reports:feedback": Page("", page("", refused=Who()), methods=BOTH, by_key=True),
    "reports:feedback_thanks": Page("", OPEN, methods=(GET,), is_open=True),
    "reports:feedback_results": listing(EVALUATES, "reports.feedback"),
}

"""Who opens the reports: Tables 2 and 3 by grade all who see aggregates, others who read cases."""

from counseling.tests.access_page import BOTH, GET, OPEN, Page, Who, listing, page

BY_CLASS = "wali wali2 bk bk2 coordinator principal"
EVERYBODY = f"{BY_CLASS} student_affairs"
EVALUATES = "bk bk2 coordinator principal"
KINDS = ("reasons", "causes", "effectiveness", "discipline", "participation")

REPORTS: dict[str, Page] = {
    "reports:semester": listing(EVERYBODY, "reports.semester"),
    "reports:semester_file": listing(EVERYBODY, "reports.semester"),
    **{f"reports:{kind}": listing(BY_CLASS, f"reports.{kind}") for kind in KINDS},
    **{f"reports:{kind}_file": listing(BY_CLASS, f"reports.{kind}") for kind in KINDS},
    "reports:load": listing(EVALUATES, "reports.load"),
    "reports:load_file": listing(EVALUATES, "reports.load"),
    "reports:years": listing(EVALUATES, "reports.years"),
    "reports:years_file": listing(EVALUATES, "reports.years"),
    "reports:feedback": Page("", page("", refused=Who()), methods=BOTH, by_key=True),
    "reports:feedback_thanks": Page("", OPEN, methods=(GET,), is_open=True),
    "reports:feedback_results": listing(EVALUATES, "reports.feedback"),
}

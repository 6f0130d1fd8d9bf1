"""Who opens the reports: Tables 2 and 3 by grade all who see aggregates, others who read cases."""

from counseling.tests.access_page import Page, listing

BY_CLASS = "wali wali2 bk bk2 coordinator principal"
EVERYBODY = f"{BY_CLASS} student_affairs"
KINDS = ("reasons", "causes")

REPORTS: dict[str, Page] = {
    "reports:semester": listing(EVERYBODY, "reports.semester"),
    "reports:semester_file": listing(EVERYBODY, "reports.semester"),
    **{f"reports:{kind}": listing(BY_CLASS, f"reports.{kind}") for kind in KINDS},
    **{f"reports:{kind}_file": listing(BY_CLASS, f"reports.{kind}") for kind in KINDS},
}

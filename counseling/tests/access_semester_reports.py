"""Who opens semester reports, writes their texts, freezes and unfreezes them."""

from counseling.tests.access_page import Page, allow, listing, seen_by, shown

READERS = "bk bk2 coordinator principal"
REPORT = seen_by(own=READERS, frozen=f"{READERS} student_affairs")
"""A report: `own` is the draft of the running semester."""
FROZEN = seen_by(own=READERS)
WRITES = seen_by(own="coordinator", frozen="coordinator")
FREEZES = seen_by(own="principal", frozen="principal")
KIND_OF_REPORT = "reports.semesterreport"
SEMESTER_REPORTS: dict[str, Page] = {
    "reports:semester_reports": listing(f"{READERS} student_affairs", KIND_OF_REPORT),
    "reports:semester_report": shown("report", allow(REPORT), KIND_OF_REPORT),
    "reports:semester_report_version": shown(
        "old_report", allow({"own": REPORT["frozen"]}, FROZEN), KIND_OF_REPORT
    ),
    "reports:semester_report_json": shown(
        "frozen_report", allow({"own": REPORT["frozen"]}, FROZEN), KIND_OF_REPORT
    ),
    "reports:semester_report_texts": Page("report", allow(REPORT, WRITES), logged=KIND_OF_REPORT),
    **{
        f"reports:{name}": Page("report", allow(REPORT, FREEZES), logged=KIND_OF_REPORT)
        for name in ("freeze_semester", "unfreeze_semester")
    },
}

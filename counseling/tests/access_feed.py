"""Who may make, revoke and read a link for calendar apps."""

from counseling.tests.access_page import GET, POST, Page, Who, page

VISITORS = "guru guru2 wali wali2 bk bk2 coordinator principal student_affairs visitor"
FEED: dict[str, Page] = {
    "homevisits:feed": Page("", page(VISITORS), methods=(GET,)),
    "homevisits:make_feed": Page("", page(VISITORS), methods=(POST,)),
    "homevisits:revoke_feed": Page("", page("everyone"), methods=(POST,)),
    "homevisits:feed_file": Page("", page("", refused=Who()), methods=(GET,), by_key=True),
}

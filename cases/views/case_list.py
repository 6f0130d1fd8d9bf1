"""The list of cases, filtered by what stands in the address.

q         words of the name, or the beginning of the NIS
semester  a code, e.g. 2020/2021-1; "all"; without it: the current semester's, and what is
          still open from earlier ones
grade     X, XI, XII
class     id of a class: the student's last one in the semester
rung      REVIEW, CONTACT, SUMMONS, HOME_VISIT
status    open (without it, too), counted (all but false alarms), all, or a status, e.g. RESOLVED
counselor id of a user, or "none"
reason    one of the five, e.g. ECONOMY; of cases whose evidence one may see
cause     e.g. NETWORK; of cases whose summary one may see
sort      due (without it), name, class, rung; with "-" the other way round
page      of 50
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.case_filters import Filters
from cases.case_rows import in_order, rows_of
from school import permissions as may
from school.paging import Counted
from workflow.access_log import logs_access

A_PAGE = 50


@logs_access("cases.case", many=True)
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Those that one may know of, the most urgent first."""
    filters = Filters(request.user, request.GET)
    listed = in_order(filters)
    menus = filters.menus()
    page = Counted(listed.cases, A_PAGE, menus["shown"]).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "rows": rows_of(list(page.object_list), listed.coming),
        "filters": filters,
        "menus": menus,
        **_columns(request.user),
    }
    return render(request, "cases/cases.html", context)


def _columns(user: Any) -> dict[str, bool]:
    """The columns and filters that have anything to say to `user`."""
    is_bk, is_homeroom = may.is_counselor(user), may.is_homeroom_today(user)
    return {
        "shows_next": is_bk,
        "shows_reasons": is_bk or is_homeroom,
        "shows_due": is_bk or is_homeroom or may.is_principal(user),
    }

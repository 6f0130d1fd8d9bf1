"""My recaps, and a recap as it was handed over."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from recaps.acts import RECAP_ACTS
from recaps.filters import MyRecapsFilter
from recaps.list_columns import recap_columns
from recaps.models import Recap
from recaps.permissions import reads_all_of
from recaps.queries.recap_grid import grid
from recaps.queries.recap_sheet import OwnRecap, noted_rows, read_by, sheet_read_by
from school.list_files import list_file
from school.models import TeachingAssignment, User
from workflow.acts import Button
from workflow.views import acts_on, logs_access

RELATED = ("group__school_class", "group__subject", "period__semester__policy")


@logs_access("recaps.recap")
@require_http_methods(["GET", "HEAD"])
def my_recaps(request: HttpRequest) -> HttpResponse:
    """Show the grid of one semester, by default the current one."""
    asked = MyRecapsFilter(request)
    semester = asked.chosen
    context = {
        "semester": semester,
        "asked": asked,
        "lines": grid(request.user, semester) if semester else [],
    }
    return render(request, "recaps/my_recaps.html", context)


@logs_access("recaps.recap")
@require_http_methods(["GET", "HEAD"])
def my_recaps_file(request: HttpRequest) -> HttpResponse:
    """Send the grid of one semester as a file."""
    asked = MyRecapsFilter(request)
    lines = grid(request.user, asked.chosen) if asked.chosen else []
    title = f"{_('My recaps')}, {asked.chosen}"
    return list_file(request, asked, recap_columns(lines), lines, title=title)


@acts_on(Recap, methods=("GET",), related=RELATED)
def recap(request: HttpRequest, recap: Recap) -> HttpResponse:
    """Show a recap: what was handed over to its readers, the draft to its teacher."""
    sheet = sheet_read_by(request.user, recap)
    policy = recap.period.semester.policy
    rows = noted_rows(sheet, policy, request.user) if sheet else []
    context = {
        "recap": recap,
        "sheet": sheet,
        "rows": rows,
        "others": read_by(request.user, sheet).count() - len(rows) if sheet else 0,
        "reads_all": reads_all_of(request.user, recap, sheet),
        "acts": acts_on_what_went(request.user, recap),
        "sheet_url": sheet_url(request.user, recap),
    }
    return render(request, "recaps/recap_read.html", context)


def acts_on_what_went(user: User, recap: Recap) -> list[Button]:
    """Return the buttons; withdraw and correct exclude each other, so only one of them is shown."""
    names = ("withdraw", "return", "correct", "drop_correction")
    found = RECAP_ACTS.buttons(user, recap, names)
    can_withdraw = any(act.name == "withdraw" and act.on for act in found)
    return [act for act in found if act.name != ("correct" if can_withdraw else "withdraw")]


def sheet_url(user: User, recap: Recap) -> str:
    """Return where `user` writes this recap, if they hold its assignment today."""
    held = TeachingAssignment.objects.today().filter(teacher=user, group=recap.group_id)
    found = held.first()
    return OwnRecap(found, recap.period).url if found else ""

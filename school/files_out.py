"""A table as a file for spreadsheets: .xlsx or CSV, with who asked for it, when, and its filter.

While it is written, the page that asked for it is told how many rows are done.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from school import wording
from school.models import SchoolProfile
from school.sheets.export import About, Table, Tell, comma_separated, workbook
from workflow import clock, progress
from workflow.submits import FIELD

CSV, XLSX = "csv", "xlsx"
FORMATS: dict[str, tuple[str, Callable[[Sequence[Table], About, Tell], str | bytes]]] = {
    CSV: ("text/csv; charset=utf-8", comma_separated),
    XLSX: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook),
}
NOT_IN_A_NAME = re.compile(r"[^\w.,-]+")


def file_of(
    request: HttpRequest, title: str, tables: Sequence[Table], shown: About = ()
) -> HttpResponse:
    """Return the tables as the file that `?format=` asks for; `shown` says what narrows them.

    Raises Http404 for another format.
    """
    wanted = request.GET.get("format", XLSX)
    if wanted not in FORMATS:
        raise Http404
    content_type, make = FORMATS[wanted]
    tell = partial(progress.tell, request.user.pk, request.GET.get(FIELD, ""))
    content = make(tables, about(request, title, shown), tell)
    tell(1, 1)
    answer = HttpResponse(content, content_type=content_type)
    name = NOT_IN_A_NAME.sub(" ", title).strip()[:80]
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{wanted}')}"
    return answer


def about(request: HttpRequest, title: str, shown: About) -> About:
    """Return what a file says of itself: its title, school, filter, who made it and when."""
    now = clock.now()
    return [
        (_("Content"), title),
        (_("School"), SchoolProfile.objects.values_list("name", flat=True).first() or ""),
        *shown,
        (_("Made by"), request.user.name),
        (_("Made on"), f"{wording.full_day(now)}, {wording.clock_time(now)}"),
    ]

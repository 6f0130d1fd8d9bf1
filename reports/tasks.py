"""What waits for a person in this room: report and evaluation of a semester that is over."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.evaluation_tasks import evaluations_waiting
from reports.models import TEXTS, SemesterReport
from reports.permissions import freezes_report, writes_report
from school.models import Semester, User
from school.tasks import Task
from workflow import clock
from workflow.addresses import address


def waiting(user: User) -> list[Task]:
    """Return the person's tasks of this room."""
    return [*evaluations_waiting(user), *_reports(user)]


def _reports(user: User) -> list[Task]:
    """Return a line for the texts to write, and one for the report to freeze; one query."""
    writes, freezes = writes_report(user), freezes_report(user)
    if not (writes or freezes):
        return []
    written = SemesterReport.objects.current().filter(semester=OuterRef("pk"))
    over = Semester.objects.filter(frozen_at=None, ends_on__lt=clock.today()).annotate(
        is_written=Exists(written.exclude(reduce(or_, (Q(**{name: ""}) for name in TEXTS))))
    )
    found = list(over.select_related("year").order_by("starts_on"))
    lacking = [one for one in found if not one.is_written]
    return [*(_to_write(lacking) if writes else ()), *(_to_freeze(found) if freezes else ())]


def _to_write(semesters: Sequence[Semester]) -> list[Task]:
    what, page = _("Write the semester report"), "reports:semester_report_texts"
    return _line(semesters, what, page, "pencil")


def _to_freeze(semesters: Sequence[Semester]) -> list[Task]:
    what, page = _("Freeze the semester report"), "reports:semester_report"
    return _line(semesters, what, page, "lock")


def _line(semesters: Sequence[Semester], what: str, page: str, icon: str) -> list[Task]:
    """Return the line of the first of the semesters, which says how many follow."""
    if not semesters:
        return []
    first, others = semesters[0], len(semesters) - 1
    more = ngettext("%(n)d more semester", "%(n)d more semesters", others) % {"n": others}
    return [
        Task(
            what=what,
            whom=str(first),
            url=address(page, first.code),
            icon=icon,
            look="accent",
            more=more if others else "",
        )
    ]

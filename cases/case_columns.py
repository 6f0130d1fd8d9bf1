"""The columns of the list of cases in a file: those that its page shows to the person."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from cases.case_rows import Row
from cases.filters import sees_all, sees_reasons, sees_summaries
from cases.models import CaseStatus
from school.list_files import Column
from school.models import User
from school.permissions import is_counselor
from school.sheets.export import Kind


def columns_for(user: User) -> list[Column]:
    columns = [
        (True, Column(_("Student"), attrgetter("name"))),
        (True, Column("NIS", attrgetter("nis"))),
        (True, Column(_("Class"), attrgetter("class_name"))),
        (True, Column(_("Rung"), attrgetter("rung.word"))),
        (True, Column(_("Status"), _status)),
        (is_counselor(user), Column(_("Next"), attrgetter("next_said"))),
        (sees_reasons(user), Column(_("Reason"), attrgetter("reasons"))),
        (sees_all(user), Column(_("Counselor"), attrgetter("counselor"))),
        (sees_summaries(user), Column(_("Due"), attrgetter("due_on"), Kind.DAY)),
    ]
    return [column for is_shown, column in columns if is_shown]


def _status(row: Row) -> object:
    return row.ended.word if row.ended else CaseStatus.OPEN.label

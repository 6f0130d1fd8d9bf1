"""The columns of the lists of this room in a file."""

from datetime import date
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from school.list_files import Column
from school.sheets.export import Kind
from support.models import Assistance, FollowUp
from support.wording import done_by
from workflow import clock


def _ended_on(follow_up: FollowUp) -> date | None:
    return clock.day_of(follow_up.ended_at) if follow_up.ended_at else None


def _counselor(assistance: Assistance) -> str:
    return assistance.case.counselor.called if assistance.case.counselor else ""


OF_STUDENT = (
    Column(_("Student"), attrgetter("case.student.name")),
    Column("NIS", attrgetter("case.student.nis")),
    Column(_("Class"), attrgetter("class_name")),
)
FOLLOW_UP_COLUMNS = (
    *OF_STUDENT,
    Column(_("What"), attrgetter("what")),
    Column(_("By whom"), done_by),
    Column(_("By when"), attrgetter("due_open"), Kind.DAY),
    Column(_("Status"), attrgetter("standing.word")),
    Column(_("Ended on"), _ended_on, Kind.DAY),
)
ASSISTANCE_COLUMNS = (
    *OF_STUDENT,
    Column(_("What"), attrgetter("name")),
    Column(_("What exactly"), lambda one: one.given or one.details),
    Column(_("Status"), attrgetter("standing.word")),
    Column(_("Handed over"), attrgetter("handed_on"), Kind.DAY),
    Column(_("Received by"), attrgetter("receiver")),
    Column(_("Back by"), attrgetter("due_back_on"), Kind.DAY),
    Column(_("Ended on"), attrgetter("ended_on"), Kind.DAY),
    Column(_("Counselor"), _counselor),
)

"""Follow-ups that wait for a person: their own, and of their cases those to be looked at."""

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.models.case import HANDLED
from school import permissions as may
from school.models import User
from school.models.users import CALLED
from school.tasks import Task, joined
from school.ties import ties_of
from support.models import FollowUp
from support.models.follow_up import FOR_THEM
from support.wording import done_by
from workflow import clock

ASKED = (
    *("what", "due_on", "status", "doer_name", "case__counselor", "case__student__name"),
    *(f"doer__{name}" for name in CALLED),
)


def follow_ups_waiting(user: User) -> list[Task]:
    """Return the tasks in one query, for whoever can be asked to do something."""
    if not may.may_be_visitor(user):
        return []
    rows = FollowUp.objects.open().filter(_waits_for(user)).with_class()
    known = rows.select_related("case__student", "doer").only(*ASKED)
    return [_task(one, user) for one in known.order_by()]


def _waits_for(user: User) -> Q:
    """Return the filter for the person's own; for a counselor also for what nobody else of the
    school does, and for what somebody else does too late."""
    found = FOR_THEM.where(ties_of(user), "")
    if may.is_counselor(user):
        to_look_at = Q(doer=None) | Q(due_on__lt=clock.today())
        found |= HANDLED.where(user, "case") & to_look_at
    return found


def _task(one: FollowUp, user: User) -> Task:
    is_mine = one.doer_id == user.pk
    is_checked = not is_mine and bool(one.doer_id or one.doer_name)
    return Task(
        what=_("Check the follow-up") if is_checked else _("Follow-up"),
        whom=one.case.student.name,
        url=one.get_absolute_url(),
        icon="clock",
        look="late" if one.is_late else "contact",
        group=one.class_name or "",
        more=joined(done_by(one), one.what) if is_checked else one.what,
        due_on=one.due_on,
        place="follow_ups",
        whose=None if is_mine else one.case.counselor_id,
    )

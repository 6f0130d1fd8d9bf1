"""Tasks of the principal and the counselor: assistance."""

from django.db.models import Count, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import approvals
from school import permissions as may
from school import wording
from school.models import User
from school.tasks import Task
from support.acts import ASSISTANCE_ACTS
from support.models import Assistance, AssistanceStatus
from support.models.assistance import AssistanceQuerySet
from support.permissions import sees_assistance
from workflow import clock
from workflow.addresses import address

S = AssistanceStatus
ASKED = (
    *("case__counselor", "status", "kind", "what", "is_lent", "due_on", "decided_at"),
    "case__student__name",
)
"""The columns that decide a task."""


def assistance_waiting(user: User) -> list[Task]:
    """Return the person's tasks; two queries at most."""
    return [*_decisions(user), *_to_hand_over_and_ask_back(user)]


def decisions_waiting(user: User) -> AssistanceQuerySet:
    """Return the requests that wait for the principal."""
    return Assistance.objects.to_decide() if may.is_principal(user) else Assistance.objects.none()


def _decisions(user: User) -> list[Task]:
    """Return one line for all requests."""
    if not may.is_principal(user):
        return []
    asked = Assistance.objects.to_decide().aggregate(n=Count("pk"), since=Min("asked_on"))
    count = asked["n"]
    if not count:
        return []
    words = ngettext("Decide on %(n)d request", "Decide on %(n)d requests", count)
    since = wording.formatted(asked["since"], "j F")
    return [
        Task(
            what=words % {"n": count},
            url=address(approvals.PAGE),
            icon="phone",
            look="accent",
            more=_("for assistance, since %(day)s") % {"day": since},
            place="approvals",
            count=count,
        )
    ]


def _to_hand_over_and_ask_back(user: User) -> list[Task]:
    """Return a line for each approved one, and for each that is lent until a day."""
    if not sees_assistance(user):
        return []
    own = Assistance.objects.handed_by(user)
    found: AssistanceQuerySet = own.to_hand_over() | own.lent_out().exclude(due_on=None)
    known = found.with_class_then().select_related("case__student").only(*ASKED)
    return [_task(one) for one in known.order_by()]


def _task(one: Assistance) -> Task:
    words = {"what": one.name_within}
    if one.status == S.APPROVED:
        what, url = _("Hand over: %(what)s") % words, ASSISTANCE_ACTS.url("hand_over", one)
        day = wording.formatted(one.decided_at, "j F") if one.decided_at else ""
        more = _("approved on %(day)s") % {"day": day}
    else:
        what, url, more = _("Ask back: %(what)s") % words, one.get_absolute_url(), _("on loan")
    is_late = one.due_on is not None and one.due_on < clock.today()
    return Task(
        what=what,
        whom=one.case.student.name,
        url=url,
        icon="phone",
        look="late" if is_late else "accent",
        group=one.class_name or "",
        more=more,
        due_on=one.due_on,
        place="cases",
        whose=one.case.counselor_id,
    )

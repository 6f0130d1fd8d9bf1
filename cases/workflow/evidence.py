"""The evidence that comes to a case: who brought it, and whether its counselor has read it."""

from django.db.models import Subquery

from cases.models import Case
from cases.permissions import is_counselor_of
from school.models import User
from workflow import clock
from workflow.errors import NotAllowed
from workflow.models import ActionEntry


def brought_evidence(user: User, case: Case) -> bool:
    return case.evidence.filter(by=user).exists()


def notice_evidence(case: Case, *, by: User) -> None:
    """Note that the counselor has read the evidence that came to the case."""
    if not is_counselor_of(by, case):
        raise NotAllowed
    mark_read(case)


def mark_read(case: Case) -> None:
    case.evidence.filter(noticed_at=None).update(noticed_at=clock.now())


def unread_again(case: Case, by: User) -> None:
    """Mark the evidence as unread again that the undone act marked as read."""
    done = ActionEntry.objects.filter(
        kind="cases.case", object_id=case.pk, action__in=("confirm", "reopen")
    )
    since = Subquery(done.order_by("-pk").values("logged_at")[:1])
    case.evidence.filter(noticed_at__gte=since).update(noticed_at=None)

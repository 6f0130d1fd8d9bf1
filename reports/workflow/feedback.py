"""Ask a student or a parent how a service was, and count what they answer."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import reduce
from operator import or_
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.permissions import is_counselor_of
from reports.models import FeedbackCount, FeedbackLink
from reports.models.feedback import hashed
from reports.served import Served, served_in
from school.dates import not_frozen
from school.models import User
from workflow import clock
from workflow.errors import NotAllowed, NotNow, Text
from workflow.run import hold, lock, log_act

BYTES = 32
LASTS = timedelta(days=14)


def why_not_now(case: Case) -> Text | None:
    """Return why nobody can be asked about a case: its semester is over or frozen."""
    if clock.today() > case.semester.ends_on:
        return _("The semester is over, and its feedback is counted.")
    return not_frozen(case.semester)


def open_until(case: Case) -> date:
    """Return the last day of a link made today: results are shown when all links are over."""
    return min(clock.today() + LASTS - timedelta(days=1), case.semester.ends_on)


@transaction.atomic
def ask_feedback(case: Case, service: Served, respondent: str, *, by: User) -> str:
    """Make the link for one person and one service, and return its key, which is kept nowhere.

    It replaces an earlier one that still waits for an answer. Raises NotAllowed, NotNow.
    """
    if not is_counselor_of(by, case):
        raise NotAllowed
    lock(case)
    if why := why_not_now(case):
        raise NotNow(why)
    if service not in served_in(case):
        raise NotNow(_("This has changed in the meantime. Choose again."))
    asked: dict[str, Any] = {
        "service": service.kind,
        "service_id": service.pk,
        "respondent": respondent,
    }
    earlier = FeedbackLink.objects.filter(**asked).first()
    if earlier and not earlier.is_open:
        raise NotNow(_("They were asked about this already. Each person is asked once."))
    key, today = token_urlsafe(BYTES), clock.today()
    values = {"key_hash": hashed(key), "made_on": today, "ends_on": open_until(case)}
    link, _made = FeedbackLink.objects.update_or_create(**asked, defaults={"case": case, **values})
    log_act(link, "ask", by=by)
    return key


@transaction.atomic
def answer_feedback(link: FeedbackLink, form: UUID, steps: Mapping[str, int]) -> bool:
    """Count the steps, question → 1 to 4, and use up the link. Return whether it took them.

    The same form sent again changes nothing. Nothing is logged: the order of the entries would say
    who answered when.
    """
    hold(link)
    if link.used_by == form:
        return True
    if not link.is_open:
        return False
    link.used_by = form
    link.save(update_fields=["used_by"])
    _count(link, steps)
    return True


def _count(link: FeedbackLink, steps: Mapping[str, int]) -> None:
    """Add one to the counts of these steps, in two queries; the rows are made where none is."""
    of: dict[str, Any] = {"semester_id": link.case.semester_id}
    of |= {"service": link.service, "respondent": link.respondent}
    chosen = [{"question": question, "step": step} for question, step in steps.items()]
    rows = [FeedbackCount(**of, **one) for one in chosen]
    FeedbackCount.objects.bulk_create(rows, ignore_conflicts=True)
    which = reduce(or_, (Q(**one) for one in chosen))
    FeedbackCount.objects.filter(which, **of).update(number=F("number") + 1)

"""Make and revoke the link at which a calendar app reads somebody's visits."""

from secrets import token_urlsafe

from django.db import transaction

from homevisits.models import CalendarFeed
from homevisits.models.feed import hashed
from school import permissions as may
from school.models import User
from workflow import clock
from workflow.errors import NotAllowed
from workflow.run import log_act

BYTES = 32


@transaction.atomic
def make_feed(*, by: User) -> str:
    """Make the person's link, in place of an earlier one, and return its key, which is kept
    nowhere. Raises NotAllowed if they cannot go on visits."""
    if not may.may_be_visitor(by):
        raise NotAllowed
    key = token_urlsafe(BYTES)
    CalendarFeed.objects.update_or_create(
        person=by, defaults={"key_hash": hashed(key), "made_at": clock.now()}
    )
    log_act(by, "make_feed", by=by)
    return key


@transaction.atomic
def revoke_feed(*, by: User) -> bool:
    """Delete the person's link, so that its address is not found from now on; say if it was."""
    deleted, _of_each = CalendarFeed.objects.filter(person=by).delete()
    if deleted:
        log_act(by, "revoke_feed", by=by)
    return bool(deleted)

"""The day that it is in the demo school."""

from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from counseling.demo.moments import at
from workflow import clock
from workflow.models import ActionEntry

TODAY = at(date(2021, 10, 4), 9)
"""Monday 4 October 2021, nine o'clock: the first week of October in the paper's agenda."""


def set_today() -> date:
    """Set the clock to that morning, or to the newest act if it is later; return the day."""
    newest = ActionEntry.objects.aggregate(newest=Max("logged_at"))["newest"]
    moment: datetime = max(TODAY, newest or TODAY)
    clock.set_offset(moment - timezone.now())
    return clock.today()

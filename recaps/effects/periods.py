"""The periods of which is said what an act of the operator does."""

from school.effects import Scope
from school.models import RecapPeriod
from workflow import clock


def begun(scope: Scope) -> list[RecapPeriod]:
    """Return the periods that an act concerns and that have begun when it takes effect."""
    found = so_far(scope)
    return [period for period in found if period.ends_on >= scope.on]


def so_far(scope: Scope) -> list[RecapPeriod]:
    """Return the periods that have begun when an act takes effect, and take acts."""
    last = max(clock.today(), scope.on)
    found = RecapPeriod.objects.filter(semester__frozen_at=None, starts_on__lte=last)
    return list(found.select_related("semester"))

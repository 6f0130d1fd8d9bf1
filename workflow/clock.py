"""The only source of now and today.

It is real time plus an offset, which only a demo school has. Sessions, codes and throttles do not
use it, but real time.
"""

import time as process_time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.errors import NotNow
from workflow.models import ClockOffset

REMEMBER_SECONDS = 60

_shift: ContextVar[timedelta | None] = ContextVar("shift", default=None)
_still: ContextVar[datetime | None] = ContextVar("still", default=None)
_remembered: tuple[float, timedelta] | None = None


def now() -> datetime:
    """Return the present moment of the school, aware, in UTC."""
    return _still.get() or timezone.now() + _offset()


def today() -> date:
    """Return the present day of the school, in its time zone."""
    return day_of(now())


def local(moment: datetime) -> datetime:
    """Return an aware moment in the school's own time zone.

    All people are in that zone. `timezone.localtime`, which looks up the zone, takes four times as
    long, and a page needs a hundred such moments.
    """
    return moment.astimezone(timezone.get_default_timezone())


def day_of(moment: datetime) -> date:
    """Return the day of an aware moment at the school."""
    return local(moment).date()


def happened(moment: datetime | None) -> datetime:
    """Return when an act happened: `moment`, or now. Raises NotNow for a future moment."""
    if moment is None:
        return now()
    if moment > now():
        raise NotNow(_("The time is in the future. Enter when it happened, now at the latest."))
    return moment


def day_start(day: date) -> datetime:
    """Return the first moment of `day` at the school, when an act with a date counts as done."""
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())


@contextmanager
def shifted_to(moment: datetime) -> Iterator[None]:
    """Let time go on from `moment` in the block, for this thread only."""
    token = _shift.set(moment - timezone.now())
    try:
        yield
    finally:
        _shift.reset(token)


@contextmanager
def still_at(moment: datetime) -> Iterator[None]:
    """Let time stand still at `moment` in the block, so that the same acts give the same rows."""
    token = _still.set(moment)
    try:
        yield
    finally:
        _still.reset(token)


def set_offset(offset: timedelta) -> None:
    """Save `offset` for every process of this school. Only a demo school may call it."""
    ClockOffset.objects.update_or_create(pk=ClockOffset.ONLY, defaults={"offset": offset})
    forget()


def forget() -> None:
    """Read the offset from the database again when time is asked next."""
    global _remembered  # noqa: PLW0603  (one value, one process)
    _remembered = None


def _offset() -> timedelta:
    global _remembered  # noqa: PLW0603
    if (shift := _shift.get()) is not None:
        return shift
    if _remembered is None or process_time.monotonic() - _remembered[0] > REMEMBER_SECONDS:
        stored = ClockOffset.objects.filter(pk=ClockOffset.ONLY).values_list("offset", flat=True)
        _remembered = (process_time.monotonic(), next(iter(stored), timedelta(0)))
    return _remembered[1]

"""The filter of the day's list: whose day it is, and in which order the visits stand."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.appointments import Appointment, appointments
from homevisits.appointments import Visits, planned_between
from homevisits.calendar_filter import PersonChoice
from homevisits.models import Visit
from school.filter_kinds import EVERY, Choice, Rows
from school.filters import ListFilter
from school.models import User
from school.models.users import CALLED
from workflow import clock

WAY, VILLAGE, TIME = "way", "village", "time"
ORDERS = ((WAY, _("Shortest way")), (VILLAGE, _("By village")), (TIME, _("By time")))


class VisitorChoice(PersonChoice):
    """A visitor of the day; by default oneself."""

    def offered(self) -> Iterable[tuple[object, object]]:
        return self.parent.visitors if len(self.parent.visitors) > 1 else []


class DayListFilter(ListFilter):
    head = _("Visits")
    who = VisitorChoice(_("Who goes"))
    order = Choice(_("Order"), choices=ORDERS, initial=WAY, chips=EVERY, method="as_they_are")

    def __init__(self, request: HttpRequest, day: date) -> None:
        super().__init__(request, Visit.objects.none())
        self.day = day
        self.set_usual("who", str(request.user.pk))

    def as_they_are(self, visits: Rows, _name: str, _order: str) -> Rows:
        return visits

    @property
    def whose(self) -> User | None:
        """Return whose day is shown; None if the address names nobody."""
        return self.value("who") or None

    @cached_property
    def of_everybody(self) -> list[Visit]:
        """Return the visits of the day that the reader may see, with students and visitors."""
        first, end = (clock.day_start(self.day + timedelta(days=n)) for n in (0, 1))
        found = planned_between(Visit.objects.visible_to(self.request.user), first, end)
        visitors = Prefetch("visitors", User.objects.only(*CALLED))
        known = found.with_class_then().select_related("case__student").prefetch_related(visitors)
        return sorted(known.order_by(), key=lambda one: (one.planned_at, one.pk))

    @property
    def visits(self) -> list[Visit]:
        """Return those of the chosen visitor, in the order of time."""
        whose = self.whose
        return [
            visit
            for visit in self.of_everybody
            if whose and any(one.pk == whose.pk for one in visit.visitors.all())
        ]

    @property
    def meetings(self) -> list[Appointment]:
        """Return what else the chosen person has on the day, as far as the reader may see it."""
        first, end = (clock.day_start(self.day + timedelta(days=n)) for n in (0, 1))
        known = appointments(self.request.user, first, end, but=Visits.name)
        whose = self.whose
        return [one for one in known if whose and whose.pk in one.concerns]

    @cached_property
    def visitors(self) -> list[tuple[int, str]]:
        """Return (id, name) of the reader and of everybody who goes on that day."""
        known = {one.pk: one.called for visit in self.of_everybody for one in visit.visitors.all()}
        user = self.request.user
        others = sorted(known.items() - {(user.pk, user.called)}, key=lambda person: person[1])
        return [(user.pk, user.called), *others]

"""The filter of the calendar: by whom it concerns."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.appointments import Appointment, appointments, concerned
from homevisits.models import Visit
from school.filter_kinds import RowChoice, Rows
from school.filters import ListFilter
from school.models import User
from workflow import clock
from workflow.errors import Text


class PersonChoice(RowChoice):
    """The reader, or somebody whom something concerns that the reader may see."""

    def __init__(self, label: Text) -> None:
        super().__init__(label, queryset=User.objects.none())

    @property
    def field(self) -> Any:
        field = super().field
        field.queryset = concerned(self.parent.request.user)
        return field

    def filter(self, qs: Rows, value: object) -> Rows:
        return qs


class WhoChoice(PersonChoice):
    """A visitor or a counselor of what the calendar shows."""

    def offered(self) -> Iterable[tuple[object, object]]:
        people = self.parent.people
        return [("", self.field.empty_label), *people] if len(people) > 1 else []


class CalendarFilter(ListFilter):
    """What stands in the days from `first` to `last`, of everybody or of one person."""

    head = _("Visits")
    who = WhoChoice(_("Who"))

    def __init__(self, request: HttpRequest, first: date, last: date) -> None:
        super().__init__(request, Visit.objects.none())
        self.first, self.last = first, last

    @cached_property
    def everything(self) -> list[Appointment]:
        end = clock.day_start(self.last + timedelta(days=1))
        return appointments(self.request.user, clock.day_start(self.first), end)

    @property
    def entries(self) -> list[Appointment]:
        """Return what the filter lets through; nothing if its value is refused."""
        who = self.value("who")
        if who == "":
            return self.everything
        return [one for one in self.everything if who and who.pk in one.concerns]

    @cached_property
    def people(self) -> list[tuple[int, str]]:
        """Return (id, name) of everybody whom something shown concerns, by name."""
        known = {pk: called for one in self.everything for pk, called in one.concerns.items()}
        if chosen := self.value("who"):
            known.setdefault(chosen.pk, chosen.called)
        return sorted(known.items(), key=lambda person: person[1])

    @property
    def query(self) -> str:
        """Return the query string that keeps the filter on other pages of the calendar."""
        who = self.value("who")
        return f"?who={who.pk}" if who else ""

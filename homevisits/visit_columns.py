"""The columns of the list of visits in a file."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from homevisits.models import Visit, VisitState
from homevisits.standing import standing_of
from school import wording
from school.list_files import Column
from school.models import Student
from school.sheets.export import Kind


@dataclass(frozen=True)
class ShownVisit:
    """A visit in a list, with its state and the day on which its next step is due."""

    visit: Visit
    state: VisitState
    due_on: date | None

    @property
    def student(self) -> Student:
        return self.visit.case.student

    @property
    def at(self) -> datetime | None:
        """Return when it was made, or is to be made."""
        return self.visit.happened_at or self.visit.scheduled_for

    @property
    def wished(self) -> str:
        """Return the days that were preferred, until it has an hour."""
        first, last = self.visit.wished_from, self.visit.last_wished
        return wording.date_range(first, last) if first and last and not self.at else ""

    @property
    def proposed_on(self) -> date | None:
        """Return when it was proposed, until it has an hour or preferred days."""
        return None if self.at or self.visit.wished_from else self.visit.proposed_on

    @property
    def visitors(self) -> str:
        return ", ".join(visitor.called for visitor in self.visit.visitors.all())

    @property
    def word(self) -> object:
        return standing_of(self.visit, self.state).word


COLUMNS = (
    Column(_("Student"), attrgetter("student.name")),
    Column("NIS", attrgetter("student.nis")),
    Column(_("Class"), attrgetter("visit.class_name")),
    Column(_("Status"), attrgetter("word")),
    Column(_("Due"), attrgetter("due_on"), Kind.DAY),
    Column(_("When"), attrgetter("at"), Kind.MOMENT),
    Column(_("Preferred days"), attrgetter("wished")),
    Column(_("Proposed on"), attrgetter("proposed_on"), Kind.DAY),
    Column(_("Who goes"), attrgetter("visitors")),
)

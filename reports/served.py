"""What was done for a student or the parents, of which they can be asked how it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from cases.models import Case, Contact, ContactOutcome, Summons, SummonsStatus
from homevisits.models import Visit, VisitOutcome, VisitStatus
from reports.models import Service
from school import wording
from support.models import Assistance, Conference
from support.models.assistance import WITH_FAMILY
from support.models.conference import TOOK_PLACE
from workflow import clock


@dataclass(frozen=True)
class Served:
    """One service: its kind, its row and its day."""

    kind: Service
    pk: int
    on: date

    @property
    def code(self) -> str:
        return f"{self.kind}-{self.pk}"

    @property
    def said(self) -> str:
        return f"{self.kind.label}, {wording.full_day(self.on)}"


def served_in(case: Case) -> list[Served]:
    """Return the services of a case that somebody took part in, the newest first."""
    found = chain(_contacts(case), _summonses(case), _visits(case), _beside(case))
    return sorted(found, key=lambda one: (one.on, one.pk), reverse=True)


def _contacts(case: Case) -> Iterator[Served]:
    reached = Contact.objects.counting().filter(case=case, outcome=ContactOutcome.REACHED)
    for pk, at in reached.values_list("pk", "happened_at"):
        yield Served(Service.CONTACT, pk, clock.day_of(at))


def _summonses(case: Case) -> Iterator[Served]:
    came = Summons.objects.filter(case=case, status=SummonsStatus.ATTENDED)
    for pk, at in came.values_list("pk", "meets_at"):
        yield Served(Service.SUMMONS, pk, clock.day_of(at))


def _visits(case: Case) -> Iterator[Served]:
    made = Visit.objects.filter(case=case, status=VisitStatus.RECORDED, outcome=VisitOutcome.MET)
    for pk, at in made.values_list("pk", "happened_at"):
        if at:
            yield Served(Service.VISIT, pk, clock.day_of(at))


def _beside(case: Case) -> Iterator[Served]:
    """Yield what was done beside the ladder: conferences, and assistance that was handed over."""
    held = Conference.objects.filter(case=case, status__in=TOOK_PLACE)
    for pk, at in held.values_list("pk", "held_at"):
        if at:
            yield Served(Service.CONFERENCE, pk, clock.day_of(at))
    given = Assistance.objects.filter(case=case, status__in=WITH_FAMILY)
    for pk, on in given.values_list("pk", "handed_on"):
        if on:
            yield Served(Service.ASSISTANCE, pk, on)

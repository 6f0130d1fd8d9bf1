"""Which class each student of the old year is in when the new one begins."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from school.models import AcademicYear, Enrolment
from school.models.classes import EndReason
from school.workflow.new_year.plan import LAST_GRADES, STAYS, Fate, Plan


@dataclass(frozen=True)
class Seat:
    """A student, the last stay in the old year, and what becomes of them."""

    student: int
    stay: Enrolment | None
    """None for a student who was at the school in no class of the old year."""
    fate: Fate
    to: str = ""
    """The name of the class in the new year."""

    @property
    def stays(self) -> bool:
        return self.fate in STAYS

    @property
    def needs_a_class(self) -> bool:
        return self.fate == Fate.NOWHERE

    @property
    def said(self) -> str:
        """Return "Naik kelas: XI MIPA 1"."""
        return f"{self.fate.label}: {self.to}" if self.to else str(self.fate.label)


def seats_of(year: AcademicYear, plan: Plan) -> list[Seat]:
    """Return the seats of all who are at the school when the year ends; one query.

    Who has a place in the new year already, or in no class of the old one, is not among them.
    """
    stays = last_stays(year, plan)
    seats = [_seat(stay, plan) for stay in stays]
    there = {seat.student for seat in seats}
    seated = _seated(plan)
    new = [
        Seat(student, None, Fate.ELSEWHERE, going.to)
        for student, going in plan.goings.items()
        if student not in there and student not in seated and going.to
    ]
    return [*seats, *new]


def last_stays(year: AcademicYear, plan: Plan) -> list[Enrolment]:
    """Return the stays that are open at the end of the year, or ended with it."""
    goes_on = Q(ends_on=None) | Q(ends_on__gte=plan.first_day)
    ended = Q(end_reason__in=(EndReason.YEAR_END, EndReason.GRADUATED))
    later = Enrolment.objects.filter(starts_on__gte=plan.first_day).values("student")
    stays = Enrolment.objects.filter(goes_on | ended, school_class__year=year)
    newest: dict[int, Enrolment] = {}
    found = stays.exclude(student__in=later).select_related("school_class")
    for stay in sorted(found, key=lambda stay: stay.starts_on):
        newest[stay.student_id] = stay
    return list(newest.values())


def counted(seats: Iterable[Seat]) -> Counter[Fate]:
    return Counter(seat.fate for seat in seats)


def _seated(plan: Plan) -> set[int]:
    later = Enrolment.objects.filter(starts_on__gte=plan.first_day)
    return set(later.values_list("student", flat=True))


def _seat(stay: Enrolment, plan: Plan) -> Seat:
    own = plan.goings.get(stay.student_id)
    if own:
        return Seat(stay.student_id, stay, Fate(own.fate), own.to)
    if name := plan.after.get(stay.school_class_id, ""):
        return Seat(stay.student_id, stay, Fate.PROMOTED, name)
    graduates = stay.school_class.grade in LAST_GRADES
    return Seat(stay.student_id, stay, Fate.GRADUATES if graduates else Fate.NOWHERE)

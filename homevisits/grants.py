"""What a visit grants its visitors: the student's name, class and address; guardians for a time."""

from collections.abc import Collection

from homevisits.models import Visit
from homevisits.models.choices import WITH_REPORT
from homevisits.models.visit import MADE, TO_BE_MADE
from school import reach
from school.roles import VISITOR
from school.sight import Part, some
from school.ties import Ties
from school.workflow import told


def _of_visits(words: str, part: Part) -> Part:
    """Return the part of students with a visit of `part`."""

    def students(ties: Ties) -> object:
        return Visit.objects.filter(part.where(ties, "")).values("case__student")

    return some(words, pk__in=students)


def visitors_among(people: Collection[int]) -> set[int]:
    """Return those of the people who read a visit's report as its visitors, by their ids."""
    named = Visit.visitors.through.objects.filter(user__in=people, visit__status__in=WITH_REPORT)
    return set(named.values_list("user", flat=True))


def register_all() -> None:
    told.register(visitors_among)
    reach.grant(reach.ADDRESS, VISITOR, _of_visits("to be visited or visited by them", MADE))
    reach.GUARDIANS.add(VISITOR, _of_visits("to be visited by them", TO_BE_MADE))

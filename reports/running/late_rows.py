"""The rows of late recaps and class lists: what, of which period, who owes it, since when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from recaps.queries.outstanding import homerooms_of
from recaps.tasks.class_lists import OwedList
from recaps.tasks.recaps import Owed
from school.models import RecapPeriod, User
from school.models.users import CALLED


@dataclass(frozen=True)
class LateRow:
    what: str
    period: RecapPeriod
    who: str
    due_on: date | None


def shown(owed: Iterable[Owed | OwedList]) -> list[LateRow]:
    """Return the rows of a page; two queries however many they are."""
    rows = list(owed)
    recaps = [one for one in rows if isinstance(one, Owed)]
    teachers = User.objects.only(*CALLED).in_bulk({one.assignment.teacher_id for one in recaps})
    homerooms = homerooms_of({one.home.class_id for one in rows if isinstance(one, OwedList)})
    return [_row(one, teachers, homerooms) for one in rows]


def _row(
    owed: Owed | OwedList, teachers: Mapping[int, User], homerooms: Mapping[int, str]
) -> LateRow:
    if isinstance(owed, Owed):
        who = teachers[owed.assignment.teacher_id].called
        return LateRow(owed.whom, owed.period, who, owed.due_on)
    who = homerooms.get(owed.home.class_id, "")
    return LateRow(owed.home.name, owed.period, who, owed.due_on)

"""The recaps and class lists of a whole semester that are late: what stands on all home pages."""

from dataclasses import dataclass

from recaps.tasks.asked import asked_in
from recaps.tasks.class_lists import OwedList, owed_lists
from recaps.tasks.recaps import Owed, owed_by_all
from school.models import SchoolClass, Semester
from school.ties import Homeroom
from workflow import clock


@dataclass(frozen=True)
class Late:
    """What teachers and homeroom teachers owe since a day that is over, the oldest first."""

    recaps: list[Owed]
    lists: list[OwedList]


def late_in(semester: Semester) -> Late:
    """Return what is late in a semester, in a constant number of queries."""
    classes = SchoolClass.objects.filter(year=semester.year_id)
    homes = [Homeroom(*row) for row in classes.values_list("pk", "year", "name")]
    asked, today = asked_in(semester, [home.class_id for home in homes]), clock.today()
    recaps = [owed for owed in owed_by_all(asked) if owed.due_on < today]
    lists = [owed for owed in owed_lists(homes, asked) if owed.due_on and owed.due_on < today]
    return Late(
        sorted(recaps, key=lambda owed: (owed.due_on, owed.whom)),
        sorted(lists, key=lambda owed: owed.due_on or today),
    )

"""The class lists that BK waits for: of periods that are over, and not handed over yet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from recaps.models import ClassList
from recaps.models.subjects import subjects_of_lists
from school.models import HomeroomAssignment, RecapPeriod, SchoolClass, Semester, User
from school.permissions import is_coordinator
from school.ties import ties_of
from workflow import clock


@dataclass(frozen=True)
class Outstanding:
    """A class and period without a list: when it is due, who owes it, how many recaps came."""

    class_name: str
    period: RecapPeriod
    homeroom: str
    subjects_in: int
    subjects: int

    @property
    def due_on(self) -> date:
        return self.period.list_due_on


def outstanding_for(user: User, semester: Semester) -> list[Outstanding]:
    """Return the lists that the classes of a counselor owe, all for the coordinator; oldest first.

    Six queries, however many they are.
    """
    classes = _classes(user, semester)
    over = RecapPeriod.objects.filter(semester=semester, ends_on__lt=clock.today())
    periods = list(over.select_related("semester__policy").order_by("starts_on"))
    came = set(
        ClassList.objects.filter(
            school_class__in=classes, period__in=periods, handed_over_at__isnull=False
        ).values_list("school_class", "period")
    )
    subjects = subjects_of_lists(classes, periods)
    homerooms = homerooms_of(classes)
    return [
        Outstanding(name, period, homerooms[class_id], len(of_list.came), len(of_list.lines))
        for period in periods
        for class_id, name in classes.items()
        if (class_id, period.pk) not in came and (of_list := subjects[class_id, period.pk]).is_owed
    ]


def _classes(user: User, semester: Semester) -> dict[int, str]:
    """Return id → name of the classes, in the school's order."""
    classes = SchoolClass.objects.filter(year=semester.year_id)
    if not is_coordinator(user):
        classes = classes.filter(pk__in=ties_of(user).counseled_classes)
    return dict(classes.values_list("pk", "name"))


def homerooms_of(classes: Iterable[int]) -> dict[int, str]:
    """Return class id → its homeroom teachers of today."""
    found: dict[int, str] = defaultdict(str)
    held = HomeroomAssignment.objects.today().filter(school_class__in=classes)
    for one in held.select_related("teacher").order_by("starts_on", "pk"):
        before = found[one.school_class_id]
        found[one.school_class_id] = ", ".join(filter(None, (before, one.teacher.called)))
    return found

"""What each counselor has to do, for whoever assigns classes and cases."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from cases.permissions import acting_counselors
from cases.tasks.my_classes import ClassFigures
from cases.workflow.counselors import in_hand
from school.models import User
from school.models.users import CALLED


@dataclass(frozen=True)
class Load:
    """A counselor with their classes, the students in these, and their open cases."""

    counselor: User
    classes: list[str]
    students: int
    cases: int


def loads(user: User, classes: Iterable[ClassFigures]) -> list[Load]:
    """Return the load of each counselor by name, for `user`; two queries."""
    figures = list(classes)
    counted = in_hand().order_by().values_list("counselor").annotate(n=Count("pk"))
    cases: Counter[int | None] = Counter(dict(counted))
    found = []
    acting = User.objects.filter(pk__in=acting_counselors(user)).only(*CALLED)
    for person in acting.order_by("name"):
        own = [row for row in figures if row.counselor_id == person.pk]
        names = [row.name for row in own]
        found.append(Load(person, names, sum(row.students for row in own), cases[person.pk]))
    return found

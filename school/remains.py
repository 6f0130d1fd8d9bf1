"""What stays with people who can no longer sign in, or whose office ends, in counts.

Nothing of it ends by itself: lessons and classes are passed on by an act of their own. Of cases
only a sentence is said that holds whether or not there is one: an operator knows of none.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from school.models import HomeroomAssignment, OfficeHolding, SchoolClass, TeachingAssignment
from school.models.dated import DatedQuerySet
from school.roles import COORDINATOR, COUNSELOR
from school.years import running_year

COUNSELORS = (COUNSELOR.code, COORDINATOR.code)


@dataclass(frozen=True)
class Remains:
    """What stays with one person from today on."""

    lessons: int = 0
    homerooms: int = 0
    counseled: int = 0
    """Classes of this school year and later ones whose counselor the person is."""
    counsels: bool = False
    """Whether the person is a counselor or the coordinator, and so may have cases."""

    @property
    def taught(self) -> str:
        """Return the lessons and classes in words; "" if there are none."""
        lessons = ngettext("%(n)s lesson", "%(n)s lessons", self.lessons)
        homerooms = ngettext(
            "homeroom teacher of %(n)s class", "homeroom teacher of %(n)s classes", self.homerooms
        )
        counted = ((self.lessons, lessons), (self.homerooms, homerooms))
        return ", ".join(words % {"n": n} for n, words in counted if n)

    @property
    def counselors(self) -> str:
        """Return what is said of a counselor's classes and cases; "" of anybody else."""
        said = []
        if self.counseled:
            classes = ngettext(
                "counselor of %(n)s class", "counselor of %(n)s classes", self.counseled
            )
            said.append(classes % {"n": self.counseled})
        if self.counsels:
            said.append(_("cases, if there are any, until the coordinator hands them over"))
        return ", ".join(said)


def remains_of(people: Collection[int]) -> dict[int, Remains]:
    """Return id → what stays with each of these people; as many queries for many as for one."""
    lessons = _number(TeachingAssignment.objects.all(), people)
    homerooms = _number(HomeroomAssignment.objects.all(), people)
    counseled, running = SchoolClass.objects.filter(counselor__in=people), running_year()
    if running:
        counseled = counseled.filter(year__label__gte=running.label)
    classes = Counter(counseled.values_list("counselor", flat=True))
    holdings = OfficeHolding.objects.from_today().filter(office__in=COUNSELORS, user__in=people)
    counselors = set(holdings.values_list("user", flat=True))
    return {pk: Remains(lessons[pk], homerooms[pk], classes[pk], pk in counselors) for pk in people}


def _number(rows: DatedQuerySet, people: Collection[int]) -> Counter[int]:
    """Return id → how many of these dated rows each person has today or later."""
    held = rows.from_today().filter(teacher__in=people)
    return Counter(held.values_list("teacher", flat=True))

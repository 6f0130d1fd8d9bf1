"""The classes that are in use: one that was merged into another has nobody, and needs nobody."""

from django.db.models import Exists, OuterRef, Q

from school.models import Enrolment, TeachingAssignment
from school.models.dated import Day


def is_in_use(day: Day) -> Q:
    """Return the filter for classes with students or lessons from a day on, or never with any."""
    stays = Enrolment.objects.filter(school_class=OuterRef("pk"))
    lessons = TeachingAssignment.objects.filter(group__school_class=OuterRef("pk"))
    still = Q(ends_on=None) | Q(ends_on__gte=day)
    return Q(Exists(stays.filter(still))) | Q(Exists(lessons.filter(still))) | ~Q(Exists(stays))

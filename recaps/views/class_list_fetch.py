"""Fetch a class list with rights: by its class and period, begun or not."""

from functools import partial

from django.shortcuts import get_object_or_404

from recaps.models import ClassList
from recaps.permissions import may_see_unbegun_list, reads_as_handed_over
from school.models import RecapPeriod, SchoolClass, Student, User
from workflow import clock
from workflow.rows import one_of
from workflow.views import acts_on_found


def list_for(user: User, class_id: int, period_id: int) -> ClassList | None:
    """Return the list of a class and period if the person may see it, begun or not.

    One on which nobody has acted yet is not in the database.
    """
    keys = {"school_class": class_id, "period": period_id}
    seen = ClassList.objects.visible_to(user).filter(**keys)
    found = one_of(seen.select_related("school_class__counselor", "period__semester__policy"))
    if found is None and not ClassList.objects.filter(**keys).exists():
        return _unbegun(user, class_id, period_id)
    if found and reads_as_handed_over(user, found):
        found.show_as(found.hand_overs.filter(by=user).select_related("by").latest("at"))
    return found


def list_at(class_id: int, period_id: int) -> ClassList | None:
    """Return the list at an address without checking rights, for the access log."""
    return ClassList.objects.filter(school_class=class_id, period=period_id).first()


on_class_list = partial(
    acts_on_found, "recaps.classlist", ("class_id", "period_id"), list_for, list_at
)
"""A view on one list, which it gets in place of `class_id` and `period_id`."""


def student_on(class_list: ClassList, student_id: int) -> Student:
    """Return a student who was in the class in the period. Raises Http404."""
    return get_object_or_404(class_list.students(), pk=student_id)


def _unbegun(user: User, class_id: int, period_id: int) -> ClassList | None:
    school_class = one_of(SchoolClass.objects.select_related("counselor").filter(pk=class_id))
    if school_class is None:
        return None
    begun = RecapPeriod.objects.filter(
        semester__year=school_class.year_id, starts_on__lte=clock.today()
    )
    period = one_of(begun.select_related("semester__policy").filter(pk=period_id))
    if period is None:
        return None
    class_list = ClassList(school_class=school_class, period=period)
    return class_list if may_see_unbegun_list(user, class_list) else None

"""Classes: many made at once, ordered within a grade, deleted while nothing depends on them."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from school.models import (
    AcademicYear,
    Enrolment,
    HomeroomAssignment,
    SchoolClass,
    TeachingAssignment,
    TeachingGroup,
)
from school.models.change import ChangeKind
from school.models.users import User
from school.permissions import is_operator
from school.workflow.changes import recording
from workflow.errors import NotAllowed, NotNow
from workflow.run import hold
from workflow.versions import save_versioned


def add_classes(year: AcademicYear, grades: Mapping[str, str], *, by: User) -> list[SchoolClass]:
    """Make a class of each name with its grade, in their order; those that exist are left."""
    with recording(ChangeKind.CLASSES, by=by) as change:
        hold(year)
        known = set(SchoolClass.objects.filter(year=year).values_list("name", flat=True))
        new = [
            SchoolClass(year=year, name=name, grade=grade)
            for name, grade in grades.items()
            if name not in known
        ]
        made = change.create(new)
        change.counts = {"new": len(made)}
    return made


def delete_classes(classes: Sequence[SchoolClass], *, by: User) -> None:
    """Delete classes, with their groups. Raises NotNow if one has students or teachers."""
    pks = [one.pk for one in classes]
    used = {
        *Enrolment.objects.filter(school_class__in=pks).values_list("school_class", flat=True),
        *HomeroomAssignment.objects.filter(school_class__in=pks).values_list(
            "school_class", flat=True
        ),
        *TeachingAssignment.objects.filter(group__school_class__in=pks).values_list(
            "group__school_class", flat=True
        ),
    }
    if used:
        names = ", ".join(one.name for one in classes if one.pk in used)
        raise NotNow(
            _("Classes with students or teachers are not deleted: %(names)s.") % {"names": names}
        )
    with recording(ChangeKind.CLASSES, by=by) as change:
        change.delete(list(TeachingGroup.objects.filter(school_class__in=pks)))
        change.delete(classes)
        change.counts = {"gone": len(classes)}


@transaction.atomic
def move(school_class: SchoolClass, step: int, *, by: User) -> None:
    """Put a class one place up (-1) or down (1) among those of its grade. Raises NotAllowed."""
    classes = _of_grade(school_class.year, school_class.grade, by)
    at = [one.pk for one in classes].index(school_class.pk)
    to = min(max(at + step, 0), len(classes) - 1)
    classes.insert(to, classes.pop(at))
    _set_orders(classes, range(1, len(classes) + 1))


@transaction.atomic
def order_by_name(year: AcademicYear, grade: str, *, by: User) -> None:
    """Put the classes of a grade in the order of their names, 2 before 10. Raises NotAllowed."""
    classes = _of_grade(year, grade, by)
    _set_orders(classes, [0] * len(classes))


def _of_grade(year: AcademicYear, grade: str, by: User) -> list[SchoolClass]:
    """Return the classes of a grade in their order, locked. Raises NotAllowed for no operator.

    The year is locked first: rows that are locked in an order which another changes meanwhile
    wait for each other on PostgreSQL.
    """
    if not is_operator(by):
        raise NotAllowed
    hold(year)
    return list(SchoolClass.objects.select_for_update().filter(year=year, grade=grade))


def _set_orders(classes: Sequence[SchoolClass], orders: Iterable[int]) -> None:
    for one, order in zip(classes, orders, strict=True):
        save_versioned(one, {"order": order}, read_at=one.version)

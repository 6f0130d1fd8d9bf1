"""A teacher is replaced in the middle of a year: lessons and classes go on with a successor."""

from collections.abc import Collection
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from school.models import Change, HomeroomAssignment, TeachingAssignment, User
from school.models.change import ChangeKind
from school.workflow.assignments import check_teachers, still_to_hold
from school.workflow.changes import Recorder, recording
from school.workflow.stays import end_before
from school.years import check_day
from workflow.errors import NotNow

Assigned = TypeVar("Assigned", HomeroomAssignment, TeachingAssignment)


def replace(
    teacher: User,
    successor: User,
    *,
    on: date,
    teaching: Collection[TeachingAssignment],
    homerooms: Collection[HomeroomAssignment],
    by: User,
) -> Change:
    """Let a successor hold these assignments of a teacher from a day on.

    A successor who has one of them already keeps it. A recap that is begun passes on with its
    group, a class list with its class. Raises NotAllowed, NotNow.
    """
    with recording(ChangeKind.REPLACEMENT, by=by, on=on) as change:
        if successor == teacher:
            raise NotNow(_("Choose another person than the one who is replaced."))
        check_teachers([successor.pk])
        list(User.objects.select_for_update().filter(pk=teacher.pk).values_list("pk"))
        lessons = _still_held(TeachingAssignment, teacher, teaching, on)
        classes = _still_held(HomeroomAssignment, teacher, homerooms, on)
        if not (lessons or classes):
            raise NotNow(_("Choose at least one lesson or class that is held on that day."))
        for year in {one.group.year for one in lessons} | {c.school_class.year for c in classes}:
            check_day(year, on)
        _pass_on(change, lessons, successor, on, "group_id")
        _pass_on(change, classes, successor, on, "school_class_id")
        change.counts = {"lessons": len(lessons), "homerooms": len(classes)}
    return change.made


def _still_held(
    model: type[Assigned], teacher: User, chosen: Collection[Assigned], on: date
) -> list[Assigned]:
    """Return those of the chosen assignments that the teacher holds on a day or later."""
    of = "group__year" if model is TeachingAssignment else "school_class__year"
    rows = model._default_manager.filter(still_to_hold(on), teacher=teacher)
    return list(rows.filter(pk__in=[one.pk for one in chosen]).select_related(of))


def _pass_on(change: Recorder, rows: list[Assigned], successor: User, on: date, place: str) -> None:
    """End assignments on the eve of a day, and let the successor's begin."""
    if not rows:
        return
    model = type(rows[0])
    places = {getattr(row, place) for row in rows}
    held = model._default_manager.filter(
        still_to_hold(on), teacher=successor, **{f"{place}__in": places}
    )
    has_already = set(held.values_list(place, flat=True))
    new = [
        model(
            teacher=successor,
            starts_on=max(row.starts_on, on),
            ends_on=row.ends_on,
            **{place: getattr(row, place)},
        )
        for row in rows
        if getattr(row, place) not in has_already
    ]
    end_before(change, rows, on)
    change.create(new)

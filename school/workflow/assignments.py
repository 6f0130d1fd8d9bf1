"""Who teaches a group from a day on, and what becomes of those who have it.

Assignments are dated: whoever is no longer wanted stops on the day before, the next one begins.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from school.days import A_DAY
from school.models import (
    AcademicYear,
    Change,
    HomeroomAssignment,
    TeachingAssignment,
    TeachingGroup,
)
from school.models.change import ChangeKind
from school.models.users import User
from school.permissions import possible_teachers
from school.workflow.changes import Recorder, recording
from school.years import check_day, first_day
from workflow.errors import NotNow
from workflow.run import hold

Assigned = TypeVar("Assigned", HomeroomAssignment, TeachingAssignment)
Taught = Mapping[tuple[int, int], Collection[int]]
"""(class, subject) → ids of who is to teach it."""


@dataclass
class Succession(Generic[Assigned]):
    """What becomes of assignments when others are wanted from a day on."""

    ended: list[Assigned] = field(default_factory=list)
    """They end on the day before."""
    dropped: list[Assigned] = field(default_factory=list)
    """They would have begun on that day or later."""
    kept: list[Assigned] = field(default_factory=list)
    """They go on with the end that they have."""
    moved: list[Assigned] = field(default_factory=list)
    """Those of the kept that would have begun later, and begin on that day."""
    new: list[Assigned] = field(default_factory=list)

    def record(self, change: Recorder) -> None:
        """Write it; what goes is deleted first, since a person begins once on a day."""
        change.delete(self.dropped)
        change.update(self.ended, ("ends_on",))
        change.update(self.moved, ("starts_on",))
        change.create(self.new)

    @property
    def counts(self) -> dict[str, int]:
        begins = len(self.new) + len(self.moved)
        return {"new": begins, "ended": len(self.ended) + len(self.dropped)}

    def end(self, rows: Iterable[Assigned], on: date) -> None:
        """Note that these do not hold from `on` on."""
        for row in rows:
            if row.starts_on < on:
                row.ends_on = on - A_DAY
                self.ended.append(row)
            else:
                self.dropped.append(row)

    def fill(
        self,
        place: int,
        held: Iterable[Assigned],
        people: set[int],
        on: date,
        model: type[Assigned],
        field: str,
    ) -> None:
        """Note that exactly these people hold a place from a day on."""
        rows = [row for row in held if row.ends_on is None or row.ends_on >= on]
        there = [row for row in rows if row.starts_on <= on]
        if people and {row.teacher_id for row in there} == people:
            self.keep(there, on)
            return
        stay = [row for row in rows if row.teacher_id in people]
        self.keep(stay, on)
        self.end((row for row in rows if row.teacher_id not in people), on)
        missing = people - {row.teacher_id for row in stay}
        self.new += [
            model(**{f"{field}_id": place}, teacher_id=person, starts_on=on)
            for person in sorted(missing)
        ]

    def keep(self, rows: Iterable[Assigned], on: date) -> None:
        """Note that these, of one place, stay; who would begin later begins on `on`."""
        held: set[int] = set()
        for row in rows:
            if row.starts_on > on and row.teacher_id not in held:
                row.starts_on = on
                self.moved.append(row)
            self.kept.append(row)
            held.add(row.teacher_id)


@dataclass
class Held(Generic[Assigned]):
    """The assignments of a place that hold from a day on, now and then."""

    now: list[Assigned] = field(default_factory=list)
    then: list[Assigned] = field(default_factory=list)


def still_to_hold(on: date) -> Q:
    """Return the filter for assignments that hold on a day or after it."""
    return Q(ends_on=None) | Q(ends_on__gte=on)


def succession(
    model: type[Assigned],
    field: str,
    wanted: Mapping[int, Collection[int]],
    on: date,
    first_on: date | None = None,
) -> Succession[Assigned]:
    """Return what it takes that exactly the wanted persons hold an assignment from `on` on.

    `wanted` has person ids by the id to which `field` leads. Where these hold it on that day,
    nothing changes, not even what is planned; nor does the end of who stays. Where nobody has held
    it from `first_on` to `on`, they do from `first_on`. One query.
    """
    since = min(on, first_on or on)
    rows = model._default_manager.filter(still_to_hold(since), **{f"{field}__in": list(wanted)})
    places: dict[int, list[Assigned]] = {at: [] for at in wanted}
    for row in rows.order_by("starts_on", "pk"):
        places[getattr(row, f"{field}_id")].append(row)
    found: Succession[Assigned] = Succession()
    for at, held in places.items():
        found.fill(at, held, set(wanted[at]), day_of(held, on, first_on), model, field)
    return found


def day_of(held: Iterable[Assigned], on: date, first_on: date | None) -> date:
    """Return from when a place with these assignments changes: `first_on` if it had nobody."""
    had_somebody = any(row.starts_on <= on for row in held)
    return on if had_somebody else (first_on or on)


def changed(
    found: Succession[Assigned], standing: QuerySet[Assigned], place: str
) -> dict[int, Held[Assigned]]:
    """Return place → what holds there now and then, of the places in which something changes."""
    ids = {getattr(row, place) for row in (*found.ended, *found.dropped, *found.moved, *found.new)}
    held: dict[int, Held[Assigned]] = {pk: Held() for pk in ids}
    for now in standing.order_by("starts_on", "pk"):
        if (pk := getattr(now, place)) in held:
            held[pk].now.append(now)
    for then in found.kept + found.new:
        if (pk := getattr(then, place)) in held:
            held[pk].then.append(then)
    return held


def assign_teaching(
    year: AcademicYear, wanted: Taught, *, by: User, on: date, first_on: date | None = None
) -> Change:
    """Let exactly these persons teach each class each subject from a day on; see `succession`.

    The group of a class and a subject is made if there is none. Raises NotNow.
    """
    with recording(ChangeKind.TEACHING, by=by, on=on) as change:
        hold(year)
        check_day(year, on)
        check_day(year, first_on or on)
        groups = _groups(change, year, wanted)
        people = {groups[key].pk: teachers for key, teachers in wanted.items() if key in groups}
        found = succession(TeachingAssignment, "group", people, on, first_on)
        check_teachers([row.teacher_id for row in found.new])
        found.record(change)
        change.counts = found.counts
    return change.made


def open_since(
    model: type[Assigned], field: str, place: int, year: AcademicYear, day: date
) -> date | None:
    """Return the first day of the semester if nobody has had the place from then to a day."""
    first = first_day(year)
    held = model._default_manager.filter(still_to_hold(first), starts_on__lte=day)
    return None if held.filter(**{field: place}).exists() else first


def taught_on(year: AcademicYear, on: date) -> dict[tuple[int, int], frozenset[int]]:
    """Return (class, subject) → who teaches it on a day, for each group that is a class."""
    rows = TeachingAssignment.objects.on(on).filter(group__year=year, group__school_class__gt=0)
    found: dict[tuple[int, int], set[int]] = {}
    for of_class, subject, teacher in rows.values_list(
        "group__school_class", "group__subject", "teacher"
    ):
        found.setdefault((of_class, subject), set()).add(teacher)
    return {key: frozenset(people) for key, people in found.items()}


def _groups(
    change: Recorder, year: AcademicYear, wanted: Taught
) -> dict[tuple[int, int], TeachingGroup]:
    """Return (class, subject) → group; those that are missing are made if somebody teaches them."""
    found = _standing_groups(wanted)
    missing = [
        TeachingGroup(year=year, school_class_id=of_class, subject_id=subject)
        for (of_class, subject), people in wanted.items()
        if people and (of_class, subject) not in found
    ]
    made = change.create(missing)
    return found | {(row.school_class_id or 0, row.subject_id): row for row in made}


def _standing_groups(wanted: Taught) -> dict[tuple[int, int], TeachingGroup]:
    rows = TeachingGroup.objects.filter(
        school_class__in={of_class for of_class, _subject in wanted},
        subject__in={subject for _class, subject in wanted},
    )
    return {(row.school_class_id or 0, row.subject_id): row for row in rows}


def check_teachers(pks: Collection[int]) -> None:
    """Raise NotNow if one of these persons may not be given lessons or a class."""
    if possible_teachers().filter(pk__in=set(pks)).count() < len(set(pks)):
        raise NotNow(
            _("Operators and people who cannot sign in are given no lessons and no class.")
        )

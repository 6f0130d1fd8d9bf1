"""What comes of a plan, in numbers: of each class of the old year, and of each of the new one."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from school.models import AcademicYear, SchoolClass, Semester
from school.models.semesters import Term
from school.workflow.new_year.plan import Fate, NextClass, Plan
from school.workflow.new_year.seats import Seat
from workflow import clock

COLUMNS = (Fate.PROMOTED, Fate.REPEATS, Fate.ELSEWHERE, Fate.GRADUATES, Fate.LEAVES, Fate.NOWHERE)


@dataclass(frozen=True)
class Row:
    """A class of the old year: what becomes of its students."""

    name: str
    numbers: list[int]


@dataclass(frozen=True)
class Summary:
    heads: list[Fate]
    """The fates that occur."""
    rows: list[Row]
    total: Row
    classes: list[tuple[NextClass, int]]
    """The classes of the new year, with their students so far."""
    newcomers: int
    """Students on a class list who are in no class of the old year."""
    nowhere: int
    empty: list[NextClass]
    """Classes that nobody goes into, though they are not for new students."""
    lacks_a_semester: bool
    """Whether the old year has no second semester."""
    is_early: bool
    """Whether the old year still has a semester to come or under way."""

    @property
    def is_possible(self) -> bool:
        return not self.nowhere and bool(self.total.numbers)


def summary_of(ends: AcademicYear, plan: Plan, seats: Sequence[Seat]) -> Summary:
    """Return the numbers of a plan; two queries."""
    of_class: dict[int, Counter[Fate]] = defaultdict(Counter)
    for seat in seats:
        if seat.stay:
            of_class[seat.stay.school_class_id][seat.fate] += 1
    total = sum(of_class.values(), Counter[Fate]())
    heads = [fate for fate in COLUMNS if total[fate]]
    rows = [
        Row(one.name, [of_class[one.pk][fate] for fate in heads])
        for one in SchoolClass.objects.filter(year=ends)
        if of_class[one.pk]
    ]
    into = Counter(seat.to for seat in seats if seat.stays)
    semesters = list(Semester.objects.filter(year=ends))
    return Summary(
        heads=heads,
        rows=rows,
        total=Row("", [total[fate] for fate in heads]),
        classes=[(one, into[one.name]) for one in plan.classes.values()],
        newcomers=sum(seat.stay is None for seat in seats),
        nowhere=total[Fate.NOWHERE],
        empty=[one for one in plan.classes.values() if not (into[one.name] or one.is_entry)],
        lacks_a_semester=Term.EVEN not in {one.term for one in semesters},
        is_early=any(one.ends_on >= clock.today() for one in semesters),
    )

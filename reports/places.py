"""The lines of a report that counts no cases: grades or classes, and what happened in them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from reports.tables import CLASS
from school.grades import place_of
from school.models import SchoolClass, Semester

Places = Sequence[tuple[str, list[frozenset[int]]]]
"""The label of each class or grade, and its classes in each semester."""


class Placed(Protocol):
    @property
    def semester(self) -> int: ...
    @property
    def classes(self) -> frozenset[int]: ...


Fact = TypeVar("Fact", bound=Placed)
Subject = TypeVar("Subject")


def places_of(
    semesters: Sequence[Semester], by: str, only: frozenset[int] | None = None
) -> list[tuple[str, list[frozenset[int]]]]:
    """Return the grades or classes of the semesters' years, in the school's order; one query."""
    classes = SchoolClass.objects.filter(year__in={one.year_id for one in semesters})
    if only is not None:
        classes = classes.filter(pk__in=only)
    found: dict[str, dict[int, set[int]]] = {}
    for pk, name, grade, year in classes.values_list("pk", "name", "grade", "year"):
        label = name if by == CLASS else grade
        found.setdefault(label, defaultdict(set))[year].add(pk)
    labels = list(found) if by == CLASS else sorted(found, key=place_of)
    return [
        (label, [frozenset(found[label][one.year_id]) for one in semesters]) for label in labels
    ]


class Sorted(Generic[Fact, Subject]):
    """Facts by class, and the subject of a figure that `make` makes of some of them.

    One that concerns several classes counts in the line of each, and once in the total.
    """

    def __init__(
        self,
        facts: Iterable[Fact],
        semesters: Sequence[Semester],
        make: Callable[[list[Fact]], Subject],
    ) -> None:
        self.facts = list(facts)
        self.semesters = semesters
        self.make = make
        self.of_class: dict[tuple[int, int], list[Fact]] = defaultdict(list)
        for fact in self.facts:
            for class_id in fact.classes:
                self.of_class[fact.semester, class_id].append(fact)

    def at(self, places: Places) -> list[tuple[str, list[Subject]]]:
        """Return the subjects of each line, one for each semester."""
        return [
            (label, [self._of(one.pk, ids) for one, ids in zip(self.semesters, sets, strict=True)])
            for label, sets in places
        ]

    def by(self, name_of: Callable[[Fact], str]) -> list[tuple[str, list[Subject]]]:
        """Return the subjects of each name, in the order of the alphabet."""
        named: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            named[name_of(fact)].append(fact)
        return [(name, self._each(named[name])) for name in sorted(named)]

    @property
    def whole(self) -> list[Subject]:
        """Return the subjects of all facts, one for each semester."""
        return self._each(self.facts)

    def _each(self, facts: Iterable[Fact]) -> list[Subject]:
        of: dict[int, list[Fact]] = defaultdict(list)
        for fact in facts:
            of[fact.semester].append(fact)
        return [self.make(of[one.pk]) for one in self.semesters]

    def _of(self, semester: int, class_ids: frozenset[int]) -> Subject:
        each = (fact for class_id in class_ids for fact in self.of_class[semester, class_id])
        return self.make(list({id(fact): fact for fact in each}.values()))

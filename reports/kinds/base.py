"""What a kind of report is: its name and address, who reads it, and its tables and charts."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cases.models import Rung
from reports import grids
from reports.charts import Chart
from reports.facts import CaseFact, CaseSet, cases_of
from reports.grid import Grid, Measure, Subject, side_by_side
from reports.permissions import CLASSES, may_see_every_class, reads_without_names
from reports.places import places_of
from reports.selection import Selection
from reports.small_numbers import hidden_in, without_small
from reports.tables import CLASS, GRADE, Report, labels_of, reports_of
from school.models import Semester, User
from school.sight import Sight
from school.ties import ties_of
from workflow.errors import Text


@dataclass(frozen=True)
class Content:
    """The tables of a report, the charts drawn from them, and what their reader should know."""

    grids: Sequence[Grid]
    charts: Sequence[Chart] = ()
    notes: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether no table has a line."""
        return not any(grid.lines for grid in self.grids)


@dataclass(frozen=True)
class Asked:
    """What a reader asks of a report: semesters, by grade or class, within what they may read."""

    user: User | None
    """None for the school's own report and who reads no names: its numbers open nothing."""
    semesters: Sequence[Semester]
    by: str
    only: frozenset[int] | None = None
    """The classes that the reader may read; None for all."""

    @classmethod
    def on_page(cls, user: User, selection: Selection) -> "Asked":
        """Return what a page asks; who reads some classes alone gets them by class."""
        if may_see_every_class(user):
            return cls(user, selection.semesters, selection.by)
        if reads_without_names(user):
            return cls(None, selection.semesters, selection.by)
        return cls(user, selection.semesters, CLASS, ties_of(user).own_classes)

    @cached_property
    def reports(self) -> list[Report]:
        """Return Tables 2 and 3, whose rows are those of the other tables too."""
        return reports_of(
            self.semesters, self.by, viewer=self.user, only=self.only, cases=self.cases
        )

    @cached_property
    def names(self) -> list[str]:
        """Return what columns call the semesters."""
        return grids.column_names(self.semesters)

    @cached_property
    def long_names(self) -> list[str]:
        return grids.semester_names(self.semesters)

    @cached_property
    def cases(self) -> list[CaseFact]:
        return cases_of(self.semesters, self.user, self.only)

    @cached_property
    def whole(self) -> list[CaseSet]:
        """Return all cases of each semester; what is no whole semester opens no list."""
        each: dict[int, list[CaseFact]] = defaultdict(list)
        for case in self.cases:
            each[case.semester].append(case)
        sets = [CaseSet.of_semester(one, each[one.pk]) for one in self.semesters]
        return sets if self.only is None else [each.unopened() for each in sets]

    @cached_property
    def rows(self) -> list[tuple[str, list[CaseSet]]]:
        """Return the label of each class or grade, and its cases in each semester."""
        by_key: dict[object, list[CaseFact]] = defaultdict(list)
        for case in self.cases:
            key = case.class_id if self.by == CLASS else case.grade or None
            by_key[case.semester, key].append(case)
        return [
            (label, [CaseSet.of_row(each.row(label), by_key) for each in self.reports])
            for label in labels_of(self.reports)
        ]

    @cached_property
    def places(self) -> list[tuple[str, list[frozenset[int]]]]:
        """Return the label of each class or grade, and its classes in each semester.

        For the lines of what is no case; classes that the reader may not read are left out.
        """
        return places_of(self.semesters, self.by, self.only)

    @cached_property
    def class_ids(self) -> frozenset[int]:
        """Return the classes of all lines."""
        return frozenset().union(*(ids for _label, sets in self.places for ids in sets))

    @cached_property
    def rungs(self) -> list[Rung]:
        """Return the rungs of columns: REVIEW only if a case stands there."""
        stands = any(case.rung == Rung.REVIEW for case in self.cases)
        return [rung for rung in Rung if rung != Rung.REVIEW or stands]

    def grid(
        self,
        key: str,
        title: str,
        measures: Sequence[Measure[Subject]],
        lines: Sequence[tuple[str, Sequence[Subject]]],
        totals: Sequence[tuple[str, Sequence[Subject]]] = (),
        *,
        first_head: str = "",
        note: str = "",
    ) -> Grid:
        """Return a table of the measures, the semesters side by side."""
        columns, drawn = side_by_side(self.names, measures, [*lines, *totals])
        head = first_head or grids.first_head(self.by)
        return Grid(
            *(key, title, head, columns, drawn[: len(lines)], drawn[len(lines) :]), note=note
        )

    def by_rows(
        self, key: str, title: str, measures: Sequence[Measure[CaseSet]], *, note: str = ""
    ) -> Grid:
        """Return a table of the classes or grades, with all of them below."""
        return self.grid(key, title, measures, self.rows, [(_("Total"), self.whole)], note=note)


@dataclass(frozen=True)
class ReportKind:
    """A report: `name` is that of its address, `slug` stands in it."""

    name: str
    slug: str
    title: Text
    lead: Text
    content: Callable[[Asked], Content]
    readers: Sight = CLASSES
    refusal: Text = _lazy("Homeroom teachers, counselors and the principal can read this report.")
    nothing: Text = _lazy("No case in this selection")
    nothing_yet: Text = _lazy("Tables appear here as soon as a case counts in the semester.")
    """What an empty page says."""
    is_by_rows: bool = True
    """Whether some of its tables are by grade or class."""
    is_over_years: bool = False
    """Whether it shows all semesters that have begun, by grade: there is nothing to choose."""
    is_for_all: bool = False
    """Whether who reads no names reads it too, without small numbers (`small_numbers`)."""

    def is_read_by(self, user: User) -> bool:
        return self.readers.shows_some(user) or (self.is_for_all and reads_without_names(user))

    def content_for(self, user: User, asked: Asked) -> Content:
        """Return the content for a person; without names tables alone, and no small number."""
        found = self.content(asked)
        if not reads_without_names(user):
            return found
        return Content(
            without_small(found.grids, hidden_in(asked.semesters, asked.cases)), notes=found.notes
        )

    def asked_on_page(self, user: User, selection: Selection) -> Asked:
        """Return what a page or a file of this report asks; `by` is "" where it has no use."""
        if self.is_over_years:
            return Asked(user, selection.begun, GRADE)
        asked = Asked.on_page(user, selection)
        return asked if self.is_by_rows else replace(asked, by="")

    def full_title(self, selection: Selection) -> str:
        """Return its title and what it covers: "Alasan, Semester Ganjil 2020/2021"."""
        if not self.is_over_years:
            return f"{self.title}, {selection.title}"
        first, last = selection.begun[0].year.label, selection.begun[-1].year.label
        return f"{self.title}, {first if first == last else f'{first} – {last}'}"


def rung_measures(asked: Asked) -> list[Measure[CaseSet]]:
    """Return a measure for each rung: the cases for which it is the highest."""
    return [
        Measure(str(rung.head), lambda cases, rung=rung: cases.at(rung).cell)  # type: ignore[misc]
        for rung in asked.rungs
    ]


def same_scale(charts: Sequence[Chart]) -> list[Chart]:
    """Return the charts drawn on one scale."""
    highest = max((chart.top for chart in charts), default=1)
    return [replace(chart, reaches=highest) for chart in charts]

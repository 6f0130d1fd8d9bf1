"""The filters of my recaps, of a class list and of a student's entries."""

from functools import cached_property

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from recaps.models import ClassList, Entry
from recaps.models.figures import Figures
from recaps.queries.class_list_rows import INDICATORS, ListedStudent
from recaps.queries.recap_grid import years_taught_by
from school.filter_kinds import EVERY, Choice
from school.filters import ListFilter, OneSemester
from school.models import Semester


class MyRecapsFilter(OneSemester):
    """Offers the running semester and those of the years in which the person teaches or taught."""

    @cached_property
    def semesters(self) -> dict[str, Semester]:
        years = set(years_taught_by(self.request.user))
        every = self.every_semester.items()
        return {code: s for code, s in every if s.year_id in years or s == self.running}


class ClassListFilter(ListFilter):
    """The students that a class list shows."""

    show = Choice(
        _("Students shown"),
        choices=(("all", _("All students")), ("referred", _("Referred before"))),
        chips=EVERY,
    )

    def __init__(
        self, request: HttpRequest, rows: list[ListedStudent], *, may_decide: bool
    ) -> None:
        super().__init__(request, ClassList.objects.none())
        usual = _("Needs a decision") if may_decide else _("Needs attention")
        self.filters["show"].extra["empty_label"] = usual
        self.groups = {
            "": [row for row in rows if row.is_asked or (row.is_noted and not may_decide)],
            "all": rows,
            "referred": [row for row in rows if row.was_referred],
        }

    @property
    def shown_word(self) -> str:
        """Return which students the list shows, in words."""
        choices = dict(self.filters["show"].field.choices)
        return str(choices[self.value("show") or ""])

    @property
    def rows(self) -> list[ListedStudent]:
        return self.groups.get(self.value("show"), [])

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        return {"show": {name: len(group) for name, group in self.groups.items()}}


class EntryFilter(ListFilter):
    """A student's entries for which one indicator holds: the subjects behind a number."""

    of = Choice(
        _("Reason"),
        choices=(
            ("never", _("Never took part")),
            ("low", _("Low participation")),
            ("missing", _("Missing work")),
        ),
        empty_label=_("All subjects with a note"),
        chips=EVERY,
        method="of_indicator",
    )

    def __init__(self, request: HttpRequest, entries: QuerySet[Entry], figures: Figures) -> None:
        super().__init__(request, entries)
        self.figures = figures

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        return {"of": {name: getattr(self.figures, name) for name in INDICATORS}}

    def of_indicator(self, entries: QuerySet[Entry], _name: str, indicator: str) -> QuerySet[Entry]:
        return entries.filter(**{f"is_{indicator}": 1})

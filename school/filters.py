"""Filters of a list: what stands in its address narrows it; an unknown value finds nothing.

A list's FilterSet is the table of its filters, whose kinds stand in `filter_kinds`.
`{% list_filters %}` draws each Choice of it as links: the first `chips` of its choices on their
own, the others in a menu.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from school import wording
from school.filter_kinds import Rows, SemesterChoice
from school.models import SchoolClass, Semester
from school.paging import Counted
from workflow import clock
from workflow.errors import Text

A_PAGE = 50


class ListFilter(django_filters.FilterSet):
    """The filters of a list, read from the address; the filter `class_` is called `class` there."""

    head: Text = ""
    """What the list shows, e.g. "Students"; the title of a narrowed list begins with it."""

    def __init__(self, request: HttpRequest, rows: QuerySet[Model]) -> None:
        filters = self.base_filters.items()
        usual = {name: usual for name, found in filters if (usual := found.extra.get("initial"))}
        optional = {name for name, found in filters if getattr(found, "may_be_empty", False)}
        asked = {
            name: value for name, value in request.GET.items() if value or name not in optional
        }
        super().__init__(usual | asked, rows, request=request)
        self.data: dict[str, str] = usual | asked

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        return {name.removesuffix("_"): found for name, found in super().get_filters().items()}

    def set_usual(self, name: str, value: str) -> None:
        """Set the value that an address without the filter means, if it depends on the data."""
        self.filters[name].extra["initial"] = value
        self.data.setdefault(name, value)

    @cached_property
    def _checked(self) -> tuple[dict[str, Any], dict[str, list[str]]]:
        """Return name → value, and name → errors of refused values.

        The form of the FilterSet does the same, but also makes fields for filters that nobody uses.
        """
        values: dict[str, Any] = {}
        refused: dict[str, list[str]] = {}
        for name, found in self.filters.items():
            if name not in self.data:
                continue
            try:
                if not self.data[name]:  # no link has it, so it is not taken for "all"
                    raise ValidationError(_("Choose one of the options."))
                values[name] = found.field.clean(self.data[name])
            except ValidationError as error:
                refused[name] = error.messages
        return values, refused

    @property
    def errors(self) -> dict[str, list[str]]:
        """Return name → errors of the filters that are refused."""
        return self._checked[1]

    def is_valid(self) -> bool:
        return not self.errors

    def filter_queryset(self, queryset: Rows, but: str = "") -> Rows:
        """Return the rows that pass every filter except `but`; none if a filter is refused."""
        if not self.is_valid():
            return queryset.none()
        for name, found in self.filters.items():
            if name != but:
                queryset = found.filter(queryset, self.value(name))
        return queryset

    def value(self, name: str) -> Any:
        """Return the value of a filter: "" if it is not set, None if any filter is refused."""
        return self._checked[0].get(name, "") if self.is_valid() else None

    def title_words(self, said: Mapping[str, str]) -> list[str]:
        """Return the words of the title; `said` has the values of the filters in words."""
        return [str(self.head), *said.values()]

    def number_of(self, rows: int) -> str:
        """Return a number of rows in words."""
        return wording.students(rows)

    def page(self, rows: Sequence[object] | QuerySet[Model, Any], counted: str = "") -> Page[Any]:
        """Return the requested page; `counted` is a filter for which `counts` has every value."""
        asked = self.request.GET.get("page")
        if counted:
            count = self.counts[counted].get(self.value(counted), 0)
            return Counted(rows, A_PAGE, count).get_page(asked)
        return Paginator(rows, A_PAGE).get_page(asked)

    @property
    def is_asked(self) -> bool:
        """Return whether the address narrows the list at all."""
        return any(self.request.GET.get(name) for name in self.filters)

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Return filter → value → number of rows that the other filters let through."""
        return {}

    @property
    def semesters(self) -> dict[str, Semester]:
        """Return the semesters to choose from."""
        return self.every_semester

    @cached_property
    def every_semester(self) -> dict[str, Semester]:
        """Return every semester by its code, the newest first."""
        known = Semester.objects.select_related("year", "policy").order_by()
        newest_first = sorted(known, key=lambda semester: semester.starts_on, reverse=True)
        return {semester.code: semester for semester in newest_first}

    @cached_property
    def semester_of(self) -> dict[int, Semester]:
        """Return every semester by its id."""
        return {semester.pk: semester for semester in self.every_semester.values()}

    @property
    def running(self) -> Semester | None:
        """Return today's semester, or else the last that began, or else the first."""
        newest_first = list(self.every_semester.values())
        begun = [one for one in newest_first if one.starts_on <= clock.today()]
        return next(iter(begun or newest_first[::-1]), None)

    @property
    def semester(self) -> Semester | None:
        """Return the semester in view: the chosen one, or else the running one."""
        return self.semesters.get(self.data.get("semester", "")) or self.running

    @cached_property
    def classes(self) -> list[tuple[int, str, str]]:
        """Return (id, name, grade) of the classes to choose from, in their order."""
        return list(self.classes_in_view().values_list("pk", "name", "grade"))

    def classes_in_view(self) -> QuerySet[SchoolClass]:
        """Return the classes of the year in view."""
        semester = self.semester
        return SchoolClass.objects.filter(year=semester.year_id if semester else None)


class OneSemester(ListFilter):
    """The semester of a page: the running one unless the address names another."""

    semester = SemesterChoice(empty_label=None)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, Semester.objects.none())
        self.set_usual("semester", self.running.code if self.running else "")

    @property
    def chosen(self) -> Semester | None:
        """Return the semester; None if the address names one that does not exist."""
        return self.semesters.get(self.value("semester") or "")
